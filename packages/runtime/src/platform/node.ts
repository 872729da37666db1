import { readFile } from "node:fs/promises";
import type { AllowedPath } from "../wasi/allowed-paths.js";
import type { Preopens } from "../wasi/load.js";

/** What this platform is able to do, and was told to do. */
export const platform = {
  hasFiles: true,
  hasCrossOriginChecks: false,
  /** Extism's switch for what WASI plug-ins print. */
  showsWasiOutput: Boolean(process.env["EXTISM_ENABLE_WASI_OUTPUT"]),
};

/**
 * Makes an instance, at once. With nothing else to do, Node.js in version 20 can lock up for ever while it waits for
 * `WebAssembly.instantiate` (nodejs/node#54918); and this is faster.
 */
export function makeInstance(module: WebAssembly.Module, imports: WebAssembly.Imports): WebAssembly.Instance {
  return new WebAssembly.Instance(module, imports);
}

/** Reads a file. A string is a path relative to the working folder. */
export async function readLocalFile(path: string | URL): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(path));
}

/** Opens directories of the host for a plug-in. The code for it is loaded when it is first needed. */
export async function openDirectories(paths: readonly AllowedPath[]): Promise<Preopens> {
  const { openPreopens } = await import("../wasi/node/preopens.js");
  return openPreopens(paths);
}

/** A `fetch` that connects to addresses of the public Internet only. */
export async function publicFetch(): Promise<typeof fetch> {
  return (await import("../http/node/public-fetch.js")).publicFetch();
}

/** A check that a host's name leads to addresses of the public Internet only. */
export async function checkPublicHost(): Promise<(hostname: string) => Promise<void>> {
  return (await import("../http/node/public-fetch.js")).checkPublicHost;
}
