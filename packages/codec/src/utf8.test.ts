import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyText } from "./testing/arbitraries.js";
import { hex } from "./testing/messagepack.js";
import { decodeUtf8, encodeInto, utf8Fault, writeUtf8 } from "./utf8.js";

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function platformDecode(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Mostly well-formed text, with a few bytes changed. */
const nearlyUtf8 = fc
  .tuple(anyText, fc.array(fc.tuple(fc.nat(200), fc.integer({ min: 0, max: 255 })), { maxLength: 2 }))
  .map(([text, changes]) => {
    const bytes = new TextEncoder().encode(text);
    for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
    return bytes;
  });

describe("writing UTF-8", () => {
  it("agrees with TextEncoder on any text, lone surrogates included", () => {
    fc.assert(
      fc.property(anyText, fc.nat(9), (text, at) => {
        const bytes = new Uint8Array(text.length * 3 + 20);
        const end = writeUtf8(text, bytes, at);
        expect(bytes.slice(at, end)).toEqual(new TextEncoder().encode(text));
        expect(bytes.subarray(0, at).every((byte) => byte === 0)).toBe(true);
        expect(bytes.subarray(end).every((byte) => byte === 0)).toBe(true);
      }),
    );
  });

  it("writes whole characters only when room runs out", () => {
    const bytes = new Uint8Array(8);
    expect(encodeInto("aé🍺", bytes, 1, 6)).toEqual({ read: 2, written: 3 });
    expect(bytes).toEqual(hex("00 61 c3 a9 00 00 00 00"));
  });
});

describe("reading UTF-8", () => {
  it("agrees with TextDecoder on any bytes", () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 40 }), nearlyUtf8), (bytes) => {
        expect(decodeUtf8(bytes, viewOf(bytes), 0, bytes.length)).toBe(platformDecode(bytes));
      }),
      { numRuns: 500 },
    );
  });

  it.each(Array.from({ length: 41 }, (_, length) => length))("reads %i bytes of ASCII", (length) => {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37) % 128);
    expect(decodeUtf8(bytes, viewOf(bytes), 0, length)).toBe(platformDecode(bytes));
  });

  it("notices a byte outside ASCII at every place of every short length", () => {
    for (let length = 1; length <= 26; length++) {
      for (let at = 0; at < length; at++) {
        const bytes = new Uint8Array(length).fill(0x61);
        bytes[at] = 0x80;
        expect(decodeUtf8(bytes, viewOf(bytes), 0, length)).toBeUndefined();
      }
    }
  });

  it("keeps a byte order mark", () => {
    const bytes = hex("ef bb bf 61");
    expect(decodeUtf8(bytes, viewOf(bytes), 0, 4)).toBe("\ufeffa");
  });
});

describe("utf8Fault", () => {
  it.each([
    ["an overlong form of two bytes", "61 c0 80", 1],
    ["an overlong form of three bytes", "e0 9f bf", 0],
    ["an overlong form of four bytes", "f0 8f bf bf", 0],
    ["a surrogate", "61 62 ed a0 80", 2],
    ["a character past U+10FFFF", "f4 90 80 80", 0],
    ["a continuation byte on its own", "c3 a9 80", 2],
    ["a character that is cut off", "61 e2 82", 1],
    ["a character that another interrupts", "e2 82 61", 0],
    ["a byte that UTF-8 never has", "61 ff", 1],
  ])("finds %s", (_, digits, fault) => {
    const bytes = hex(digits);
    expect(utf8Fault(viewOf(bytes), 0, bytes.length)).toBe(fault);
  });

  it("finds a fault exactly where the longest readable part ends", () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 20 }), nearlyUtf8), (bytes) => {
        const fault = utf8Fault(viewOf(bytes), 0, bytes.length);
        expect(fault < 0).toBe(platformDecode(bytes) !== undefined);
        if (fault >= 0) {
          expect(platformDecode(bytes.subarray(0, fault))).toBeDefined();
          const next = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(fault));
          expect(next.startsWith("\ufffd")).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
