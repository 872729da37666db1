import { GrowingBuffer } from "../messagepack/growing-buffer.js";
import { Reader, type ReaderOptions } from "../messagepack/reader.js";
import type { Writer } from "../messagepack/writer.js";

/** What a writer wrote. */
export function encoded(write: (writer: Writer) => void, capacity = 64): Uint8Array {
  const buffer = new GrowingBuffer(capacity);
  write(buffer.begin());
  return buffer.finish();
}

/**
 * What a reader read out of these bytes, all of them. They lie between other bytes that would read as more
 * elements and longer text, so that a reader that looks beyond its range gives itself away.
 */
export function decoded<T>(bytes: Uint8Array, read: (reader: Reader) => T, options?: ReaderOptions): T {
  const reader = readerInside(bytes, options);
  const v = read(reader);
  reader.done();
  return v;
}

export function readerInside(bytes: Uint8Array, options?: ReaderOptions): Reader {
  const memory = new Uint8Array(bytes.length + 32).fill(0x61);
  memory.set(bytes, 16);
  const reader = new Reader(options);
  reader.source(memory, new DataView(memory.buffer), 16, 16 + bytes.length);
  return reader;
}

/** Bytes from hexadecimal digits; blanks are for the eye. */
export function hex(digits: string): Uint8Array {
  const pairs = digits.replaceAll(" ", "").match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
