import { headers as readHeaders, status as readStatus, request as send } from "tenon:http";
import { decodeText } from "../text/decode-text.js";
import { checkData, checkString, nameOf } from "./check.js";

/** A request that {@link request} sends. */
export interface HttpRequest {
  /** The whole URL. The host decides which hosts a plug-in may reach. */
  readonly url: string | { readonly href: string };
  /** @default "GET" */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent in UTF-8. A request by GET or HEAD has none. */
  readonly body?: string | Uint8Array | null;
}

/** What came back. */
export interface HttpResponse {
  readonly status: number;
  /** By name in lower case; empty where the host doesn't show them to the plug-in. */
  readonly headers: Readonly<Record<string, string>>;
  bytes(): Uint8Array<ArrayBuffer>;
  /** Bytes that are not UTF-8 become U+FFFD. */
  text(): string;
  /** Nothing checks that it is a `T`. Throws a SyntaxError for a body that is not JSON. */
  json<T = unknown>(): T;
}

/**
 * Sends a request through the host, and waits for the whole response. A status such as 404 is a response as any
 * other. A request that the host refuses, or that can't reach its server, ends the call: no code of the plug-in
 * sees that error.
 *
 * @example
 * ```ts
 * const response = http.request({ url: "https://api.example.com/users/7" });
 * if (response.status === 200) output.json(response.json<User>().name);
 * ```
 */
export function request({ url, method = "GET", headers = {}, body }: HttpRequest): HttpResponse {
  const href = typeof url === "object" && url !== null ? url.href : url;
  checkString(href, "the url");
  checkString(method, "the method");
  checkHeaders(headers);
  if (body !== undefined && body !== null) checkBody(body, method);
  const received = send(JSON.stringify({ url: href, method, headers }), body);
  return new Response(readStatus(), parseHeaders(readHeaders()), received ?? new Uint8Array(0));
}

function checkHeaders(headers: unknown): void {
  if (typeof headers !== "object" || headers === null || Array.isArray(headers)) {
    throw new TypeError(`expected the headers to be an object, got ${nameOf(headers)}`);
  }
  for (const [name, value] of Object.entries(headers))
    checkString(value, `the header ${JSON.stringify(name)}`);
}

function checkBody(body: unknown, method: string): void {
  checkData(body, "the body");
  if (/^(GET|HEAD)$/i.test(method))
    throw new TypeError(`a request by ${method.toUpperCase()} can't have a body`);
}

/** Hosts differ: some write the values of a repeated header as a list. */
function parseHeaders(json: string | undefined): Record<string, string> {
  const parsed: unknown = json === undefined || json === "" ? {} : JSON.parse(json);
  const entries = Object.entries(parsed ?? {}).map(([name, value]: [string, unknown]): [string, string] => [
    name.toLowerCase(),
    Array.isArray(value) ? value.join(", ") : String(value),
  ]);
  return Object.fromEntries(entries);
}

class Response implements HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly #body: Uint8Array<ArrayBuffer>;

  constructor(status: number, headers: Readonly<Record<string, string>>, body: Uint8Array<ArrayBuffer>) {
    this.status = status;
    this.headers = headers;
    this.#body = body;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.#body;
  }

  text(): string {
    return decodeText(this.#body);
  }

  json<T = unknown>(): T {
    // The caller's word for it, as the interface says.
    return JSON.parse(this.text()) as T;
  }
}
