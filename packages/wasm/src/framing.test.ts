import { describe, expect, it } from "vitest";
import { WasmFormatError } from "./errors.js";
import { PREAMBLE_LENGTH, readSections } from "./framing.js";
import { ENGINE_SAMPLES, moduleOf, NEWER_SAMPLES, sectionOf } from "./testing/modules.js";

describe("readSections", () => {
  it.each([...ENGINE_SAMPLES, ...NEWER_SAMPLES])("leaves no byte of $name out", ({ bytes }) => {
    let end = PREAMBLE_LENGTH;
    for (const { range, payload } of readSections(bytes)) {
      expect(range.start).toBe(end);
      expect(payload.start).toBeGreaterThan(range.start);
      expect(payload.end).toBe(range.end);
      end = range.end;
    }
    expect(end).toBe(bytes.length);
  });

  it("takes a section length that a linker padded", () => {
    const [section] = readSections(moduleOf([5, 0x83, 0x80, 0x80, 0x80, 0x00, 1, 0, 1]));
    expect(section).toEqual({
      kind: "memory",
      range: { start: 8, end: 17 },
      payload: { start: 14, end: 17 },
    });
  });

  it("refuses more sections than could be meant", () => {
    const count = 1_000_001;
    const bytes = new Uint8Array(8 + 3 * count);
    bytes.set(moduleOf());
    // Custom sections without a name: an id of 0, a length of 1, a name of length 0.
    for (let index = 0; index < count; index += 1) bytes[8 + 3 * index + 1] = 1;
    expect(() => readSections(bytes)).toThrow("more than 1000000 sections, the last at offset 3000008");
  });

  const text = (value: string) => new TextEncoder().encode(value);

  it.each([
    ["nothing", Uint8Array.of(), "truncated", 0, "there are no bytes at all"],
    ["half a magic number", Uint8Array.of(0, 0x61), "truncated", 2, "the file ends after 2 bytes"],
    [
      "half a version",
      Uint8Array.of(0, 0x61, 0x73, 0x6d, 1),
      "truncated",
      5,
      "expected the version at offset 4",
    ],
    [
      "something else",
      text("hello, world"),
      "not-wasm",
      0,
      "expected the magic number \\0asm at offset 0, got 68 65 6c 6c",
    ],
    ["WebAssembly text", text(" (module (func))"), "not-wasm", 0, "looks like WebAssembly text"],
    ["gzip", Uint8Array.of(0x1f, 0x8b, 8, 0), "not-wasm", 0, "looks like gzip"],
    [
      "a component",
      Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0),
      "unsupported",
      4,
      "got 0d 00 01 00; this is a component, not a core module",
    ],
    ["another version", Uint8Array.of(0, 0x61, 0x73, 0x6d, 2, 0, 0, 0), "unsupported", 4, "got 02 00 00 00"],
    ["an unknown section", moduleOf([14, 0]), "unsupported", 8, "got 14"],
    [
      "a section id alone",
      moduleOf([1]),
      "truncated",
      9,
      "expected the length of the type section at offset 9",
    ],
    [
      "a cut section",
      moduleOf([1, 5, 0]),
      "truncated",
      10,
      "the type section, 5 bytes from offset 10, but only 1",
    ],
    ["sections out of order", moduleOf([5, 1, 0], [1, 1, 0]), "malformed", 11, "behind the memory section"],
    ["two type sections", moduleOf([1, 1, 0], [1, 1, 0]), "malformed", 11, "a second type section"],
    ["a custom section without a name", moduleOf([0, 0]), "malformed", 10, "the custom section ends there"],
    ["a name past its section", moduleOf(sectionOf(0, 9, 0x61)), "malformed", 11, "9 bytes from offset 11"],
    ["a name that is not UTF-8", moduleOf(sectionOf(0, 1, 0xff)), "malformed", 11, "to be UTF-8"],
  ] as const)("refuses %s", (_, bytes, code, offset, message) => {
    const error = thrownBy(() => readSections(bytes));
    expect(error).toBeInstanceOf(WasmFormatError);
    expect(error).toMatchObject({ code, offset, message: expect.stringContaining(message) });
  });
});

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
