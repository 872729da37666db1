/**
 * What went wrong, for programs. Each code is one situation with one remedy; the message says which plug-in, which
 * function and what to do.
 */
export type TenonErrorCode =
  // Loading
  | "source-not-found"
  | "source-invalid"
  | "not-wasm"
  | "hash-mismatch"
  | "option-invalid"
  | "unsupported"
  | "import-missing"
  | "import-invalid"
  | "start-failed"
  // Calling
  | "export-missing"
  | "export-signature"
  | "closed"
  | "busy"
  | "plugin-error"
  | "trap"
  | "stack-overflow"
  | "out-of-memory"
  | "never-settles"
  | "unhandled-rejection"
  | "abi-violation"
  // Host functions
  | "host-function"
  | "host-function-async"
  | "var-limit"
  // HTTP requests of a plug-in
  | "http-invalid"
  | "http-denied"
  | "http-limit"
  | "http-failed"
  | "http-invalid"
  | "http-denied"
  | "http-failed"
  | "http-limit"
  // Typed values
  | "invalid-input"
  | "invalid-output";

/** Where an error happened. */
export interface ErrorContext {
  /** The plug-in's name. */
  readonly plugin?: string | undefined;
  /** The export or host function. */
  readonly function?: string | undefined;
  readonly cause?: unknown;
}

/** The one family of errors that this package throws. Tell them apart by {@link TenonError.code}. */
export class TenonError extends Error {
  readonly code: TenonErrorCode;
  readonly plugin: string | undefined;
  readonly function: string | undefined;
  /** The message without the plug-in and the function in front of it. */
  readonly reason: string;

  constructor(code: TenonErrorCode, reason: string, context: ErrorContext = {}) {
    super(`${prefix(context)}${reason}`, context.cause === undefined ? undefined : { cause: context.cause });
    this.name = "TenonError";
    this.code = code;
    this.plugin = context.plugin;
    this.function = context.function;
    this.reason = reason;
  }
}

/**
 * The plug-in said that the call failed: it set an error, or returned something other than 0. `detail` is the typed
 * error where the interface declares one and the plug-in's text fits it. The code is `plugin-error`, unless the plug-in
 * knows a better one by the direct convention (docs/abi.md, section 2.4).
 */
export class PluginError<Detail = unknown> extends TenonError {
  /** The plug-in's own words; empty when it only returned a code. */
  readonly text: string;
  /** What the export returned. */
  readonly returnCode: number;
  readonly detail: Detail | undefined;

  constructor(
    text: string,
    returnCode: number,
    detail: Detail | undefined,
    context: ErrorContext,
    code: TenonErrorCode = "plugin-error",
  ) {
    super(code, text === "" ? `the plug-in returned ${returnCode} and set no error text` : text, context);
    this.name = "PluginError";
    this.text = text;
    this.returnCode = returnCode;
    this.detail = detail;
  }
}

function prefix({ plugin, function: name }: ErrorContext): string {
  if (plugin === undefined) return "";
  return name === undefined ? `plug-in "${plugin}": ` : `plug-in "${plugin}", function "${name}": `;
}
