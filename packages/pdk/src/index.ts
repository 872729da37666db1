export * as config from "./services/config.js";
export { fail } from "./services/fail.js";
export {
  type Encoding,
  type HostFunction,
  type HostFunctionOptions,
  hostFunction,
} from "./services/host-function.js";
export type { HttpRequest, HttpResponse } from "./services/http.js";
export * as http from "./services/http.js";
export * as input from "./services/input.js";
export type { LogLevel } from "./services/log.js";
export * as log from "./services/log.js";
export * as output from "./services/output.js";
export * as vars from "./services/vars.js";
