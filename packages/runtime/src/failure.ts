import { PluginError, TenonError } from "./errors.js";
import type { HostFailure } from "./imports.js";
import type { StartFailure } from "./linking/instantiate.js";
import { importer } from "./linking/link-errors.js";
import { WasiExit } from "./wasi/exit.js";

/** What is known about a call that threw. */
export interface FailureContext {
  readonly plugin: string;
  readonly function: string | undefined;
  readonly hostFailure: HostFailure;
  /** The error text that the plug-in had set, if any. */
  readonly errorText: string | undefined;
}

/** Turns whatever a call into WebAssembly threw into one of our errors. */
export function explainThrow(thrown: unknown, context: FailureContext): TenonError {
  const where = { plugin: context.plugin, function: context.function, cause: thrown };
  const host = context.hostFailure.current;
  if (host !== undefined && host.cause === thrown) {
    if (thrown instanceof TenonError && thrown.code === "host-function-async") {
      return new TenonError(thrown.code, thrown.reason, where);
    }
    return new TenonError(
      "host-function",
      `the host function "${host.name}" failed: ${messageOf(thrown)}`,
      where,
    );
  }
  if (thrown instanceof TenonError) {
    // Thrown by a function of ours that the plug-in imports: it doesn't know whose call it was part of.
    return thrown.plugin === undefined ? new TenonError(thrown.code, thrown.reason, where) : thrown;
  }
  if (thrown instanceof WasiExit) {
    return new PluginError(context.errorText ?? "", thrown.exitCode, undefined, where);
  }
  if (isSuspendError(thrown)) {
    return new TenonError(
      "host-function-async",
      "the plug-in called an asynchronous host function where it can't wait: in a synchronous call (use call() instead), in a module's start section, or through another host function",
      where,
    );
  }
  if (isStackOverflow(thrown)) {
    return new TenonError("stack-overflow", "the plug-in recursed too deeply", where);
  }
  if (thrown instanceof WebAssembly.RuntimeError) {
    // The plug-in trapped on purpose, having said why (an AssemblyScript `abort`, a Rust panic hook).
    if (context.errorText !== undefined) return new PluginError(context.errorText, 1, undefined, where);
    return new TenonError("trap", `the plug-in trapped: ${thrown.message}`, where);
  }
  if (thrown instanceof TypeError || thrown instanceof SyntaxError) {
    // The engine converts a host function's result to the import's type, and throws one of these where it can't.
    return new TenonError(
      "host-function",
      `a host function returned a value of the wrong type for its import: ${thrown.message} (an i64 result is a bigint)`,
      where,
    );
  }
  return new TenonError("trap", `the plug-in threw: ${messageOf(thrown)}`, where);
}

function isSuspendError(thrown: unknown): boolean {
  // By name: engines without promise integration have no such class.
  return thrown instanceof Error && thrown.constructor.name === "SuspendError";
}

function isStackOverflow(thrown: unknown): boolean {
  // V8 and JavaScriptCore throw a RangeError, SpiderMonkey an InternalError.
  return thrown instanceof Error && /call stack|too much recursion/i.test(thrown.message);
}

/** Turns what a plug-in threw while it started into one of our errors. */
export function explainStart(
  { path, thrown }: StartFailure,
  modules: number,
  context: FailureContext,
): TenonError {
  const { plugin } = context;
  const who = importer(path, modules);
  if (thrown instanceof WebAssembly.LinkError) {
    const text = modules === 1 ? "an import doesn't fit" : `an import of ${who.slice(4)} doesn't fit`;
    return new TenonError("import-invalid", `${text}: ${thrown.message}`, { plugin, cause: thrown });
  }
  const explained = explainThrow(thrown, context);
  if (thrown instanceof TenonError && explained.code === thrown.code) return explained;
  if (explained.code === "host-function-async") return explained;
  return new TenonError("start-failed", `${who} failed while it started: ${explained.reason}`, {
    plugin,
    cause: thrown,
  });
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
