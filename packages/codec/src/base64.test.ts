import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase64, encodeBase64 } from "./base64.js";
import { failure } from "./testing/failure.js";

describe("base64", () => {
  it("is what Node's Buffer writes, and comes back as it was", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        const text = encodeBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64"));
        expect(decodeBase64(text)).toEqual(bytes);
      }),
    );
  });

  it.each([
    ["no padding", "YQ"],
    ["too little padding", "YQ="],
    ["padding only", "===="],
    ["padding inside", "YQ==YQ=="],
    ["three signs of padding", "Y==="],
    ["white space", "YWJj\nYWJj"],
    ["the URL alphabet", "-_-_"],
    ["a character outside ASCII", "YWJé"],
    ["bits that no byte uses, after one byte", "YR=="],
    ["bits that no byte uses, after two bytes", "YWJ="],
  ])("is refused with %s", (_, text) => {
    expect(failure(() => decodeBase64(text)).code).toBe("syntax");
  });

  it("is accepted only in the one form that it would be written in", () => {
    const digits = fc.string({ unit: fc.constantFrom(..."AQgw9+/=BZ"), minLength: 4, maxLength: 8 });
    fc.assert(
      fc.property(digits, (text) => {
        let bytes: Uint8Array | undefined;
        try {
          bytes = decodeBase64(text);
        } catch {
          // Refused: nothing to compare.
        }
        const canonical = Buffer.from(text, "base64").toString("base64") === text;
        expect(bytes !== undefined).toBe(canonical);
      }),
      { numRuns: 500 },
    );
  });
});
