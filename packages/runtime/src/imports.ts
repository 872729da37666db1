import type { CallContext, HostFunction, HostFunctions } from "./call-context.js";
import { ENV_NAMESPACE } from "./env.js";
import { TenonError } from "./errors.js";

/** The host function that threw last, and what it threw: the caller sees it as the cause of the failed call. */
export interface HostFailure {
  current: { readonly name: string; readonly cause: unknown } | undefined;
}

/**
 * Puts together exactly what a module imports.
 *
 * @throws TenonError `import-missing` or `import-invalid`, with what the module wants and what there is.
 */
export function resolveImports(
  module: WebAssembly.Module,
  offered: ReadonlyMap<string, Readonly<Record<string, WebAssembly.ExportValue>>>,
  plugin: string,
): WebAssembly.Imports {
  const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {};
  for (const { module: namespace, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind !== "function") {
      throw new TenonError(
        "import-invalid",
        `it imports a ${kind}, "${name}" from "${namespace}"; only functions can be imported so far`,
        { plugin },
      );
    }
    const candidates = offered.get(namespace);
    const value = candidates !== undefined && Object.hasOwn(candidates, name) ? candidates[name] : undefined;
    if (value === undefined) throw missing(namespace, name, offered, plugin);
    imports[namespace] ??= {};
    imports[namespace][name] = value;
  }
  return imports;
}

/** Wraps the user's host functions so that a failure can be told from a trap and a promise isn't taken for a value. */
export function wrapHostFunctions(
  functions: HostFunctions,
  context: CallContext,
  failure: HostFailure,
): Map<string, Record<string, WebAssembly.ExportValue>> {
  const wrapped = new Map<string, Record<string, WebAssembly.ExportValue>>();
  for (const [namespace, members] of Object.entries(functions)) {
    const namespaced: Record<string, WebAssembly.ExportValue> = {};
    for (const [name, value] of Object.entries(members)) {
      if (typeof value !== "function") {
        throw new TenonError(
          "option-invalid",
          `functions["${namespace}"]["${name}"] is a function; got ${typeof value}`,
        );
      }
      namespaced[name] = wrapHostFunction(name, value, context, failure);
    }
    wrapped.set(namespace, namespaced);
  }
  return wrapped;
}

function wrapHostFunction(
  name: string,
  implementation: HostFunction,
  context: CallContext,
  failure: HostFailure,
): (...args: unknown[]) => unknown {
  return (...args) => {
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
    throw new TenonError(
      "host-function-async",
      `the host function "${name}" returned a promise; asynchronous host functions aren't supported yet`,
    );
  }
}

function missing(
  namespace: string,
  name: string,
  offered: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
  plugin: string,
): TenonError {
  if (namespace === "wasi_snapshot_preview1") {
    return new TenonError(
      "unsupported",
      `it imports "${name}" from ${namespace}, and WASI isn't supported yet; build it without WASI`,
      { plugin },
    );
  }
  const names = Object.keys(offered.get(namespace) ?? {});
  const offer =
    names.length === 0
      ? `the host offers nothing under that name (it offers ${[...offered.keys()].map((key) => `"${key}"`).join(", ")})`
      : `the host offers ${names.join(", ")} there`;
  const remedy = namespace === ENV_NAMESPACE ? "" : `; add it to options.functions["${namespace}"]`;
  return new TenonError(
    "import-missing",
    `it imports the function "${name}" from "${namespace}"; ${offer}${remedy}`,
    {
      plugin,
    },
  );
}
