import { wellFormed } from "../../text/utf8.js";
import { parseUrl } from "../url/parse.js";
import { serialize } from "../url/record.js";
import { Body, type BodyInit, extractBody } from "./body.js";
import { Headers, type HeadersInit } from "./headers.js";

/** What a {@link Request} is made with. Of other options, such as `cache`, a plug-in has no use. */
export interface RequestInit {
  readonly method?: string;
  readonly headers?: HeadersInit;
  readonly body?: BodyInit | null;
  /** Only one that is aborted before it begins makes a difference: the plug-in waits for the response. */
  readonly signal?: { readonly aborted: boolean; readonly reason?: unknown } | null;
  readonly [other: string]: unknown;
}

/** A request by HTTP, before it is sent. */
export class Request extends Body {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly signal: RequestInit["signal"];

  constructor(input: string | { readonly href: string } | Request, init: RequestInit = {}) {
    const from = input instanceof Request ? input : undefined;
    const method = methodOf(init.method ?? from?.method ?? "GET");
    const body = init.body === undefined || init.body === null ? undefined : extractBody(init.body);
    const bytes = body?.bytes ?? from?.copy() ?? null;
    if (bytes !== null && (method === "GET" || method === "HEAD")) {
      throw new TypeError(`a request by ${method} can't have a body`);
    }
    super(bytes);
    this.url = from?.url ?? urlOf(input);
    this.method = method;
    this.headers = new Headers(init.headers ?? from?.headers);
    if (body?.type !== undefined && !this.headers.has("content-type"))
      this.headers.set("content-type", body.type);
    this.signal = init.signal ?? from?.signal ?? null;
  }

  clone(): Request {
    return new Request(this);
  }

  get [Symbol.toStringTag](): "Request" {
    return "Request";
  }
}

/** Methods that are meant in any case of letters. */
const KNOWN = /^(DELETE|GET|HEAD|OPTIONS|POST|PUT)$/i;
const FORBIDDEN = /^(CONNECT|TRACE|TRACK)$/i;

function methodOf(method: unknown): string {
  const text = String(method);
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text))
    throw new TypeError(`not a method: ${JSON.stringify(text)}`);
  if (FORBIDDEN.test(text)) throw new TypeError(`the method ${text} is not allowed`);
  return KNOWN.test(text) ? text.toUpperCase() : text;
}

function urlOf(input: unknown): string {
  const text = wellFormed(String(input));
  const url = parseUrl(text);
  if (url === undefined) throw new TypeError(`not a URL, or not a whole one: ${JSON.stringify(text)}`);
  if (url.username !== "" || url.password !== "")
    throw new TypeError(`a URL must not hold credentials: ${url.scheme}://${url.host}`);
  return serialize(url);
}
