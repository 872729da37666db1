import { readLocalFile } from "#platform";
import { TenonError } from "../errors.js";

/** Bytes that were read from somewhere, with what is known about them. */
export interface Content {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The last part of where they came from. */
  readonly name: string;
  /** Whether its name or its content type says that this is TOML. */
  readonly toml: boolean;
}

/** How to ask for a URL. */
export interface Fetching {
  readonly fetch: typeof fetch;
  /** Ends the request. */
  readonly signal?: AbortSignal | undefined;
  readonly headers?: ReadonlyMap<string, string> | undefined;
  readonly method?: string | undefined;
}

/**
 * Reads a file.
 *
 * @throws TenonError `source-not-found`, or `unsupported` where there are no files.
 */
export async function readFile(path: string | URL): Promise<Content> {
  try {
    return { bytes: await readLocalFile(path), name: nameOf(String(path)), toml: isTomlName(String(path)) };
  } catch (cause) {
    if (cause instanceof TenonError) throw cause;
    throw new TenonError("source-not-found", `"${path}" can't be read: ${messageOf(cause)}`, { cause });
  }
}

/**
 * Reads what a URL leads to: a file, or what is fetched.
 *
 * @throws TenonError `source-not-found` or `source-invalid`.
 */
export async function readUrl(url: URL, { fetch, signal, headers, method }: Fetching): Promise<Content> {
  if (url.protocol === "file:") return readFile(url);
  const init: RequestInit = { redirect: "follow" };
  if (signal !== undefined) init.signal = signal;
  if (headers !== undefined) init.headers = Object.fromEntries(headers);
  if (method !== undefined) init.method = method;
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (cause) {
    throw new TenonError("source-not-found", `"${url}" can't be fetched: ${messageOf(cause)}`, { cause });
  }
  return readResponse(response, url.href);
}

/**
 * Reads a response to its end.
 *
 * @throws TenonError `source-not-found` for an answer that isn't a success, `source-invalid` for a wrong content type.
 */
export async function readResponse(response: Response, location = response.url): Promise<Content> {
  const type = response.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  // No type at all is common for files and for responses made by hand; a wrong one is a wrong address.
  const accepted = type === undefined || BINARY_OR_JSON.has(type) || TOML.has(type);
  if (!response.ok || !accepted) {
    // Nobody will read the body: without this, the connection stays open until it has all arrived.
    response.body?.cancel().catch(() => {});
    if (accepted || !response.ok) {
      const status = `${response.status} ${response.statusText}`.trim();
      throw new TenonError("source-not-found", `"${location}" answered ${status}`);
    }
    throw new TenonError(
      "source-invalid",
      `"${location}" has the content type ${type}; a plug-in is application/wasm, application/json or application/toml`,
    );
  }
  try {
    return {
      bytes: new Uint8Array(await response.arrayBuffer()),
      name: nameOf(location),
      toml: type === undefined || type === "application/octet-stream" ? isTomlName(location) : TOML.has(type),
    };
  } catch (cause) {
    throw new TenonError("source-not-found", `"${location}" broke off: ${messageOf(cause)}`, { cause });
  }
}

const BINARY_OR_JSON = new Set([
  "application/wasm",
  "application/octet-stream",
  "application/json",
  "text/json",
]);

const TOML = new Set(["application/toml", "text/toml", "text/x-toml"]);

/** The last part of a path or URL: short enough for an error, and recognisable. */
export function nameOf(location: string): string {
  return (
    location
      .replace(/[?#].*$/, "")
      .split(/[/\\]/)
      .pop() || "plug-in"
  );
}

function isTomlName(location: string): boolean {
  return nameOf(location).toLowerCase().endsWith(".toml");
}

/** @throws TenonError `source-invalid` when the text is not base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch (cause) {
    throw new TenonError("source-invalid", '"data" of a module is bytes, or their base64 text', { cause });
  }
}

/** The bytes of a view, without a copy where they can't change any more. */
export function toBytes(source: ArrayBuffer | ArrayBufferView): Uint8Array<ArrayBuffer> {
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (source.buffer instanceof ArrayBuffer)
    return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  // Shared memory could change between the check of the hash and the compilation.
  return new Uint8Array(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
}

function messageOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  // Node's fetch says only "fetch failed", and why in the cause.
  return thrown.cause instanceof Error ? `${thrown.message}: ${thrown.cause.message}` : thrown.message;
}
