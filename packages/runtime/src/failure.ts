import { PluginError, TenonError } from "./errors.js";
import type { HostFailure } from "./imports.js";

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
    const code =
      thrown instanceof TenonError && thrown.code === "host-function-async" ? thrown.code : "host-function";
    return new TenonError(code, `the host function "${host.name}" failed: ${messageOf(thrown)}`, where);
  }
  if (thrown instanceof TenonError) {
    // Thrown by a function of ours that the plug-in imports: it doesn't know whose call it was part of.
    return thrown.plugin === undefined ? new TenonError(thrown.code, thrown.reason, where) : thrown;
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

function isStackOverflow(thrown: unknown): boolean {
  // V8 and JavaScriptCore throw a RangeError, SpiderMonkey an InternalError.
  return thrown instanceof Error && /call stack|too much recursion/i.test(thrown.message);
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
