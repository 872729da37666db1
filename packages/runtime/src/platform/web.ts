import { TenonError } from "../errors.js";
import type { AllowedPath } from "../wasi/allowed-paths.js";
import type { Preopens } from "../wasi/load.js";

/** What this platform is able to do, and was told to do. */
export const platform = {
  hasFiles: false,
  /** Pages are held to them; servers of other makes that come here are not. */
  hasCrossOriginChecks: typeof document !== "undefined",
  showsWasiOutput: false,
};

/** Makes an instance. Not at once: browsers refuse that for a large module on the main thread. */
export function makeInstance(
  module: WebAssembly.Module,
  imports: WebAssembly.Imports,
): Promise<WebAssembly.Instance> {
  return WebAssembly.instantiate(module, imports);
}

/** Reads a file, where there is a file system; here there is none. */
export async function readLocalFile(path: string | URL): Promise<Uint8Array<ArrayBuffer>> {
  throw new TenonError(
    "unsupported",
    `"${path}" is a file path, and this platform has no file system; give a URL or the bytes`,
  );
}

/** Opens directories for a plug-in, where there is a file system. */
export async function openDirectories(paths: readonly AllowedPath[]): Promise<Preopens> {
  throw new TenonError(
    "unsupported",
    `allowedPaths names "${paths[0]?.host}", and this platform has no file system; leave allowedPaths out`,
  );
}

/** A `fetch` that connects to addresses of the public Internet only, where names can be resolved. */
export async function publicFetch(): Promise<typeof fetch> {
  throw unresolvable();
}

/** A check that a host's name leads to addresses of the public Internet only, where names can be resolved. */
export async function checkPublicHost(): Promise<(hostname: string) => Promise<void>> {
  throw unresolvable();
}

function unresolvable(): TenonError {
  return new TenonError(
    "unsupported",
    "allowPrivateAddresses is false, and this platform can't tell which address a name leads to; leave the option out, and let allowedHosts name the hosts",
  );
}
