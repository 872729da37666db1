import { formatDiagnostics, InterfaceError } from "../diagnostic.js";
import type { Interface, NamedType, Type } from "../ir.js";
import { loadInterface } from "../load-interface.js";
import { normaliseInterface } from "../normalise-interface.js";

/** What is wrong with a document, one line a problem, as people read it: without the file in front. */
export function diagnose(document: unknown): string[] {
  return lines(() => normaliseInterface(document, { file: "" }));
}

/** What is wrong with the first of some files, which are in memory, one line a problem. */
export async function diagnoseFiles(files: Record<string, string>, root?: string): Promise<string[]> {
  try {
    await loadFiles(files, root);
    return [];
  } catch (error) {
    return lines(() => {
      throw error;
    });
  }
}

/** Loads the first of some files that are in memory. */
export function loadFiles(files: Record<string, string>, root: string = Object.keys(files)[0] ?? "") {
  const readFile = (path: string) => {
    const text = files[path.replaceAll("\\", "/")];
    if (text === undefined) throw Object.assign(new Error("no such file"), { code: "ENOENT" });
    return text;
  };
  return loadInterface(root, { readFile });
}

/** A document that has one export, `run`, and the given definitions. */
export function withDefinitions($defs: Record<string, unknown>, run: unknown = {}): Record<string, unknown> {
  return { name: "test", version: "1.0.0", exports: { run }, $defs };
}

/** A document whose one export takes the given schema. */
export function withInput(input: unknown): Record<string, unknown> {
  return { name: "test", version: "1.0.0", exports: { run: { input } } };
}

/** The type that a schema becomes as an operation's input, and the named types beside it. */
export function typeOf(input: unknown): { type: Type | undefined; types: readonly NamedType[] } {
  const { exports, types } = normaliseInterface(withInput(input));
  return { type: exports[0]?.input?.type, types };
}

/** The names of an interface's types, in order. */
export function typeNames({ types }: Interface): string[] {
  return types.map(({ name }) => name);
}

function lines(run: () => unknown): string[] {
  try {
    run();
    return [];
  } catch (error) {
    if (!(error instanceof InterfaceError)) throw error;
    return formatDiagnostics(error.diagnostics)
      .split("\n")
      .map((line) => line.replace(/^:? /, ""));
  }
}
