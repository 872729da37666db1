import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assignIdentifiers, pascalCase } from "./names.js";

const reserved = new Set(["class", "function", "fooBar3"]);

describe("assignIdentifiers", () => {
  it.each([
    [
      ["plain", "snake_case", "camelCase"],
      ["plain", "snake_case", "camelCase"],
    ],
    [
      ["foo-bar", "fooBar"],
      ["fooBar2", "fooBar"],
    ],
    [["class"], ["class_"]],
    [
      ["class", "class_"],
      ["class_2", "class_"],
    ],
    [["2d"], ["_2d"]],
    [
      ["", "é", "-"],
      ["_", "_2", "_3"],
    ],
    [
      ["foo bar", "foo.bar", "foo/bar"],
      ["fooBar", "fooBar2", "fooBar4"],
    ],
  ])("maps %j to %j", (names, identifiers) => {
    expect([...assignIdentifiers(names, reserved).values()].sort()).toEqual([...identifiers].sort());
    expect(names.map((name) => assignIdentifiers(names, reserved).get(name))).toEqual(identifiers);
  });

  it("never gives two names one identifier, nor a reserved one", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ maxLength: 4 })), (names) => {
        const identifiers = names.map((name) => assignIdentifiers(names, reserved).get(name));
        expect(new Set(identifiers).size).toBe(names.length);
        for (const identifier of identifiers) {
          expect(identifier).toMatch(/^[A-Za-z_][A-Za-z0-9_]*$/);
          expect(reserved.has(identifier ?? "")).toBe(false);
        }
      }),
    );
  });
});

describe("pascalCase", () => {
  it.each([
    ["text-tools", "TextTools"],
    ["count_vowels", "CountVowels"],
    ["countVowels", "CountVowels"],
    ["2d", "T2d"],
    ["", "T"],
  ])("turns %j into %j", (name, expected) => {
    expect(pascalCase(name)).toBe(expected);
  });
});
