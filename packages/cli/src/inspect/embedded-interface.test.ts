import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEmbeddedInterface } from "./embedded-interface.js";

describe("readEmbeddedInterface", () => {
  it("is null where there is no section", () => {
    expect(readEmbeddedInterface([], [])).toBeNull();
  });

  it("gives each payload the nearest encoding, and json where none is named", () => {
    const embedded = read({
      name: "a",
      version: "1.0.0",
      exports: {
        plain: { input: {}, output: {} },
        own: { encoding: "text", input: {}, output: { encoding: "binary" } },
        any: { input: true },
      },
    });
    expect(embedded).toMatchObject({
      exports: [
        { name: "plain", input: "json", output: "json" },
        { name: "own", input: "text", output: "binary" },
        { name: "any", input: "json", output: null },
      ],
    });
  });

  it("tells which exports the module has as functions", () => {
    const document = { name: "a", version: "1", exports: { f: {}, memory: {}, g: {} } };
    const exports = [
      { name: "f", kind: "function", type: "() -> i32" },
      { name: "memory", kind: "memory", type: "1.. pages" },
    ] as const;
    expect(readEmbeddedInterface([bytesOf(JSON.stringify(document))], exports)).toMatchObject({
      exports: [{ offered: true }, { offered: false }, { offered: false }],
    });
  });

  it.each([
    [[], "expected the document to be an object, got an array"],
    [null, "expected the document to be an object, got null"],
    [{ version: "1" }, "expected /name to be a string, got nothing"],
    [{ name: "a", version: 1 }, "expected /version to be a string, got 1"],
    [{ name: "a", version: "1", exports: "f" }, 'expected /exports to be an object, got "f"'],
    [{ name: "a", version: "1", exports: { f: 1 } }, "expected /exports/f to be an object, got 1"],
    [
      { name: "a", version: "1", exports: { f: { input: { encoding: "xml" } } } },
      'expected /exports/f/input/encoding to be one of json, messagepack, text, binary, got "xml"',
    ],
    [{ name: "a", version: "x", encoding: ["x".repeat(99)] }, expect.stringMatching(/got an array$/)],
    [{ name: "a", version: "x", encoding: "x".repeat(99) }, expect.stringMatching(/got "x{39}…$/)],
  ])("reports what is malformed about %j", (document, problem) => {
    expect(read(document)).toEqual({ problem });
  });

  it.each([
    ["bytes that are not UTF-8", [Uint8Array.of(0xff)], "not UTF-8"],
    ["text that is not JSON", [bytesOf("{]")], expect.stringContaining("not JSON: ")],
    ["two sections", [bytesOf("{}"), bytesOf("{}")], "2 sections, where one is allowed"],
    ["nesting without end", [bytesOf("[".repeat(200_000))], expect.stringContaining("not JSON: ")],
  ])("reports %s", (_, sections, problem) => {
    expect(readEmbeddedInterface(sections, [])).toEqual({ problem });
  });

  it("never throws, whatever the document", () => {
    const part = fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue()));
    const document = fc.record(
      { name: part, version: fc.string(), encoding: part, exports: part },
      { requiredKeys: [] },
    );
    fc.assert(fc.property(fc.oneof(document, fc.jsonValue()), (value) => void read(value)));
  });
});

function read(document: unknown) {
  return readEmbeddedInterface([bytesOf(JSON.stringify(document))], []);
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
