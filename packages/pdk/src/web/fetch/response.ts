import { wellFormed } from "../../text/utf8.js";
import { parseUrl } from "../url/parse.js";
import { serialize } from "../url/record.js";
import { Body, type BodyInit, extractBody } from "./body.js";
import { Headers, type HeadersInit } from "./headers.js";

/** What a {@link Response} is made with. */
export interface ResponseInit {
  /** From 200 to 599. @default 200 */
  readonly status?: number;
  readonly statusText?: string;
  readonly headers?: HeadersInit;
}

/** What came back, or what is made to look as if it had. */
export class Response extends Body {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  /** Empty but for what `fetch` answered. */
  readonly url: string = "";
  readonly redirected: boolean = false;
  readonly type: "default" | "error" = "default";

  /** A response that has the JSON of a value. */
  static json(value: unknown, init: ResponseInit = {}): Response {
    const text = JSON.stringify(value);
    if (text === undefined) throw new TypeError("the value has no form in JSON");
    const headers = new Headers(init.headers);
    if (!headers.has("content-type")) headers.set("content-type", "application/json");
    return new Response(text, { ...init, headers });
  }

  /** A response that sends its reader on. */
  static redirect(url: string | { readonly href: string }, status = 302): Response {
    const target = parseUrl(wellFormed(String(url)));
    if (target === undefined)
      throw new TypeError(`not a URL, or not a whole one: ${JSON.stringify(String(url))}`);
    if (![301, 302, 303, 307, 308].includes(status))
      throw new RangeError(`${status} is no status of a redirection`);
    return new Response(null, { status, headers: { location: serialize(target) } });
  }

  /** A response that is an error: its status is 0. */
  static error(): Response {
    const response = new Response(null);
    return Object.assign(response, { status: 0, type: "error" });
  }

  constructor(body?: BodyInit | null, init: ResponseInit = {}) {
    const { status = 200, statusText = "" } = init;
    if (!Number.isInteger(status) || status < 200 || status > 599) {
      throw new RangeError(`expected a status from 200 to 599, got ${String(status)}`);
    }
    const extracted = body === undefined || body === null ? undefined : extractBody(body);
    if (extracted !== undefined && BODILESS.has(status)) {
      throw new TypeError(`a response with the status ${status} has no body`);
    }
    super(extracted?.bytes ?? null);
    this.status = status;
    this.statusText = String(statusText);
    this.headers = new Headers(init.headers);
    if (extracted?.type !== undefined && !this.headers.has("content-type")) {
      this.headers.set("content-type", extracted.type);
    }
  }

  get ok(): boolean {
    return this.status >= 200 && this.status <= 299;
  }

  clone(): Response {
    const { status, statusText, headers, url, type } = this;
    const copy = new Response(this.copy(), type === "error" ? {} : { status, statusText, headers });
    return Object.assign(copy, { status, url, type });
  }

  get [Symbol.toStringTag](): "Response" {
    return "Response";
  }
}

/** Statuses that never have a body. */
export const BODILESS: ReadonlySet<number> = new Set([101, 103, 204, 205, 304]);
