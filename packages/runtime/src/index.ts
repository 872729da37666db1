export type {
  CallContext,
  CallContext as CurrentPlugin,
  HostFunction,
  HostFunctions,
} from "./call-context.js";
export { createPlugin, createPlugin as default, createPlugin as newPlugin } from "./create-plugin.js";
export { PluginError, TenonError, type TenonErrorCode } from "./errors.js";
export type { Logger, LogLevel } from "./log.js";
export type {
  Manifest,
  ManifestWasm,
  ManifestWasmData,
  ManifestWasmModule,
  ManifestWasmPath,
  ManifestWasmResponse,
  ManifestWasmUrl,
  PluginSource,
} from "./manifest.js";
export type { MemoryOptions, PluginOptions } from "./options.js";
export { PluginOutput } from "./output.js";
export type { Plugin } from "./plugin.js";
