import type { CallContext } from "../call-context.js";
import { TenonError } from "../errors.js";
import { responseHeaders } from "./headers.js";
import { type HttpPolicy, performRequest } from "./perform-request.js";
import { readRequest } from "./request.js";

/** The functions of `extism:host/env` for HTTP. The first one is asynchronous: the plug-in has to wait for it. */
export interface HttpImports {
  http_request(request: bigint, body: bigint): Promise<bigint>;
  http_status_code(): number;
  http_headers(): bigint;
}

/** What the functions need of the plug-in that they belong to. */
export interface HttpSurroundings {
  readonly context: CallContext;
  readonly policy: HttpPolicy;
  /** Whether the plug-in sees response headers. */
  readonly showHeaders: boolean;
  /** Gives up the requests of the call that is under way. */
  readonly signal: () => AbortSignal | undefined;
}

/** Makes the functions for one plug-in: status and headers are those of its last request, until the next one. */
export function httpImports({ context, policy, showHeaders, signal }: HttpSurroundings): HttpImports {
  let status = 0;
  let headers: Record<string, string> = {};
  return {
    async http_request(request, body) {
      status = 0;
      headers = {};
      const text = context.read(request)?.text();
      if (text === undefined) {
        throw new TenonError(
          "http-invalid",
          "http_request was called without a block that holds the request",
        );
      }
      const content = body === 0n ? undefined : context.read(body)?.bytes();
      const response = await performRequest(policy, readRequest(text, content), signal());
      status = response.status;
      headers = responseHeaders(response.headers);
      return context.store(response.body);
    },
    http_status_code: () => status,
    http_headers: () => (showHeaders ? context.store(JSON.stringify(headers)) : 0n),
  };
}
