import { cut, visible } from "./wording.js";

/** One thing that is wrong with an interface definition, and where. */
export interface Diagnostic {
  /** The file as the caller or a `$ref` named it. */
  readonly file: string;
  /** From 1; 0 when the position isn't known, as for a document that was not read from text. */
  readonly line: number;
  /** From 1, in UTF-16 code units; 0 when the position isn't known. */
  readonly column: number;
  /** JSON pointer in that file. */
  readonly pointer: string;
  readonly message: string;
  /** The offending value as JSON, cut short. */
  readonly value?: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** Thrown when an interface definition can't be used. It carries everything that was found wrong, in file order. */
export class InterfaceError extends Error {
  override readonly name = "InterfaceError";
  readonly code = "interface-invalid";
  readonly diagnostics: readonly Diagnostic[];

  constructor(file: string, diagnostics: readonly Diagnostic[]) {
    const count = diagnostics.length === 1 ? "a problem" : `${diagnostics.length} problems`;
    const more = diagnostics.length - listed;
    const list = formatDiagnostics(diagnostics.slice(0, listed)).replaceAll(/^/gm, "  ");
    super(`${visible(file)} has ${count}:\n${list}${more > 0 ? `\n  and ${more} more` : ""}`);
    this.diagnostics = diagnostics;
  }
}

/** Diagnostics in the message of an error: a document can be wrong in as many places as it has values. */
const listed = 50;

/**
 * Writes diagnostics for people, one a line: `file:line:column pointer: message; hint`.
 * Control characters out of the document are escaped.
 */
export function formatDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(formatDiagnostic).join("\n");
}

function formatDiagnostic({ file, line, column, pointer, message, hint }: Diagnostic): string {
  const position = line === 0 ? "" : `:${line}:${column}`;
  const place = pointer === "" ? "" : ` ${cut(pointer, 200)}`;
  return visible(`${file}${position}${place}: ${message}${hint === undefined ? "" : `; ${hint}`}`);
}
