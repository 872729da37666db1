import type { BundledReference } from "./bundle/bundle.js";
import { checkShape } from "./check/shape.js";
import { checkSize } from "./check/size.js";
import { type Diagnostic, InterfaceError } from "./diagnostic.js";
import type { Encoding, Interface } from "./ir.js";
import { limits } from "./limits.js";
import { normaliseDocument } from "./normalise/document.js";
import type { Problem } from "./problem.js";

/** What a document is checked with, and how its problems are traced to files. */
export interface CheckContext {
  /** Names the document in messages. */
  readonly file: string;
  /** The files that diagnostics can be in, in the order in which to report them. */
  readonly files: readonly string[];
  /** Takes the place of the document's own `encoding`. */
  readonly encoding?: Encoding | undefined;
  readonly references: ReadonlyMap<string, BundledReference>;
  readonly trace: (problem: Problem) => Diagnostic;
  /** What is known to be wrong already. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Checks a bundled document and normalises it.
 *
 * @throws InterfaceError with everything that is wrong, up to a bound
 */
export function checkDocument(document: unknown, context: CheckContext): Interface {
  const diagnostics = [...context.diagnostics];
  const report = (problem: Problem) => {
    diagnostics.push(context.trace(problem));
    if (diagnostics.length >= limits.problems) throw new TooManyProblems();
  };
  let normalised: Interface | undefined;
  try {
    if (checkSize(document, report)) {
      checkShape(document, report);
      normalised = normaliseDocument(document, {
        encoding: context.encoding,
        references: context.references,
        report,
      });
    }
  } catch (error) {
    if (!(error instanceof TooManyProblems)) throw error;
  }
  if (diagnostics.length > 0 || normalised === undefined) {
    throw new InterfaceError(context.file, arrange(diagnostics, context.files));
  }
  return normalised;
}

/** Ends the search: a hostile document could keep it busy, and nobody reads that many. */
class TooManyProblems extends Error {}

/** Puts diagnostics into reading order, and drops those that say the same thing about the same place. */
function arrange(diagnostics: readonly Diagnostic[], files: readonly string[]): Diagnostic[] {
  const unique = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const { file, line, column, pointer, message } = diagnostic;
    const key = JSON.stringify([file, line, column, pointer, message]);
    if (!unique.has(key)) unique.set(key, diagnostic);
  }
  const rank = new Map(files.map((file, i) => [file, i]));
  return [...unique.values()].sort(
    (a, b) => (rank.get(a.file) ?? 0) - (rank.get(b.file) ?? 0) || a.line - b.line || a.column - b.column,
  );
}
