import type { CallContext, HostFunction, HostFunctions } from "./call-context.js";
import { checkObject, kindOf } from "./check.js";
import { TenonError } from "./errors.js";
import { isSuspending, promiseIntegration, suspendingImport } from "./suspension.js";

/** The host function that threw last, and what it threw: the caller sees it as the cause of the failed call. */
export interface HostFailure {
  current: { readonly name: string; readonly cause: unknown } | undefined;
}

/**
 * Wraps the user's host functions so that a failure can be told from a trap and a promise isn't taken for a value.
 * Memories, tables and globals stay as they are.
 *
 * @throws TenonError `option-invalid`
 */
export function wrapHostFunctions(
  functions: HostFunctions,
  context: CallContext,
  failure: HostFailure,
): Map<string, Record<string, unknown>> {
  const wrapped = new Map<string, Record<string, unknown>>();
  for (const [namespace, members] of Object.entries(functions)) {
    const namespaced: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(checkObject(members, `functions["${namespace}"]`, invalid))) {
      if (typeof value !== "function") {
        if (!isImportable(value)) {
          throw invalid(
            `functions["${namespace}"]["${name}"] is a function, or a WebAssembly.Memory, Table or Global; got ${kindOf(value)}`,
          );
        }
        namespaced[name] = value;
      } else {
        // Its parameters are the import's: they come as WebAssembly gives them.
        namespaced[name] = wrapHostFunction(name, value as HostFunction, context, failure);
      }
    }
    wrapped.set(namespace, namespaced);
  }
  return wrapped;
}

function isImportable(value: unknown): boolean {
  return /^\[object WebAssembly\.(Memory|Table|Global|Tag)\]$/.test(Object.prototype.toString.call(value));
}

function wrapHostFunction(
  name: string,
  implementation: HostFunction,
  context: CallContext,
  failure: HostFailure,
): unknown {
  if (promiseIntegration !== undefined && isSuspending(implementation)) {
    return suspendingImport(async (...args) => {
      try {
        return await implementation(context, ...args);
      } catch (cause) {
        failure.current = { name, cause };
        throw cause;
      }
    });
  }
  return (...args: unknown[]): unknown => {
    let result: unknown;
    try {
      result = implementation(context, ...args);
      refusePromise(name, result);
    } catch (cause) {
      failure.current = { name, cause };
      throw cause;
    }
    return result;
  };
}

/** @throws TenonError `host-function-async` when a host function's result is a promise. */
export function refusePromise(name: string, result: unknown): void {
  if (
    typeof result === "object" &&
    result !== null &&
    "then" in result &&
    typeof result.then === "function"
  ) {
    // Nobody waits for it any more: if it rejects, that must not end the process.
    Promise.resolve(result).catch(() => {});
    const remedy =
      promiseIntegration === undefined
        ? "this engine can't make WebAssembly wait for one (that is called JSPI; Node.js has it from version 24 on); answer at once, or use a newer engine"
        : "it isn't declared async; declare it so, or mark it with suspending()";
    throw new TenonError(
      "host-function-async",
      `the host function "${name}" returned a promise, and ${remedy}`,
    );
  }
}

function invalid(message: string): TenonError {
  return new TenonError("option-invalid", message);
}
