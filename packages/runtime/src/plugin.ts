import type { PluginOutput } from "./output.js";

/** A loaded plug-in: one instance of it, called by one caller at a time. */
export interface Plugin {
  /** What the plug-in is called in errors. */
  readonly name: string;
  /**
   * Calls an export with bytes (a string is sent as UTF-8) and answers what it returned; `null` when that is nothing.
   *
   * @param hostContext what `context.hostContext()` answers in host functions during this call.
   * @throws PluginError when the plug-in says that the call failed; otherwise TenonError.
   */
  call<T>(name: string, input?: string | Uint8Array | null, hostContext?: T): Promise<PluginOutput | null>;
  /** Whether the main module exports a function of that name. */
  functionExists(name: string): Promise<boolean>;
  /** What the main module exports. */
  getExports(): Promise<WebAssembly.ModuleExportDescriptor[]>;
  /** What the main module imports. */
  getImports(): Promise<WebAssembly.ModuleImportDescriptor[]>;
  /** The main module's instance. After a trap, it is another one. */
  getInstance(): Promise<WebAssembly.Instance>;
  /** Whether a call is under way. */
  isActive(): boolean;
  /** Forgets the last call and every variable. Answers `false`, and does nothing, during a call. */
  reset(): Promise<boolean>;
  /** Lets go of the instances. Every later call is an error. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
