import { readFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import type { Diagnostic, Place } from "../diagnostic.js";
import type { BuildOptions } from "../options.js";
import type { EvaluationOutcome } from "./evaluator.js";
import { type Evaluation, type ExportProblem, NEVER_SETTLES } from "./messages.js";

/** Says why there is no plug-in. */
export async function evaluationErrors(
  outcome: Exclude<EvaluationOutcome, { readonly kind: "done" }>,
  options: BuildOptions,
  limit: number,
): Promise<Diagnostic[]> {
  const cwd = resolve(options.cwd ?? process.cwd());
  const file = relative(cwd, resolve(cwd, options.entry));
  const error = (code: Diagnostic["code"], message: string, hint?: string): Diagnostic => ({
    severity: "error",
    code,
    message,
    place: { file },
    ...(hint === undefined ? {} : { hint }),
  });
  switch (outcome.kind) {
    case "endless":
      return [
        error(
          "endless",
          `the modules were still being evaluated after ${limit} ms, and were stopped`,
          "Code outside of functions runs when the plug-in is built. Is there a loop that doesn't end?",
        ),
      ];
    case "exports":
      return [error("exports", exportMessage(outcome.problem), EXPORT_HINT)];
    case "thrown":
      if (outcome.code === NEVER_SETTLES) {
        return [error("evaluate", "a top-level await waits for a promise that never settles")];
      }
      return [await thrown(outcome.text, cwd, file)];
    case "broken":
      return [error("evaluate", `the engine broke down while the modules were evaluated: ${outcome.text}`)];
  }
}

const EXPORT_HINT =
  "The entry exports its functions like this: export default plugin({ name(input) { … } });";

function exportMessage(problem: ExportProblem): string {
  switch (problem.problem) {
    case "no default export":
      return "the entry has no default export";
    case "not an object":
      return `expected the default export to be an object of functions, got ${problem.got}`;
    case "not functions":
      return `expected the default export to have functions only, but ${list(problem.names)} ${problem.names.length === 1 ? "is" : "are"} something else`;
    case "names": {
      const missing = problem.missing.length > 0 ? [`lacks ${list(problem.missing)}`] : [];
      const extra =
        problem.extra.length > 0 ? [`has ${list(problem.extra)}, which the interface doesn't have`] : [];
      return `the default export ${[...missing, ...extra].join(", and ")}`;
    }
  }
}

function list(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(", ");
}

/** A frame of a stack trace: `    at name (file:line:column)`. */
const FRAME = /^ {4}at (?:.* \()?(.+?):(\d+):(\d+)\)?$/m;

async function thrown(text: string, cwd: string, entry: string): Promise<Diagnostic> {
  const [, file, line, column] = FRAME.exec(text) ?? [];
  const place: Place =
    file === undefined ? { file: entry } : await placeAt(cwd, file, Number(line), Number(column));
  return {
    severity: "error",
    code: "evaluate",
    message: `evaluating the modules threw an error\n${text.replaceAll(/^/gm, "  ")}`,
    place,
    hint: "Code outside of functions runs when the plug-in is built.",
  };
}

async function placeAt(cwd: string, file: string, line: number, column: number): Promise<Place> {
  const source = await readFile(resolve(cwd, file), "utf8").catch(() => "");
  const excerpt = source.split(/\r?\n/)[line - 1];
  return { file, line, column, ...(excerpt === undefined ? {} : { excerpt }) };
}

/** Says what of the build is in the plug-in for good. */
export function frozenWarnings({ readClock, readRandom }: Evaluation): Diagnostic[] {
  const frozen = (what: string): Diagnostic => ({
    severity: "warning",
    code: "frozen",
    message: `${what} while the modules were evaluated: every instance of the plug-in will have that value`,
    hint: "Ask within the function that needs it.",
  });
  return [
    ...(readClock ? [frozen("the time was asked for")] : []),
    ...(readRandom ? [frozen("a random number was asked for")] : []),
  ];
}
