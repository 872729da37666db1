import { fill } from "tenon:random";
import { engine } from "../engine/globals.js";

/** Random numbers from the host, fit for keys. There is no `subtle`: take a package such as `@noble/hashes`. */
export const crypto = {
  /** Fills an array of integers with random bytes, and answers it. */
  getRandomValues<T extends ArrayBufferView>(array: T): T {
    if (!INTEGERS.has(Object.prototype.toString.call(array))) {
      throw new engine.DOMException(
        "expected an array of integers, such as a Uint8Array",
        "TypeMismatchError",
      );
    }
    if (array.byteLength > MOST_BYTES) {
      throw new engine.DOMException(
        `${array.byteLength} bytes are more than the ${MOST_BYTES} of one call`,
        "QuotaExceededError",
      );
    }
    fill(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    return array;
  },

  /** A random UUID (RFC 9562, version 4). */
  randomUUID(): `${string}-${string}-${string}-${string}-${string}` {
    const bytes = new Uint8Array(16);
    fill(bytes);
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  },
};

/** As the standard has it. */
const MOST_BYTES = 65536;

const INTEGERS = new Set(
  ["Int8", "Uint8", "Uint8Clamped", "Int16", "Uint16", "Int32", "Uint32", "BigInt64", "BigUint64"].map(
    (name) => `[object ${name}Array]`,
  ),
);
