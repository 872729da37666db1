// What generated bindings import. It is public, but made for them: applications use the package's main entry.
export { type JsonContext, type Reader, setProperty, type Writer } from "@tenon/codec";
export type { CallContext } from "../call-context.js";
export { PluginError } from "../errors.js";
export type { PluginSource } from "../manifest.js";
export type { Plugin } from "../plugin.js";
export { type ClientOptions, type Connection, connect } from "./connection.js";
export {
  binaryReader,
  binaryWriter,
  jsonErrorReader,
  jsonReader,
  jsonWriter,
  messagePackReader,
  messagePackWriter,
  textReader,
  textWriter,
} from "./payload.js";
export type { TypedCall } from "./typed-call.js";
