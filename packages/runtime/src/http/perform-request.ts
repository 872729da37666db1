import { TenonError } from "../errors.js";
import { isAddress, isPublicAddress } from "./addresses.js";
import { dropBodyHeaders, dropCredentials } from "./headers.js";
import { readBody } from "./read-body.js";
import type { HttpRequest } from "./request.js";

/** What a plug-in may send, and how. */
export interface HttpPolicy {
  /** Whether it may talk to a host, by `URL.hostname`. */
  readonly allowsHost: (hostname: string) => boolean;
  readonly maxResponseBytes: number;
  /** Whether a host may be at an address that isn't of the public Internet. */
  readonly allowPrivateAddresses: boolean;
  /**
   * Sends one request, and follows no redirect. Where private addresses are not allowed, it connects to no name that
   * leads to one: an address in the URL is refused before it is asked.
   */
  readonly send: typeof fetch;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/**
 * Sends a plug-in's request. Redirects are followed by the rules of `fetch`, and each of their targets has to be
 * allowed as the first one was; credentials don't go along to another origin.
 *
 * @param signal gives the request up, with its reason as the error.
 * @throws TenonError `http-denied`, `http-limit` or `http-failed`.
 */
export async function performRequest(
  policy: HttpPolicy,
  request: HttpRequest,
  signal?: AbortSignal,
): Promise<HttpResponse> {
  const headers = new Headers(request.headers);
  let { url, method, body } = request;
  for (let hops = 0; ; hops++) {
    checkAllowed(policy, url, method);
    try {
      const response = await policy.send(url, {
        method,
        headers,
        redirect: "manual",
        // Nothing of the host's own: no cookies, no address of a page.
        credentials: "omit",
        referrerPolicy: "no-referrer",
        ...(body === undefined ? {} : { body }),
        ...(signal === undefined ? {} : { signal }),
      });
      const target = redirectOf(response, url);
      if (target === undefined) {
        return {
          status: response.status,
          headers: response.headers,
          body: await readBody(response, policy.maxResponseBytes),
        };
      }
      // Its connection is free as soon as nobody waits for its body.
      await response.body?.cancel();
      if (hops === MAX_REDIRECTS) throw failed(url, `it was redirected more than ${MAX_REDIRECTS} times`);
      if (losesBody(response.status, method)) {
        method = "GET";
        body = undefined;
        dropBodyHeaders(headers);
      }
      if (target.origin !== url.origin) dropCredentials(headers);
      url = target;
    } catch (cause) {
      if (signal?.aborted) throw signal.reason;
      if (cause instanceof TenonError) throw cause;
      throw failed(url, reasonOf(cause), cause);
    }
  }
}

/** As many as `fetch` follows. */
const MAX_REDIRECTS = 20;

function checkAllowed(policy: HttpPolicy, url: URL, method: string): void {
  const { protocol, hostname, username, password } = url;
  if (protocol !== "http:" && protocol !== "https:") throw denied(url, "only http and https are allowed");
  if (username !== "" || password !== "")
    throw denied(url, 'a URL must not hold credentials; send an "authorization" header');
  if (FORBIDDEN_METHODS.has(method)) throw denied(url, `the method ${method} is not allowed`);
  if (!policy.allowsHost(hostname)) throw denied(url, `no entry of allowedHosts fits "${hostname}"`);
  if (!policy.allowPrivateAddresses && isAddress(hostname) && !isPublicAddress(hostname)) {
    throw denied(
      url,
      `${hostname} is not an address of the public Internet, and private addresses are not allowed`,
    );
  }
}

/** Those that `fetch` refuses: they make a tunnel of the connection, or show what the client added. */
const FORBIDDEN_METHODS = new Set(["CONNECT", "TRACE", "TRACK"]);

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Where a response sends its reader; `undefined` when it is an answer. */
function redirectOf(response: Response, from: URL): URL | undefined {
  if (response.type === "opaqueredirect") {
    throw denied(from, "it is redirected, and this platform does not say where to");
  }
  // A fetch that does as it likes may have been anywhere.
  if (response.redirected)
    throw denied(from, "the option fetch followed a redirect, though it was told not to");
  const location = REDIRECTS.has(response.status) ? response.headers.get("location") : null;
  if (location === null) return undefined;
  if (!URL.canParse(location, from.href)) throw failed(from, "it was redirected to what is not a URL");
  return new URL(location, from);
}

/** After 303 everything is fetched by GET; after 301 and 302 only what was a POST, as browsers always did. */
function losesBody(status: number, method: string): boolean {
  if (status === 303) return method !== "GET" && method !== "HEAD";
  return (status === 301 || status === 302) && method === "POST";
}

function denied(url: URL, reason: string): TenonError {
  return new TenonError("http-denied", `the HTTP request to ${nameOf(url)} is not allowed: ${reason}`);
}

function failed(url: URL, reason: string, cause?: unknown): TenonError {
  return new TenonError("http-failed", `the HTTP request to ${nameOf(url)} failed: ${reason}`, { cause });
}

/** Without path and query: they may hold secrets, and any amount of text. */
function nameOf(url: URL): string {
  return `${url.protocol}//${url.host}`.slice(0, 300);
}

/** `fetch` says "fetch failed", and what happened as the cause of that. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.cause instanceof Error ? `${thrown.message} (${thrown.cause.message})` : thrown.message;
}
