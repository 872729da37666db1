/**
 * What is wrong with a module: `not-wasm` (something else altogether), `truncated` (the file ends too early),
 * `malformed` (against the format), `unsupported` (well-formed as far as can be told, but of a kind that this
 * package doesn't read).
 */
export type WasmErrorCode = "not-wasm" | "truncated" | "malformed" | "unsupported";

/**
 * The bytes are not a module that can be read. `offset` is the position in the bytes where the reader stopped;
 * the message says what it expected there and what it found.
 */
export class WasmFormatError extends Error {
  override readonly name = "WasmFormatError";
  readonly code: WasmErrorCode;
  readonly offset: number;

  constructor(code: WasmErrorCode, offset: number, message: string) {
    super(message);
    this.code = code;
    this.offset = offset;
  }
}
