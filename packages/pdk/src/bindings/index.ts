export { defineHost } from "./define-host.js";
export { definePlugin, type PluginExports } from "./define-plugin.js";
export { PluginFailure } from "./plugin-failure.js";
export type { Encoding, OperationShape, PayloadShape, Shape } from "./shape.js";
