export type { ReadFile } from "./bundle/files.js";
export { type Diagnostic, formatDiagnostics, InterfaceError } from "./diagnostic.js";
export type * from "./ir.js";
export {
  type InterfaceText,
  type LoadedInterface,
  type LoadOptions,
  loadInterface,
} from "./load-interface.js";
export { type NormaliseOptions, normaliseInterface } from "./normalise-interface.js";
export { interfaceSchema } from "./published-schema.js";
