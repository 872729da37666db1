import { lookup } from "node:dns";
import { lookup as lookupAsync } from "node:dns/promises";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { type PassThrough, pipeline, Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { TenonError } from "../../errors.js";
import { isAddress, isPublicAddress } from "../addresses.js";

/** How a name becomes addresses. */
export type Lookup = typeof lookup;

/** What a test has in the place of the system's resolver and of the list of private addresses. */
export interface PublicFetchOptions {
  readonly resolve?: Lookup;
  readonly judge?: (address: string) => boolean;
}

/**
 * A `fetch` that connects to the public Internet only. It judges the very addresses that it is about to connect to:
 * a name that is public when asked and private a moment later (DNS rebinding) leads nowhere. That is why it isn't
 * built on the platform's `fetch`, which resolves names by itself. Redirects are not followed.
 */
export function publicFetch({
  resolve = lookup,
  judge = isPublicAddress,
}: PublicFetchOptions = {}): typeof fetch {
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    checkLiteral(url.hostname, judge);
    const headers = new Headers(init.headers);
    // Compressed answers are read, but not asked for.
    if (!headers.has("accept-encoding")) headers.set("accept-encoding", "identity");
    const message = await send(
      url,
      {
        method: init.method ?? "GET",
        headers: Object.fromEntries(headers),
        lookup: publicLookup(resolve, judge),
        // A connection of its own: one that somebody else opened has not been judged.
        agent: false,
        ...(init.signal ? { signal: init.signal } : {}),
      },
      init.body,
    );
    return toResponse(message);
  };
}

/**
 * Whether a name leads to addresses of the public Internet only, for a `fetch` that can't be told where to connect.
 * Between this answer and that connection the name may come to lead elsewhere.
 *
 * @throws TenonError `http-denied`
 */
export async function checkPublicHost(hostname: string): Promise<void> {
  checkLiteral(hostname, isPublicAddress);
  if (isAddress(hostname)) return;
  for (const { address } of await lookupAsync(hostname, { all: true })) {
    if (!isPublicAddress(address)) throw notPublic(hostname);
  }
}

function checkLiteral(hostname: string, judge: (address: string) => boolean): void {
  if (isAddress(hostname) && !judge(hostname)) throw notPublic(hostname);
}

/** Refuses a name if any of its addresses is private: which of them is used is decided later, by who answers first. */
function publicLookup(resolve: Lookup, judge: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null) callback(error, "", 0);
      else if (first === undefined) callback(new Error(`${hostname} has no address`), "", 0);
      else if (addresses.some(({ address }) => !judge(address))) callback(notPublic(hostname), "", 0);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

type RequestOptions = Parameters<typeof requestHttps>[1];

function send(
  url: URL,
  options: RequestOptions,
  body: BodyInit | null | undefined,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const start = url.protocol === "https:" ? requestHttps : requestHttp;
    const request = start(url, options, resolve);
    request.on("error", reject);
    request.setTimeout(IDLE_MS, () =>
      request.destroy(new Error(`nothing was heard for ${IDLE_MS / 1000} s`)),
    );
    if (body instanceof Uint8Array) request.end(body);
    else request.end(typeof body === "string" ? body : undefined);
  });
}

/** How long a connection may be silent: as long as Node's `fetch` waits. */
const IDLE_MS = 300_000;

/** @throws what `Headers` and `Response` make of an answer that is none. */
function toResponse(message: IncomingMessage): Response {
  try {
    return readResponse(message);
  } catch (thrown) {
    message.destroy();
    throw thrown;
  }
}

function readResponse(message: IncomingMessage): Response {
  const headers = new Headers();
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2) {
    headers.append(message.rawHeaders[index] ?? "", message.rawHeaders[index + 1] ?? "");
  }
  const status = message.statusCode ?? 0;
  if (BODILESS.has(status)) {
    message.on("error", () => {}).resume();
    return new Response(null, { status, headers });
  }
  const decoder = decoderOf(headers.get("content-encoding"));
  // What fails on the way fails the reading of the body.
  const content = decoder === undefined ? message : pipeline(message, decoder, () => {});
  // Node's type of the same class: a stream of bytes.
  const body = Readable.toWeb(content) as NodeReadableStream<Uint8Array> as unknown as BodyInit;
  return new Response(body, { status, headers });
}

/** A Response refuses a body with these. */
const BODILESS = new Set([204, 205, 304]);

function decoderOf(encoding: string | null): PassThrough | ReturnType<typeof createGunzip> | undefined {
  switch (encoding?.trim().toLowerCase()) {
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "deflate":
      return createInflate();
    case "br":
      return createBrotliDecompress();
    default:
      return undefined;
  }
}

function notPublic(hostname: string): TenonError {
  return new TenonError(
    "http-denied",
    `"${hostname.slice(0, 255)}" is not, or leads to, an address of the public Internet, and private addresses are not allowed`,
  );
}
