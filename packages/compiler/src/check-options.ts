import type { Diagnostic } from "./diagnostic.js";
import type { BuildOptions } from "./options.js";

/** The functions that the entry has to export; undefined when any will do. */
export function exportNames({ exports, interface: document }: BuildOptions): readonly string[] | undefined {
  return exports ?? (document && Object.keys(document.exports ?? {}));
}

/** The host functions that the plug-in may call. */
export function importNames({ imports, interface: document }: BuildOptions): readonly string[] {
  return imports ?? Object.keys(document?.imports ?? {});
}

/** Exports that every plug-in has, or that hosts call of their own accord. */
const RESERVED = ["memory", "_start", "_initialize", "__wasm_call_ctors", "hs_init"];
const RESERVED_PREFIX = "tenon_";

/** What is wrong with the names that a module is to export and import. */
export function nameErrors(exports: readonly string[], imports: readonly string[]): Diagnostic[] {
  return [
    ...exports.filter(isReserved).map((name) => ({
      severity: "error" as const,
      code: "option" as const,
      message: `a function of a plug-in can't be called ${JSON.stringify(name)}: that name has a meaning to hosts`,
    })),
    ...[...duplicates(exports), ...duplicates(imports)].map((name) => ({
      severity: "error" as const,
      code: "option" as const,
      message: `the name ${JSON.stringify(name)} is there twice`,
    })),
    ...[...exports, ...imports].filter(isBroken).map((name) => ({
      severity: "error" as const,
      code: "option" as const,
      message: `the name ${JSON.stringify(name)} has half a surrogate pair, which WebAssembly has no form for`,
    })),
  ];
}

/** Half of the engine's stack: the rest is for what runs beneath the plug-in's code. */
const LARGEST_STACK = 512 * 1024;
const SMALLEST_STACK = 16 * 1024;

/** What is wrong with the stack limit. */
export function stackErrors({ stackLimit }: BuildOptions): Diagnostic[] {
  if (stackLimit === undefined) return [];
  if (Number.isInteger(stackLimit) && stackLimit >= SMALLEST_STACK && stackLimit <= LARGEST_STACK) return [];
  const message = `expected a stack limit from ${SMALLEST_STACK} to ${LARGEST_STACK} bytes, got ${stackLimit}`;
  return [{ severity: "error", code: "option", message }];
}

function isReserved(name: string): boolean {
  return RESERVED.includes(name) || name.startsWith(RESERVED_PREFIX);
}

function isBroken(name: string): boolean {
  return /\p{Surrogate}/u.test(name);
}

function duplicates(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
