import { type ByteSink, writeSigned, writeUnsigned } from "./leb128.js";

/**
 * Writes the byte forms that the binary format is made of, into a buffer that grows. Integers take their
 * shortest form. A value that has no form, such as a name with half a surrogate pair, is a `TypeError` or a
 * `RangeError`: that is the caller's mistake, not a module's.
 */
export class Encoder implements ByteSink {
  #buffer = new Uint8Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#buffer[this.#length] = value;
    this.#length += 1;
  }

  bytes(values: Uint8Array): void {
    this.#reserve(values.length);
    this.#buffer.set(values, this.#length);
    this.#length += values.length;
  }

  unsigned(value: number | bigint): void {
    writeUnsigned(this, value);
  }

  signed(value: number | bigint): void {
    writeSigned(this, value);
  }

  /** Bytes behind their length. */
  sized(values: Uint8Array): void {
    this.unsigned(values.length);
    this.bytes(values);
  }

  /** A name: UTF-8 behind its length. */
  name(text: string): void {
    if (/\p{Surrogate}/u.test(text)) {
      throw new TypeError(
        `expected a name of whole characters, got half a surrogate pair in ${JSON.stringify(text)}`,
      );
    }
    this.sized(utf8.encode(text));
  }

  /** A copy of what has been written. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#buffer.slice(0, this.#length);
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#buffer.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#buffer.length * 2));
    grown.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = grown;
  }
}

const utf8 = new TextEncoder();
