import { readLocalFile } from "#platform";
import { TenonError } from "./errors.js";
import type { Manifest, ManifestWasm, PluginSource } from "./manifest.js";
import { checkKeys } from "./options.js";

export interface LoadedSource {
  readonly module: WebAssembly.Module;
  /** What to call the plug-in in errors. */
  readonly name: string;
  readonly config: Record<string, string> | undefined;
}

/**
 * Reads a source, compiles its module and checks its hash.
 *
 * @throws TenonError `source-not-found`, `source-invalid`, `not-wasm`, `hash-mismatch` or `unsupported`.
 */
export async function loadSource(source: PluginSource, fetcher: typeof fetch): Promise<LoadedSource> {
  if (source instanceof WebAssembly.Module) return { module: source, name: "plug-in", config: undefined };
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) {
    return loadContent(toBytes(source), "plug-in", fetcher);
  }
  if (isResponse(source)) {
    return loadContent(await readResponse(source), nameOf(source.url), fetcher);
  }
  if (typeof source === "string") {
    if (/^\s*\{/.test(source)) return loadManifest(parseManifest(source, "the manifest"), fetcher);
    if (source === "")
      throw invalid("the source is an empty string; give a path, a URL, bytes or a manifest");
    const url = /^(https?|file):\/\//.test(source) ? parseUrl(source) : undefined;
    return loadContent(await readLocation(url ?? source, fetcher), nameOf(source), fetcher);
  }
  if (source instanceof URL)
    return loadContent(await readLocation(source, fetcher), nameOf(source.href), fetcher);
  if (typeof source === "object" && source !== null) return loadManifest(source, fetcher);
  throw invalid(`a source is a path, a URL, bytes, a module, a response or a manifest; got ${typeof source}`);
}

/** A path or URL may lead to a module or to a manifest: the bytes themselves say which. */
async function loadContent(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  fetcher: typeof fetch,
): Promise<LoadedSource> {
  if (firstVisibleByte(bytes) === OPENING_BRACE) {
    return loadManifest(parseManifest(new TextDecoder().decode(bytes), `"${name}"`), fetcher);
  }
  return { module: await compile(bytes, name), name, config: undefined };
}

async function loadManifest(manifest: Manifest, fetcher: typeof fetch): Promise<LoadedSource> {
  checkKeys(
    manifest,
    "",
    ["wasm", "config"],
    [
      "main",
      "memory",
      "allowedHosts",
      "allowed_hosts",
      "allowedPaths",
      "allowed_paths",
      "timeoutMs",
      "timeout_ms",
    ],
  );
  if (!Array.isArray(manifest.wasm) || manifest.wasm.length === 0) {
    throw invalid('a manifest has a list "wasm" of one module or more');
  }
  const [item, ...others] = manifest.wasm;
  if (item === undefined || others.length > 0) {
    throw new TenonError("unsupported", "a manifest of several modules isn't supported yet; give one");
  }
  return { ...(await loadItem(item, fetcher)), config: manifest.config };
}

async function loadItem(item: ManifestWasm, fetcher: typeof fetch): Promise<Omit<LoadedSource, "config">> {
  if (typeof item !== "object" || item === null)
    throw invalid(`a module of a manifest is an object; got ${typeof item}`);
  checkKeys(item, "wasm[0].", ["name", "hash", ...FORMS], []);
  const given = FORMS.filter((form) => form in item);
  if (given.length !== 1) {
    throw invalid(
      `a module of a manifest has exactly one of ${FORMS.join(", ")}; this one has ${given.join(" and ") || "none"}`,
    );
  }
  if ("module" in item) {
    if (!(item.module instanceof WebAssembly.Module)) throw invalid('"module" is a WebAssembly.Module');
    if (item.hash !== undefined) {
      throw invalid(
        'a "module" can\'t be checked against a "hash": its bytes can\'t be read back; give "data" instead',
      );
    }
    return { module: item.module, name: item.name ?? "plug-in" };
  }
  const [bytes, location] = await readItem(item, fetcher);
  const name = item.name ?? location;
  if (item.hash !== undefined) await checkHash(bytes, item.hash, name);
  return { module: await compile(bytes, name), name };
}

