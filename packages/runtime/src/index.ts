export type {
  CallContext,
  CallContext as CurrentPlugin,
  HostFunction,
  HostFunctions,
} from "./call-context.js";
export { CAPABILITIES, type Capabilities } from "./capabilities.js";
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
  MemoryOptions,
  PluginConfig,
  PluginConfig as PluginConfigLike,
  PluginSource,
  PluginSource as ManifestLike,
} from "./manifest.js";
export type { PluginOptions, PluginOptions as ExtismPluginOptions } from "./options.js";
export { PluginOutput } from "./output.js";
export type { Plugin } from "./plugin.js";
export { suspending } from "./suspension.js";
export type { WasiDeterminism, WasiOptions } from "./wasi/options.js";
