import { encodeUtf8 } from "../../text/utf8.js";

/** Makes UTF-8 of text. */
export class TextEncoder {
  get encoding(): "utf-8" {
    return "utf-8";
  }

  /** Half a surrogate pair becomes U+FFFD. */
  encode(text = ""): Uint8Array<ArrayBuffer> {
    return encodeUtf8(String(text));
  }

  /** Writes as many whole characters as there is room for: `read` counts UTF-16 units, and `written` bytes. */
  encodeInto(text: string, target: Uint8Array): { read: number; written: number } {
    if (!(target instanceof Uint8Array)) throw new TypeError("expected a Uint8Array to write to");
    const source = String(text);
    // A unit of UTF-16 is at least one byte: what is behind that can't fit.
    const bytes = encodeUtf8(source.slice(0, target.length + 1));
    let written = Math.min(bytes.length, target.length);
    while (written < bytes.length && ((bytes[written] ?? 0) & 0xc0) === 0x80) written--;
    target.set(bytes.subarray(0, written));
    return { read: unitsOf(bytes.subarray(0, written)), written };
  }

  get [Symbol.toStringTag](): "TextEncoder" {
    return "TextEncoder";
  }
}

/** UTF-16 units of the characters: one for each first byte, and two where four bytes make one. */
function unitsOf(bytes: Uint8Array): number {
  let units = 0;
  for (const byte of bytes) if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
  return units;
}
