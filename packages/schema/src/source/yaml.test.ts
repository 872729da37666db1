import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { parseYaml } from "./yaml.js";

describe("parseYaml", () => {
  test("reads back what a YAML writer makes of any JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (json) => {
        // -0 and 0 are the same number in JSON.
        const value: unknown = JSON.parse(JSON.stringify(json));
        expect(parseYaml(stringify(value))).toMatchObject({ value, faults: [] });
      }),
    );
  });

  test("keeps where every value and key lies", () => {
    const text = "a:\n  - 10\n  - { b: x }\nempty:\n";
    const at = (part: string) => text.indexOf(part);
    const positions = Object.fromEntries(parseYaml(text).positions);
    expect(positions).toMatchObject({
      "": { value: 0 },
      "/a": { value: at("- 10"), key: at("a:") },
      "/a/0": { value: at("10") },
      "/a/1": { value: at("{ b") },
      "/a/1/b": { value: at("x"), key: at("b:") },
      "/empty": { key: at("empty") },
    });
  });

  test("reads keys as strings and dates as text", () => {
    expect(parseYaml("1: 2024-05-01\ntrue: yes\nnull: ~").value).toEqual({
      1: "2024-05-01",
      true: "yes",
      null: null,
    });
  });

  test.each([
    ["an alias", "a: &x [1]\nb: *x", 13, `the alias "x" isn't supported`],
    ["a number that JSON lacks", "a: .nan", 3, "NaN has no form in JSON"],
    ["a tag", "a: !date x", 3, "not valid YAML: Unresolved tag: !date"],
    ["a key that is a list", "? [a]\n: 1", 2, "not valid YAML: With stringKeys, all keys must be strings"],
    ["a tab as indentation", "a:\n\tb: 1", 3, "not valid YAML: Tabs are not allowed as indentation"],
    ["deep flow collections", "[".repeat(5000), 100, "nested more than 100 deep"],
    [
      "deep block collections",
      Array.from({ length: 2000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
      5350,
      "nested more than 100 deep",
    ],
  ])("refuses %s", (_, text, offset, message) => {
    const { value, faults } = parseYaml(text);
    expect(value).toBeUndefined();
    expect(faults).toMatchObject([{ offset, message }]);
  });

  test("refuses a second document", () => {
    expect(parseYaml("a: 1\n---\nb: 2").faults[0]?.message).toContain("multiple documents");
  });

  test("reports a repeated key at the repetition, and goes on", () => {
    const text = "a: 1\nb: { c: 1, c: 2 }\na: 2";
    const { value, faults } = parseYaml(text);
    expect(value).toEqual({ a: 2, b: { c: 2 } });
    expect(faults.map(({ offset, pointer }) => ({ offset, pointer }))).toEqual([
      { offset: text.indexOf("c: 2"), pointer: "/b" },
      { offset: text.indexOf("a: 2"), pointer: "" },
    ]);
  });
});
