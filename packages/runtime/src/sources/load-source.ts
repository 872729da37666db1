import { TenonError } from "../errors.js";
import type { PluginSource } from "../manifest.js";
import type { Settings } from "../settings.js";
import { type CheckedManifest, checkManifest } from "./check-manifest.js";
import { type Content, type Fetching, nameOf, readFile, readResponse, readUrl, toBytes } from "./content.js";
import { compile, type LoadedModule, loadModules } from "./load-modules.js";
import { parseJsonManifest, parseTomlManifest } from "./manifest-text.js";

/** Everything that a source says of a plug-in, read and compiled. */
export interface LoadedSource {
  readonly modules: readonly LoadedModule[];
  /** The module that is called: one of `modules`. */
  readonly main: LoadedModule;
  /** What to call the plug-in in errors. */
  readonly name: string;
  /** What the manifest says; absent without a manifest. */
  readonly settings: Settings | undefined;
}

/**
 * Reads a source, compiles its modules and checks their hashes.
 *
 * @throws TenonError `source-not-found`, `source-invalid`, `not-wasm`, `hash-mismatch` or `unsupported`.
 */
export async function loadSource(source: PluginSource, fetcher: typeof fetch): Promise<LoadedSource> {
  const fetching = { fetch: fetcher };
  if (source instanceof WebAssembly.Module) return single(source, "plug-in");
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) {
    return loadContent({ bytes: toBytes(source), name: "plug-in", toml: false }, fetching);
  }
  if (source instanceof Response) return loadContent(await readResponse(source), fetching);
  if (source instanceof URL) return loadContent(await readUrl(source, fetching), fetching);
  if (typeof source === "string") return loadText(source, fetching);
  if (typeof source === "object" && source !== null) return loadManifest(checkManifest(source), fetching);
  throw invalid(`a source is a path, a URL, bytes, a module, a response or a manifest; got ${typeof source}`);
}

async function loadText(text: string, fetching: Fetching): Promise<LoadedSource> {
  if (text === "") {
    throw invalid("the source is an empty string; give a path, a URL, bytes or a manifest");
  }
  if (/^\s*\{/.test(text)) {
    return loadManifest(checkManifest(parseJsonManifest(text, "the manifest")), fetching);
  }
  if (!/^(https?|file):\/\//.test(text)) return loadContent(await readFile(text), fetching);
  if (!URL.canParse(text)) throw invalid(`"${text}" is not a URL`);
  return loadContent(await readUrl(new URL(text), fetching), fetching);
}

/** A path or URL may lead to a module or to a manifest. */
async function loadContent({ bytes, name, toml }: Content, fetching: Fetching): Promise<LoadedSource> {
  const json = firstVisibleByte(bytes) === OPENING_BRACE;
  if (!json && !toml) return single(await compile(bytes, name), name);
  const text = new TextDecoder().decode(bytes);
  const what = `"${name}"`;
  const value = json ? parseJsonManifest(text, what) : await parseTomlManifest(text, what);
  return loadManifest(checkManifest(value), fetching);
}

async function loadManifest(manifest: CheckedManifest, fetching: Fetching): Promise<LoadedSource> {
  const modules = await loadModules(manifest.modules, fetching);
  // One is loaded for each that the manifest has, in the same order.
  const main = modules[manifest.modules.indexOf(manifest.main)] as LoadedModule;
  // Every plug-in has a "main": as a name in errors it says nothing.
  const name = manifest.main.named && main.name !== "main" ? main.name : nameOf(main.location);
  return { modules, main, name, settings: manifest.settings };
}

function single(module: WebAssembly.Module, name: string): LoadedSource {
  const main = { name: "main", location: name, module };
  return { modules: [main], main, name, settings: undefined };
}

function firstVisibleByte(bytes: Uint8Array): number | undefined {
  return bytes.find((byte) => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09);
}

const OPENING_BRACE = 0x7b;

function invalid(message: string): TenonError {
  return new TenonError("source-invalid", message);
}
