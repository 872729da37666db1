import { describe, expect, it } from "vitest";
import { CodecError, describeValue, quoteForMessage } from "./errors.js";

describe("CodecError", () => {
  it("says the offset until its path is known, and then the path", () => {
    const error = new CodecError("type", "expected string, got nil", { offset: 7 });
    expect(error.message).toBe("expected string, got nil at offset 7");
    error.path = "$.items[3].name";
    expect(error.message).toBe("$.items[3].name: expected string, got nil");
    expect(error.detail).toBe("expected string, got nil");
    expect(String(error)).toBe("CodecError: $.items[3].name: expected string, got nil");
    expect(error.stack).toContain("$.items[3].name: expected string, got nil");
    expect(error.stack).not.toContain("at offset");
  });

  it("says no offset where there is none", () => {
    const error = new CodecError("syntax", "invalid base64");
    expect([error.message, error.offset, error.path]).toEqual(["invalid base64", -1, undefined]);
  });

  it("takes a path with signs that String.replace has a meaning for as it is", () => {
    const error = new CodecError("type", "expected string, got nil", { offset: 0 });
    error.path = `$["$&$1"]`;
    expect(error.stack).toContain(`$["$&$1"]: expected`);
  });
});

describe("describeValue", () => {
  it.each([
    [undefined, "undefined"],
    [null, "null"],
    [7, "integer 7"],
    [-0, "integer -0"],
    [1.5, "number 1.5"],
    [Number.NaN, "number NaN"],
    [7n, "bigint 7"],
    [10n ** 100n, "a huge bigint"],
    [true, "boolean true"],
    ["secret", "string"],
    [[], "array"],
    [{}, "object"],
    [new Date(0), "Date"],
    [new Uint8Array(1), "Uint8Array"],
    [new Map(), "Map"],
    [() => 0, "function"],
    [Symbol("s"), "symbol"],
  ])("names %s", (v, name) => {
    expect(describeValue(v)).toBe(name);
  });
});

describe("quoteForMessage", () => {
  it.each([
    ["plain", '"plain"'],
    ['a"b', '"a\\"b"'],
    ["a\nb\u0085\u2028", '"a\\nb\\u{85}\\u{2028}"'],
    ["\u202eabc\u0000", '"\\u{202e}abc\\u0000"'],
    ["x".repeat(100), `"${"x".repeat(64)}…"`],
  ])("quotes %j", (text, quoted) => {
    expect(quoteForMessage(text)).toBe(quoted);
  });
});
