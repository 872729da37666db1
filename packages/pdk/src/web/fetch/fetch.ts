import { request as send } from "../../services/http.js";
import { Request, type RequestInit } from "./request.js";
import { BODILESS, Response } from "./response.js";

/**
 * Sends a request through the host. The whole response is there when the promise is fulfilled: nothing else of the
 * plug-in runs meanwhile. Bad arguments reject with a TypeError; a request that the host refuses, or that can't
 * reach its server, ends the call, and no code of the plug-in sees that error.
 */
export async function fetch(
  input: string | { readonly href: string } | Request,
  init: RequestInit = {},
): Promise<Response> {
  const request = new Request(input, init);
  if (request.signal?.aborted) throw request.signal.reason;
  if (!/^https?:/.test(request.url))
    throw new TypeError(`a plug-in fetches by http and https, not ${request.url.slice(0, 100)}`);
  const { method, headers, url } = request;
  const bytes = await request.bytes();
  const body = bytes.length === 0 ? null : bytes;
  const received = send({ url, method, headers: Object.fromEntries(headers), body });
  return answerOf(received.status, received.headers, received.bytes(), url);
}

function answerOf(
  status: number,
  headers: Readonly<Record<string, string>>,
  bytes: Uint8Array<ArrayBuffer>,
  url: string,
): Response {
  if (status < 200 || status > 599)
    throw new TypeError(`the host answered with no response: its status is ${status}`);
  const response = new Response(BODILESS.has(status) ? null : bytes, { status, headers });
  return Object.assign(response, { url: url.replace(/#.*$/s, "") });
}
