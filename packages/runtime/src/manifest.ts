/** Where a module's bytes come from, with the name and the hash that it may carry. */
export type ManifestWasm = (
  | ManifestWasmPath
  | ManifestWasmUrl
  | ManifestWasmData
  | ManifestWasmResponse
  | ManifestWasmModule
) & {
  /** The module's name, in errors and for linking. */
  name?: string | undefined;
  /** SHA-256 of the bytes, in hexadecimal. A `module` can't carry one: its bytes can't be read back. */
  hash?: string | undefined;
};

export interface ManifestWasmPath {
  path: string;
}
export interface ManifestWasmUrl {
  url: URL | string;
}
export interface ManifestWasmData {
  /** The bytes, or in a JSON manifest their base64 text. */
  data: Uint8Array | ArrayBuffer | string;
}
export interface ManifestWasmResponse {
  response: Response;
}
export interface ManifestWasmModule {
  module: WebAssembly.Module;
}

/** Which modules a plug-in is made of, and what it is configured with. */
export interface Manifest {
  wasm: ManifestWasm[];
  config?: Record<string, string> | undefined;
}

/**
 * Anything that a plug-in can be made from:
 *
 * - a path; or a URL, as a `URL` or as text that starts with `http://`, `https://` or `file://`;
 * - the bytes of a module; a `WebAssembly.Module`; a `Response`;
 * - a {@link Manifest}, or JSON text of one (it starts with `{`).
 *
 * What a path or a URL leads to may be a module or a JSON manifest.
 */
export type PluginSource = string | URL | Uint8Array | ArrayBuffer | WebAssembly.Module | Response | Manifest;
