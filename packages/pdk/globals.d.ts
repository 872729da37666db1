// The globals that a plug-in has, for projects of plug-ins, which have no use for the library "DOM" of TypeScript:
// { "compilerOptions": { "lib": ["ES2023"], "types": ["@tenon/pdk/globals"] } }

import type { console as Console } from "./dist/globals/console.js";
import type { crypto as Crypto } from "./dist/globals/crypto.js";
import type { fetch as Fetch } from "./dist/globals/fetch.js";
import type { Headers as HeadersClass } from "./dist/globals/headers.js";
import type { Request as RequestClass } from "./dist/globals/request.js";
import type { Response as ResponseClass } from "./dist/globals/response.js";
import type { structuredClone as StructuredClone } from "./dist/globals/structured-clone.js";
import type { TextDecoder as TextDecoderClass } from "./dist/globals/text-decoder.js";
import type { TextEncoder as TextEncoderClass } from "./dist/globals/text-encoder.js";
import type { URL as URLClass } from "./dist/globals/url.js";
import type { URLSearchParams as URLSearchParamsClass } from "./dist/globals/url-search-params.js";

export { type GlobalName, globals } from "./dist/globals/table.js";

// Where a project has the types of Node or of browsers besides, for its tests perhaps, those hold.
type Theirs = typeof globalThis extends { process: unknown } | { document: unknown }
  ? typeof globalThis
  : unknown;
type Unless<Ours> = unknown extends Theirs ? Ours : object;

interface Clock {
  /** Milliseconds since some moment, never going back. */
  now(): number;
}

interface DOMExceptionInstance extends Error {
  readonly code: number;
}

declare global {
  // Polyfills of this package, which the compiler puts in where they are used.
  var console: Theirs extends { console: infer T } ? T : typeof Console;
  var crypto: Theirs extends { crypto: infer T } ? T : typeof Crypto;
  var fetch: Theirs extends { fetch: infer T } ? T : typeof Fetch;
  var structuredClone: Theirs extends { structuredClone: infer T } ? T : typeof StructuredClone;
  interface Headers extends Unless<HeadersClass> {}
  var Headers: Theirs extends { Headers: infer T } ? T : typeof HeadersClass;
  interface Request extends Unless<RequestClass> {}
  var Request: Theirs extends { Request: infer T } ? T : typeof RequestClass;
  interface Response extends Unless<ResponseClass> {}
  var Response: Theirs extends { Response: infer T } ? T : typeof ResponseClass;
  interface TextDecoder extends Unless<TextDecoderClass> {}
  var TextDecoder: Theirs extends { TextDecoder: infer T } ? T : typeof TextDecoderClass;
  interface TextEncoder extends Unless<TextEncoderClass> {}
  var TextEncoder: Theirs extends { TextEncoder: infer T } ? T : typeof TextEncoderClass;
  interface URL extends Unless<URLClass> {}
  var URL: Theirs extends { URL: infer T } ? T : typeof URLClass;
  interface URLSearchParams extends Unless<URLSearchParamsClass> {}
  var URLSearchParams: Theirs extends { URLSearchParams: infer T } ? T : typeof URLSearchParamsClass;

  // The engine's own.
  function atob(base64: string): string;
  function btoa(binary: string): string;
  function queueMicrotask(callback: () => void): void;
  var performance: Theirs extends { performance: infer T } ? T : Clock;
  interface DOMException extends Unless<DOMExceptionInstance> {}
  var DOMException: Theirs extends { DOMException: infer T }
    ? T
    : new (
        message?: string,
        name?: string,
      ) => DOMExceptionInstance;
}
