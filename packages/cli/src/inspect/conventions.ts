import type { ExportSummary } from "@tenon/wasm";

/** How a plug-in can be called, as far as the types of its exports tell. */
export interface Conventions {
  /** The exports that can be called through the kernel. */
  readonly kernel: readonly string[];
  readonly direct: {
    /** `direct 1`, or null when the plug-in doesn't speak it, or lacks something that belongs to it. */
    readonly version: "direct 1" | null;
    /** The exports that can be called directly, without the prefix `tenon_call_`. */
    readonly exports: readonly string[];
    /** What a plug-in that has some of the exports of the direct convention lacks of it. */
    readonly missing: readonly string[];
  };
}

/** Finds out which of the two conventions of docs/abi.md a plug-in speaks. */
export function detectConventions(exports: readonly ExportSummary[]): Conventions {
  const isOffered = (wanted: ExportSummary) =>
    exports.some(
      ({ name, kind, type }) => name === wanted.name && kind === "function" && type === wanted.type,
    );
  const kernel = exports.filter(
    ({ name, kind, type }) => kind === "function" && type === KERNEL_CALL && !DIRECT_NAMES.has(name),
  );
  const calls = exports.filter(
    ({ name, kind, type }) => kind === "function" && type === DIRECT_CALL && name.startsWith(CALL_PREFIX),
  );
  const callable = calls.map(({ name }) => name.slice(CALL_PREFIX.length));
  const missing = DIRECT_EXPORTS.filter((wanted) => !isOffered(wanted)).map(
    ({ name, type }) => `${name}: ${type}`,
  );
  if (calls.length === 0) missing.push(`${CALL_PREFIX}<export>: ${DIRECT_CALL}`);
  if (!exports.some(({ name, kind }) => name === "memory" && kind === "memory")) missing.push("memory");
  const attempted = exports.some(({ name }) => DIRECT_NAMES.has(name) || name.startsWith(CALL_PREFIX));
  const complete = missing.length === 0;
  return {
    kernel: kernel.map(({ name }) => name),
    direct: {
      version: complete ? "direct 1" : null,
      exports: complete ? callable : [],
      missing: attempted ? missing : [],
    },
  };
}

const KERNEL_CALL = "() -> i32";
const DIRECT_CALL = "(i32, i32) -> i32";
const CALL_PREFIX = "tenon_call_";

const DIRECT_EXPORTS: readonly ExportSummary[] = [
  { name: "tenon_abi", kind: "function", type: "() -> i32" },
  { name: "tenon_reserve", kind: "function", type: "(i32) -> i32" },
  { name: "tenon_result", kind: "function", type: "() -> i32" },
  { name: "tenon_direct", kind: "function", type: "(i32) -> ()" },
];

const DIRECT_NAMES: ReadonlySet<string> = new Set(DIRECT_EXPORTS.map(({ name }) => name));
