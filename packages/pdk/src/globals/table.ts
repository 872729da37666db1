/**
 * The globals of the Web that a plug-in can use, and the module that has each, as an export of the same name. The
 * compiler puts a module in where a plug-in uses the name, and only there. What is not here, the engine has itself:
 * `atob`, `btoa`, `queueMicrotask`, `performance`, `DOMException`, `Date`; or a plug-in has it not, such as timers.
 */
export const globals = {
  console: "@tenon/pdk/globals/console",
  crypto: "@tenon/pdk/globals/crypto",
  fetch: "@tenon/pdk/globals/fetch",
  Headers: "@tenon/pdk/globals/headers",
  Request: "@tenon/pdk/globals/request",
  Response: "@tenon/pdk/globals/response",
  structuredClone: "@tenon/pdk/globals/structured-clone",
  TextDecoder: "@tenon/pdk/globals/text-decoder",
  TextEncoder: "@tenon/pdk/globals/text-encoder",
  URL: "@tenon/pdk/globals/url",
  URLSearchParams: "@tenon/pdk/globals/url-search-params",
} as const;

/** The name of a global of this package. */
export type GlobalName = keyof typeof globals;
