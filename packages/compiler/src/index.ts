export { buildPlugin } from "./build-plugin.js";
export {
  BuildError,
  type Diagnostic,
  type DiagnosticCode,
  formatDiagnostic,
  type Place,
} from "./diagnostic.js";
export type { BuildOptions, BuildResult, BuildTimings, InterfaceDocument } from "./options.js";
export { type WatchEvent, type Watcher, watchPlugin } from "./watch-plugin.js";
