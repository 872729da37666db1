/**
 * The hosts, by the names that cases and the matrix know them by.
 *
 * - `tenon-kernel`: `@tenon/runtime`, with kernel calls only: the plug-in's direct exports are hidden from it.
 * - `tenon-direct`: `createPlugin` of `@tenon/runtime`: direct calls where the plug-in offers them; host functions by handle.
 * - `tenon-typed`: the way of generated clients; host functions, too, use the direct convention.
 * - `extism-js`: `@extism/extism`. `extism-native`: Extism's own runtime, through its Python SDK.
 * - `extism-go`: `github.com/extism/go-sdk`.
 */
export const HOST_NAMES = [
  "tenon-kernel",
  "tenon-direct",
  "tenon-typed",
  "extism-js",
  "extism-native",
  "extism-go",
] as const;

export type HostName = (typeof HOST_NAMES)[number];
