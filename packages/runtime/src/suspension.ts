/** The engine's JavaScript Promise Integration: WebAssembly that waits for a promise while the thread goes on. */
interface PromiseIntegration {
  /** Wraps an import: the module that calls it waits for the promise that it returns. */
  readonly Suspending: new (
    implementation: (...args: never[]) => unknown,
  ) => object;
  /** Wraps an export: calling it answers a promise, and what it calls may wait. */
  readonly promising: (wasm: (...args: never[]) => unknown) => (...args: unknown[]) => Promise<unknown>;
}

/** Absent where the engine doesn't have it: Node.js before version 24, and browsers of before 2025. */
export const promiseIntegration: PromiseIntegration | undefined = detect();

function detect(): PromiseIntegration | undefined {
  // TypeScript's library doesn't know these two yet; whether the engine has them is what the next line asks.
  const candidate = WebAssembly as unknown as Partial<PromiseIntegration>;
  const { Suspending, promising } = candidate;
  return typeof Suspending === "function" && typeof promising === "function"
    ? { Suspending, promising }
    : undefined;
}

const marked = new WeakSet<object>();

/**
 * Says of a host function that it may return a promise, and that the plug-in waits for it. A function that is declared
 * `async` needs no such word; one that only returns a promise does, because what it returns is known too late.
 *
 * @example
 * ```ts
 * functions: { "extism:host/user": { lookup: suspending((context, key) => database.find(key).then(…)) } }
 * ```
 */
export function suspending<F extends (...args: never[]) => unknown>(implementation: F): F {
  marked.add(implementation);
  return implementation;
}

/** Whether a host function is declared `async`, or marked with {@link suspending}. */
export function isSuspending(implementation: object): boolean {
  // The tag, not the constructor: it is the same for functions of other realms.
  return (
    marked.has(implementation) || Object.prototype.toString.call(implementation) === "[object AsyncFunction]"
  );
}

/** Whether a value is an import that suspends its caller. */
export function isSuspendingImport(value: unknown): boolean {
  return promiseIntegration !== undefined && value instanceof promiseIntegration.Suspending;
}

/** An export as a function that answers a promise. Only for engines with promise integration. */
export function promising(wasm: (...args: never[]) => unknown): (...args: unknown[]) => Promise<unknown> {
  if (promiseIntegration === undefined) throw new Error("the engine has no promise integration");
  return promiseIntegration.promising(wasm);
}

/** An import that suspends its caller. Only for engines with promise integration. */
export function suspendingImport(implementation: (...args: never[]) => Promise<unknown>): object {
  if (promiseIntegration === undefined) throw new Error("the engine has no promise integration");
  return new promiseIntegration.Suspending((...args: never[]) => {
    const promise = implementation(...args);
    // A module whose start section is the import itself waits for nothing: a rejection would then be nobody's.
    promise.catch(() => {});
    return promise;
  });
}
