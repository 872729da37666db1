import { TenonError } from "../errors.js";
import { requestHeaders } from "./headers.js";

/** What a plug-in wants to send. */
export interface HttpRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer> | undefined;
}

/**
 * Reads a request as Extism's plug-ins describe it: JSON with `url`, and perhaps `method` and `headers`.
 *
 * @throws TenonError `http-invalid`
 */
export function readRequest(text: string, body: Uint8Array<ArrayBuffer> | undefined): HttpRequest {
  const { url, method, headers, header } = parse(text);
  if (typeof url !== "string" || !URL.canParse(url)) throw invalid(`its "url" is not a URL: ${shown(url)}`);
  const verb = typeof (method ?? "GET") === "string" ? String(method ?? "GET").toUpperCase() : "";
  if (!METHOD.test(verb)) throw invalid(`its "method" is not one: ${shown(method)}`);
  // fetch has no body for these either, and Extism's SDK sends none.
  const sent = verb === "GET" || verb === "HEAD" ? undefined : body;
  return { url: new URL(url), method: verb, headers: readHeaders(headers ?? header ?? {}), body: sent };
}

/** The characters of a token (RFC 9110, section 5.6.2). */
const METHOD = /^[!#$%&'*+.^_`|~0-9A-Z-]{1,32}$/;

function parse(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid(`it is not JSON: ${String(cause)}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalid("it is not an object");
  // Each property is checked where it is read.
  return value as Record<string, unknown>;
}

function readHeaders(value: unknown): Headers {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid('its "headers" are not an object');
  }
  const texts = Object.entries(value).map(([name, item]: [string, unknown]): [string, string] => {
    if (typeof item !== "string") throw invalid(`its header "${shorten(name)}" is not text`);
    return [name, item];
  });
  try {
    return requestHeaders(Object.fromEntries(texts));
  } catch (cause) {
    throw invalid(`it has a header that can't be sent: ${shorten(String(cause))}`);
  }
}

function shown(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(shorten(value)) : typeof value;
}

/** A plug-in's text in an error stays short. */
function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function invalid(what: string): TenonError {
  return new TenonError("http-invalid", `the plug-in's HTTP request can't be sent: ${what}`);
}
