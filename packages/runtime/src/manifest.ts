/** Where a module's bytes come from, with the name and the hash that it may carry. */
export type ManifestWasm = (
  | ManifestWasmPath
  | ManifestWasmUrl
  | ManifestWasmData
  | ManifestWasmResponse
  | ManifestWasmModule
) & {
  /**
   * The name that other modules import this one by; `main` is the one that is called.
   *
   * @default `main` for the last module; for others their hash, or without one their place in the list, from 0
   */
  name?: string | null | undefined;
  /** SHA-256 of the bytes, in hexadecimal. A `module` can't carry one: its bytes can't be read back. */
  hash?: string | null | undefined;
};

export interface ManifestWasmPath {
  /** A path, relative to the working folder of the process. */
  path: string;
}
export interface ManifestWasmUrl {
  url: URL | string;
  /** Headers of the request. */
  headers?: Record<string, string> | null | undefined;
  /** @default "GET" */
  method?: string | null | undefined;
}
export interface ManifestWasmData {
  /** The bytes, or in a JSON or TOML manifest their base64 text. */
  data: Uint8Array | ArrayBuffer | string;
}
export interface ManifestWasmResponse {
  response: Response;
}
export interface ManifestWasmModule {
  module: WebAssembly.Module;
}

/** What a plug-in is configured with: text by key. */
export type PluginConfig = Record<string, string>;

/** How much a plug-in may use. */
export interface MemoryOptions {
  /** The most 64 KiB pages that the plug-in's memory may have. */
  maxPages?: number | null | undefined;
  /** The most bytes that are read of one HTTP response. */
  maxHttpResponseBytes?: number | null | undefined;
  /**
   * The most bytes that the plug-in's variables may take, names included.
   *
   * @default 1048576
   */
  maxVarBytes?: number | null | undefined;
}

/** {@link MemoryOptions} as they may stand in a manifest, in the other spelling. */
export interface SnakeCaseMemoryOptions {
  max_pages?: number | null | undefined;
  max_http_response_bytes?: number | null | undefined;
  max_var_bytes?: number | null | undefined;
}

/**
 * Which modules a plug-in is made of, what it is configured with and what it may do. Options of `createPlugin` that
 * say otherwise take precedence. Keys may be spelt either way, but not both ways at once.
 */
export interface Manifest {
  /** The modules: those that import another's name are linked to it. */
  wasm: ManifestWasm[];
  /** The name of the module that is called. @default the one named `main`, or else the last */
  main?: string | null | undefined;
  /** What the plug-in's `config_get` answers. */
  config?: PluginConfig | null | undefined;
  /** Hosts that the plug-in may send HTTP requests to; `*` stands for any part of a name. @default none */
  allowedHosts?: string[] | null | undefined;
  allowed_hosts?: string[] | null | undefined;
  /** Folders that a WASI plug-in may use: its own path, then the host's. @default none */
  allowedPaths?: Record<string, string> | null | undefined;
  allowed_paths?: Record<string, string> | null | undefined;
  memory?: (MemoryOptions & SnakeCaseMemoryOptions) | null | undefined;
  /** The most milliseconds that a call may take. @default no limit */
  timeoutMs?: number | null | undefined;
  timeout_ms?: number | null | undefined;
}

/**
 * Anything that a plug-in can be made from:
 *
 * - a path; or a URL, as a `URL` or as text that starts with `http://`, `https://` or `file://`;
 * - the bytes of a module; a `WebAssembly.Module`; a `Response`;
 * - a {@link Manifest}, or JSON text of one (it starts with `{`).
 *
 * What a path or a URL leads to may be a module, a JSON manifest, or a TOML manifest (its name ends in `.toml`).
 */
export type PluginSource = string | URL | Uint8Array | ArrayBuffer | WebAssembly.Module | Response | Manifest;
