import { TenonError } from "../errors.js";
import type { ManifestModule, ModuleOrigin } from "./check-manifest.js";
import {
  type Content,
  type Fetching,
  fromBase64,
  readFile,
  readResponse,
  readUrl,
  toBytes,
} from "./content.js";

/** A compiled module of a plug-in. */
export interface LoadedModule {
  /** The name that other modules import it by. */
  readonly name: string;
  /** Where it came from, in short. */
  readonly location: string;
  readonly module: WebAssembly.Module;
}

/**
 * Reads the modules of a manifest, all at once, checks their hashes and compiles them. When one fails, the requests
 * of the others are ended.
 *
 * @throws TenonError `source-not-found`, `source-invalid`, `hash-mismatch`, `not-wasm` or `unsupported`.
 */
export async function loadModules(
  modules: readonly ManifestModule[],
  fetching: Fetching,
): Promise<LoadedModule[]> {
  const controller = new AbortController();
  try {
    const signal = controller.signal;
    return await Promise.all(modules.map((module) => loadModule(module, { ...fetching, signal })));
  } catch (thrown) {
    controller.abort();
    throw thrown;
  }
}

async function loadModule(
  { origin, name, named, hash }: ManifestModule,
  fetching: Fetching,
): Promise<LoadedModule> {
  if (origin.form === "module") return { name, location: "plug-in", module: origin.module };
  const content = await readOrigin(origin, fetching);
  const label = named ? name : content.name;
  if (hash !== undefined) await checkHash(content.bytes, hash, label);
  return { name, location: content.name, module: await compile(content.bytes, label) };
}

async function readOrigin(
  origin: Exclude<ModuleOrigin, { form: "module" }>,
  fetching: Fetching,
): Promise<Content> {
  switch (origin.form) {
    case "path":
      return readFile(origin.path);
    case "url":
      return readUrl(origin.url, { ...fetching, headers: origin.headers, method: origin.method });
    case "response":
      return readResponse(origin.response);
    case "data": {
      const { data } = origin;
      const bytes = typeof data === "string" ? fromBase64(data) : toBytes(data);
      return { bytes, name: "plug-in", toml: false };
    }
  }
}

/** @throws TenonError `not-wasm`, with what the engine says is wrong. */
export async function compile(bytes: Uint8Array<ArrayBuffer>, plugin: string): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause);
    throw new TenonError("not-wasm", `not a valid WebAssembly module: ${text}`, { plugin, cause });
  }
}

async function checkHash(bytes: Uint8Array<ArrayBuffer>, expected: string, plugin: string): Promise<void> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const actual = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (actual !== expected) {
    throw new TenonError(
      "hash-mismatch",
      `hash mismatch: its SHA-256 is ${actual}, and the manifest says ${expected}`,
      { plugin },
    );
  }
}
