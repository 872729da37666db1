import type { Diagnostic } from "../diagnostic.js";
import { child, parent } from "../pointer.js";
import type { Problem } from "../problem.js";
import { parseJson } from "./json.js";
import type { Parsed } from "./parsed.js";
import { parseYaml } from "./yaml.js";

/** One file of an interface definition: its plain value, and the way from a place in it back to the text. */
export interface Source {
  /** As the caller named it, or joined from the path of the file that refers to it. */
  readonly path: string;
  /** Undefined when the text has a syntax error. */
  readonly value: unknown;
  /** What is wrong with the text itself. */
  readonly diagnostics: readonly Diagnostic[];
  /** Traces a problem at a pointer in this file to its line and column. */
  readonly trace: (problem: Problem) => Diagnostic;
}

/** Reads a file's text as the format that its name says. */
export function readSource(path: string, text: string): Source {
  // A byte order mark is no part of the document, in either format.
  const content = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const parsed = /\.json$/i.test(path) ? parseJson(content) : parseYaml(content);
  const lineStarts = findLineStarts(content);
  const at = (offset: number) => lineAndColumn(lineStarts, offset);
  return {
    path,
    value: parsed.value,
    diagnostics: parsed.faults.map(({ offset, ...fault }) => ({ file: path, ...at(offset), ...fault })),
    trace: ({ key, ...problem }) => ({
      file: path,
      ...at(offsetOf(parsed, problem.pointer, key)),
      ...problem,
    }),
  };
}

/** Whether a file's name ends the way that names of JSON and YAML files do. */
export function hasKnownExtension(path: string): boolean {
  return /\.(json|yaml|yml)$/i.test(path);
}

function offsetOf({ positions }: Parsed, pointer: string, key: string | undefined): number {
  if (key !== undefined) {
    const position = positions.get(child(pointer, key));
    if (position !== undefined) return position.key ?? position.value;
  }
  // A value that isn't there is reported at the nearest one around it.
  for (let place = pointer; ; place = parent(place)) {
    const position = positions.get(place);
    if (position !== undefined) return position.value;
    if (place === "") return 0;
  }
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let i = text.indexOf("\n"); i !== -1; i = text.indexOf("\n", i + 1)) starts.push(i + 1);
  return starts;
}

function lineAndColumn(starts: readonly number[], offset: number): { line: number; column: number } {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
