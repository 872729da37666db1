import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TextDecoder as Ours } from "./decoder.js";

// Node's TextDecoder is the yardstick, but for windows-1252: some versions leave its control characters as they are.
const Theirs = globalThis.TextDecoder;
const utf8 = (...bytes: readonly number[]) => new Uint8Array(bytes);

describe("TextDecoder", () => {
  it.each([
    ["nothing", utf8()],
    ["ASCII", utf8(0x41, 0x00, 0x7f)],
    ["two, three and four bytes", new TextEncoder().encode("ü世😀")],
    ["a byte that begins nothing", utf8(0x41, 0x80, 0xbf, 0xff, 0xfe, 0x42)],
    ["overlong forms", utf8(0xc0, 0x80, 0xc1, 0xbf, 0xe0, 0x80, 0x80, 0xf0, 0x80, 0x80, 0x80)],
    ["surrogates", utf8(0xed, 0xa0, 0x80, 0xed, 0xbf, 0xbf, 0xed, 0x9f, 0xbf)],
    ["what is beyond Unicode", utf8(0xf4, 0x90, 0x80, 0x80, 0xf4, 0x8f, 0xbf, 0xbf, 0xf5, 0x80, 0x80, 0x80)],
    ["cut sequences", utf8(0xe4, 0xb8, 0x41, 0xf0, 0x9f, 0x98, 0xc3)],
    ["a byte order mark, and another one", utf8(0xef, 0xbb, 0xbf, 0x41, 0xef, 0xbb, 0xbf)],
  ])("reads %s as Node does, in all its ways", (_, bytes) => {
    for (const options of [{}, { ignoreBOM: true }, { fatal: true }, { fatal: true, ignoreBOM: true }]) {
      expect(attempt(() => new Ours("utf-8", options).decode(bytes))).toEqual(
        attempt(() => new Theirs("utf-8", options).decode(bytes)),
      );
    }
  });

  it.each(["utf-8", "utf-16le"])("reads any bytes of %s in any chunks as Node does", (label) => {
    const byte = fc.oneof(
      fc.nat(255),
      fc.constantFrom(
        0xef,
        0xbb,
        0xbf,
        0xff,
        0xfe,
        0xd8,
        0xdc,
        0xe4,
        0xb8,
        0x96,
        0xf0,
        0x9f,
        0x98,
        0x80,
        0x41,
      ),
    );
    const chunks = fc.array(fc.array(byte, { maxLength: 6 }), { maxLength: 5 });
    fc.assert(
      fc.property(chunks, fc.boolean(), fc.boolean(), (parts, ignoreBOM, fatal) => {
        const read = (type: typeof Ours | typeof Theirs) =>
          attempt(() => {
            const decoder = new type(label, { ignoreBOM, fatal });
            const texts = parts.map((part) => decoder.decode(new Uint8Array(part), { stream: true }));
            return texts.join("") + decoder.decode();
          });
        expect(read(Ours)).toEqual(read(Theirs));
      }),
      { numRuns: 500 },
    );
  });

  it("reads latin1 as windows-1252, as the standard has it", () => {
    const decoder = new Ours("latin1");
    expect(decoder.encoding).toBe("windows-1252");
    expect(decoder.decode(utf8(0x80, 0x81, 0x9f, 0xa0, 0xff, 0x41))).toBe("€\x81Ÿ\xa0ÿA");
  });

  it("can be used again after a stream, and after a failure", () => {
    const decoder = new Ours("utf-8", { fatal: true });
    expect(decoder.decode(utf8(0xef), { stream: true })).toBe("");
    expect(decoder.decode(utf8(0xbb, 0xbf, 0x41))).toBe("A");
    expect(() => decoder.decode(utf8(0xff))).toThrow(TypeError);
    expect(decoder.decode(utf8(0xef, 0xbb, 0xbf, 0x42))).toBe("B");
  });

  it.each([
    ["an ArrayBuffer", utf8(0x41).buffer],
    ["a DataView of a part", new DataView(utf8(0x40, 0x41, 0x42).buffer, 1, 1)],
  ])("reads %s", (_, input) => {
    expect(new Ours().decode(input)).toBe("A");
  });

  it.each([" UTF8\n", "unicode-1-1-utf-8", "utf-16", "UCS-2", "Latin1", "ascii", "iso-8859-1"])(
    "knows the label %j",
    (label) => {
      expect(new Ours(label).encoding).toBe(new Theirs(label).encoding);
    },
  );

  it("names the encodings that it has, when it is asked for another one", () => {
    expect(() => new Ours("shift_jis")).toThrow(
      new RangeError('a plug-in decodes utf-8, utf-16le, windows-1252, and not "shift_jis"'),
    );
  });

  it("refuses what holds no bytes", () => {
    // A caller in JavaScript.
    expect(() => new Ours().decode("text" as unknown as ArrayBuffer)).toThrow(TypeError);
  });
});

function attempt(read: () => string): unknown {
  try {
    return read();
  } catch (error) {
    return (error as Error).name;
  }
}
