/**
 * Globals of the engine that TypeScript's own library doesn't declare. A plug-in is compiled without the types of
 * Node and of browsers, and so are these files.
 */
export const engine =
  // The engine has them all, as do the tests: QuickJS-ng, with its DOMException and its base64.
  globalThis as unknown as EngineGlobals;

/** See {@link engine}. */
export interface EngineGlobals {
  atob(base64: string): string;
  btoa(binary: string): string;
  /** Annex B of ECMAScript: bytes become `%XX`. */
  escape(text: string): string;
  unescape(text: string): string;
  readonly DOMException: new (message?: string, name?: string) => Error & { readonly code: number };
  readonly Uint8Array: { fromBase64(base64: string): Uint8Array<ArrayBuffer> };
}

/** A Uint8Array as the engine has it, with the base64 of ECMAScript 2026. */
export interface EngineBytes {
  toBase64(): string;
}