const FORMS = ["path", "url", "data", "response", "module"] as const;

async function readItem(
  item: Exclude<ManifestWasm, { module: WebAssembly.Module }>,
  fetcher: typeof fetch,
): Promise<[bytes: Uint8Array<ArrayBuffer>, name: string]> {
  if ("path" in item) return [await readLocation(item.path, fetcher), nameOf(item.path)];
  if ("url" in item) {
    const url = item.url instanceof URL ? item.url : parseUrl(item.url);
    return [await readLocation(url, fetcher), nameOf(url.href)];
  }
  if ("response" in item) return [await readResponse(item.response), nameOf(item.response.url)];
  return [typeof item.data === "string" ? fromBase64(item.data) : toBytes(item.data), "plug-in"];
}

async function readLocation(location: string | URL, fetcher: typeof fetch): Promise<Uint8Array<ArrayBuffer>> {
  if (location instanceof URL && location.protocol !== "file:") {
    let response: Response;
    try {
      response = await fetcher(location);
    } catch (cause) {
      throw new TenonError("source-not-found", `"${location}" can't be fetched: ${String(cause)}`, { cause });
    }
    return readResponse(response, location.href);
  }
  try {
    return await readLocalFile(location);
  } catch (cause) {
    if (cause instanceof TenonError) throw cause;
    const text = cause instanceof Error ? cause.message : String(cause);
    throw new TenonError("source-not-found", `"${location}" can't be read: ${text}`, { cause });
  }
}

async function readResponse(response: Response, location = response.url): Promise<Uint8Array<ArrayBuffer>> {
  if (!response.ok) {
    throw new TenonError(
      "source-not-found",
      `"${location}" answered ${response.status} ${response.statusText}`.trim(),
    );
  }
  const type = response.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  // No type at all is common for files and for responses made by hand; a wrong one is a wrong address.
  if (type !== undefined && !ACCEPTED_TYPES.has(type)) {
    throw invalid(
      `"${location}" has the content type ${type}; a plug-in is application/wasm or application/json`,
    );
  }
  return new Uint8Array(await response.arrayBuffer());
}

const ACCEPTED_TYPES = new Set([
  "application/wasm",
  "application/octet-stream",
  "application/json",
  "text/json",
]);

async function compile(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause);
    throw new TenonError("not-wasm", `not a valid WebAssembly module: ${text}`, { plugin: name, cause });
  }
}

async function checkHash(bytes: Uint8Array<ArrayBuffer>, expected: string, name: string): Promise<void> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const actual = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (actual !== String(expected).toLowerCase()) {
    throw new TenonError("hash-mismatch", `its SHA-256 is ${actual}, and the manifest says ${expected}`, {
      plugin: name,
    });
  }
}

function parseManifest(text: string, what: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new TenonError("source-invalid", `${what} is not JSON: ${String(cause)}`, { cause });
  }
  // loadManifest checks the shape key by key.
  return value as Manifest;
}

function parseUrl(text: string): URL {
  try {
    return new URL(text);
  } catch (cause) {
    throw new TenonError("source-invalid", `"${text}" is not a URL`, { cause });
  }
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch (cause) {
    throw new TenonError("source-invalid", '"data" of a module is bytes, or their base64 text', { cause });
  }
}

function toBytes(source: ArrayBuffer | ArrayBufferView): Uint8Array<ArrayBuffer> {
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (source.buffer instanceof ArrayBuffer)
    return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  // Shared memory could change between the check of the hash and the compilation.
  return new Uint8Array(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
}

function isResponse(source: object | string): source is Response {
  return typeof Response !== "undefined" && source instanceof Response;
}

/** The last part of a path or URL: short enough for an error, and recognisable. */
function nameOf(location: string): string {
  return (
    location
      .replace(/[?#].*$/, "")
      .split(/[/\\]/)
      .pop() || "plug-in"
  );
}

function firstVisibleByte(bytes: Uint8Array): number | undefined {
  return bytes.find((byte) => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09);
}

const OPENING_BRACE = 0x7b;

function invalid(message: string): TenonError {
  return new TenonError("source-invalid", message);
}
