import { type Codec, fail, read, write } from "tenon:host";
import { checkFunctions } from "./check-functions.js";
import { codecOf } from "./codec-of.js";
import { PluginFailure } from "./plugin-failure.js";
import type { OperationShape, Shape } from "./shape.js";

/** What a plug-in's entry exports by default: functions without parameters, by the names of the exports. */
export type PluginExports = Readonly<Record<string, () => unknown>>;

/**
 * Makes a plug-in's exports of the author's functions, for generated code: each reads its input, calls the function
 * with `functions` as `this`, waits for a promise, and writes the output. A function that is missing, or that the
 * interface doesn't have, is a TypeError that names it; as this runs while the plug-in is built, it is seen then.
 */
export function definePlugin<F extends object>(
  functions: F,
  operations: Readonly<Record<string, OperationShape>>,
  types: readonly Shape[],
): PluginExports {
  checkFunctions(functions, Object.keys(operations));
  const exports = Object.entries(operations).map(([name, operation]) => {
    // A function, as was just checked; what it takes and returns the generated types say.
    const run = Reflect.get(functions, name) as Run;
    return [name, exportOf(run.bind(functions), operation, types)] as const;
  });
  return Object.fromEntries(exports);
}

type Run = (input?: unknown) => unknown;

function exportOf(run: Run, operation: OperationShape, types: readonly Shape[]): () => unknown {
  const input = codecOf(operation.input, types);
  const output = codecOf(operation.output, types);
  const failed = failureHandler(operation.errors, types);
  return () => {
    const argument = input === undefined ? undefined : read(input);
    let result: unknown;
    try {
      result = input === undefined ? run() : run(argument);
    } catch (error) {
      return failed(error);
    }
    if (!isPromise(result)) return put(output, result);
    return result.then((value) => put(output, value), failed);
  };
}

function put(output: Codec | undefined, value: unknown): void {
  if (output !== undefined) write(output, value);
}

/** What happens to a thrown value: a detail that the interface describes is told by its shape. */
function failureHandler(errors: Shape | undefined, types: readonly Shape[]): (error: unknown) => void {
  // JSON whatever the encoding of input and output: docs/abi.md, section 3.
  const codec = codecOf(errors && ["json", errors], types);
  return (error) => {
    if (codec === undefined || !(error instanceof PluginFailure)) throw error;
    try {
      fail(error.detail, codec);
    } catch (misfit) {
      if (!(misfit instanceof TypeError)) throw misfit;
      const message = `the detail of a PluginFailure doesn't fit the interface: ${misfit.message}`;
      throw new TypeError(message, { cause: error });
    }
  };
}

/** No value of an interface has a function in it, so that whatever has a `then` is a promise. */
function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
