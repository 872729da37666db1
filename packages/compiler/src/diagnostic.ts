/** A place in an author's file: lines and columns count from 1. */
export interface Place {
  /** As the author would write it: relative to the working directory where that is possible. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** The text of the line. */
  readonly excerpt?: string;
  /** How many characters from `column` on are meant. */
  readonly length?: number;
}

/** One thing that is wrong, or doubtful, about a plug-in. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly place?: Place;
  /** What to do about it. */
  readonly hint?: string;
}

/**
 * - `syntax`: a file that can't be parsed. `resolve`: an import that leads nowhere. `built-in`: an import of a part
 *   of Node, which no plug-in has. `timer`: a timer, which no plug-in has either. `bundle`: anything else that the
 *   bundler says.
 * - `exports`: the entry's default export is not what was asked for. `evaluate`: code that throws while it is
 *   evaluated. `endless`: code that doesn't end. `frozen`: a value of the build that every instance will see.
 * - `option`: options that contradict each other, or can't be met.
 */
export type DiagnosticCode =
  | "syntax"
  | "resolve"
  | "built-in"
  | "timer"
  | "bundle"
  | "exports"
  | "evaluate"
  | "endless"
  | "frozen"
  | "option";

/**
 * The plug-in can't be built. `diagnostics` has every error that was found, and the warnings; the message shows the
 * errors as {@link formatDiagnostic} does.
 */
export class BuildError extends Error {
  override readonly name = "BuildError";
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    super(errors.map(formatDiagnostic).join("\n\n"));
    this.diagnostics = diagnostics;
  }
}

/** A diagnostic as plain text: the place, the message, the line with a mark under it, and the hint. */
export function formatDiagnostic({ message, place, hint }: Diagnostic): string {
  const lines = [place ? `${formatPlace(place)}: ${message}` : message];
  if (place?.excerpt !== undefined && place.line !== undefined)
    lines.push(...frame(place, place.line, place.excerpt));
  if (hint !== undefined) lines.push(`  ${hint}`);
  return lines.join("\n");
}

function formatPlace({ file, line, column }: Place): string {
  return [file, line, column].filter((part) => part !== undefined).join(":");
}

/** Characters of a line that are shown: a bundled or generated line can be very long. */
const LONGEST_EXCERPT = 120;

function frame({ column = 1, length = 1 }: Place, line: number, excerpt: string): string[] {
  const cut = Math.max(0, column - 1 - LONGEST_EXCERPT / 2);
  const shown = excerpt.slice(cut, cut + LONGEST_EXCERPT).replaceAll("\t", " ");
  const gutter = `  ${line} | `;
  const indent = " ".repeat(gutter.length - 2);
  const marks = "^".repeat(Math.max(1, Math.min(length, shown.length - (column - 1 - cut))));
  return [`${gutter}${shown}`, `${indent}| ${" ".repeat(column - 1 - cut)}${marks}`];
}
