import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearest } from "./nearest.js";

const KEYS = ["config", "allowedHosts", "allowedPaths", "memory", "timeoutMs", "name", "wasm"];

describe("the nearest word", () => {
  it.each([
    ["confg", "config"],
    ["cofnig", "config"],
    ["allowed_hosts", "allowedHosts"],
    ["allowedpath", "allowedPaths"],
    ["Wasm", "wasm"],
    ["nmae", "name"],
  ])("to %s is %s", (word, expected) => {
    expect(nearest(word, KEYS)).toBe(expected);
  });

  it.each(["", "banana", "x", "constructor"])("to %s is none of them", (word) => {
    expect(nearest(word, KEYS)).toBeUndefined();
  });

  it("is a candidate itself wherever it is one", () => {
    fc.assert(
      fc.property(fc.constantFrom(...KEYS), (key) => {
        expect(nearest(key, KEYS)).toBe(key);
      }),
    );
  });

  it("is found quickly for a giant word", () => {
    expect(nearest("config".repeat(100_000), KEYS)).toBeUndefined();
  });
});
