import { describeError } from "tenon:host";
import { debug, error, info, trace, warn } from "tenon:log";
import { format } from "./format.js";
import { inspect } from "./inspect.js";

/**
 * The console, to the host's log: `log`, `info`, `dir` and `table` as lines of the level info, the others by their
 * names. It never throws: what is written while the modules are evaluated, when no host is there yet, is lost.
 */
export const console = {
  /** With the stack, as everywhere. */
  trace: (...values: readonly unknown[]): void => {
    write(trace, describeError(Object.assign(new Error(format(values)), { name: "Trace" })));
  },
  debug: (...values: readonly unknown[]): void => write(debug, format(values)),
  log: (...values: readonly unknown[]): void => write(info, format(values)),
  info: (...values: readonly unknown[]): void => write(info, format(values)),
  warn: (...values: readonly unknown[]): void => write(warn, format(values)),
  error: (...values: readonly unknown[]): void => write(error, format(values)),
  dir: (value: unknown): void => write(info, inspect(value)),
  table: (value: unknown): void => write(info, inspect(value)),

  assert: (condition?: unknown, ...values: readonly unknown[]): void => {
    if (condition) return;
    write(error, values.length === 0 ? "Assertion failed" : `Assertion failed: ${format(values)}`);
  },

  count: (label: unknown = "default"): void => {
    const count = (counts.get(String(label)) ?? 0) + 1;
    counts.set(String(label), count);
    write(info, `${label}: ${count}`);
  },
  countReset: (label: unknown = "default"): void => {
    counts.delete(String(label));
  },

  group: (...values: readonly unknown[]): void => {
    if (values.length > 0) write(info, format(values));
    depth++;
  },
  groupCollapsed: (...values: readonly unknown[]): void => console.group(...values),
  groupEnd: (): void => {
    depth = Math.max(0, depth - 1);
  },
};

const counts = new Map<string, number>();
let depth = 0;

function write(to: (line: string) => void, text: string): void {
  const indent = "  ".repeat(depth);
  try {
    to(indent === "" ? text : text.replace(/^/gm, indent));
  } catch {
    // No console throws. The log does, while modules are evaluated.
  }
}
