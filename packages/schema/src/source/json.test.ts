import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { child } from "../pointer.js";
import { parseJson } from "./json.js";

describe("parseJson", () => {
  test("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 2, "\t"), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parseJson(text)).toMatchObject({ value: JSON.parse(text), faults: [] });
      }),
    );
  });

  test("accepts a text when JSON.parse does, and only then", () => {
    const piece = fc.constantFrom(
      ...'{}[],:"\\ \n',
      '"a"',
      "1",
      "-",
      "0",
      ".5",
      "e9",
      "true",
      "null",
      "\\u0041",
      "\u0001",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        let expected: unknown;
        try {
          expected = JSON.parse(text);
        } catch {
          expect(parseJson(text).faults).toHaveLength(1);
          return;
        }
        const { value, faults } = parseJson(text);
        expect(value).toEqual(expected);
        expect(faults.filter(({ message }) => !message.endsWith("is there twice"))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test("keeps where every value and key lies", () => {
    const text = '{\n  "a": [10, {"b/c": null}]\n}';
    const at = (part: string) => text.indexOf(part);
    expect(Object.fromEntries(parseJson(text).positions)).toEqual({
      "": { value: 0 },
      "/a": { value: at("[10"), key: at('"a"') },
      "/a/0": { value: at("10") },
      "/a/1": { value: at('{"b') },
      [child("/a/1", "b/c")]: { value: at("null"), key: at('"b/c"') },
    });
  });

  test("keeps __proto__ as data", () => {
    const { value } = parseJson('{"__proto__": {"polluted": true}}');
    expect(Object.keys(Object(value))).toEqual(["__proto__"]);
    expect(Reflect.get(Object(value), "polluted")).toBeUndefined();
  });

  test("reports a repeated key at the repetition", () => {
    const text = '{"a": 1, "b": {"a": 1, "a": 2}}';
    expect(parseJson(text).faults).toEqual([
      { offset: text.lastIndexOf('"a"'), pointer: "/b", message: 'the key "a" is there twice', value: '"a"' },
    ]);
  });

  test.each([
    ["", 0, "expected a value, not the end of the document", undefined],
    ['{"a": 1,}', 8, 'expected a key in double quotes, not "}"', "remove the comma before it"],
    ["[1, ]", 4, 'expected a value, not "]"', "remove the comma before it"],
    ["{a: 1}", 1, 'expected a key in double quotes, not "a"', undefined],
    ['{"a" 1}', 5, 'expected ":" after the key, not "1"', undefined],
    ['{"a": 1 "b"}', 8, 'expected "," or "}", not "\\""', undefined],
    ["[1 2]", 3, 'expected "," or "]", not "2"', undefined],
    ["{} x", 3, "expected the end of the document", "remove what follows the value"],
    [
      "// a",
      0,
      'expected a value, not "//"',
      "JSON has no comments; write the document in YAML to have them",
    ],
    ["[01]", 1, 'expected a value, not "01"', undefined],
    ["[NaN]", 1, 'expected a value, not "NaN"', undefined],
    ["[1e999]", 1, '"1e999" is too large for a number', undefined],
    ['["abc', 1, "the string has no closing quote", undefined],
    ['["a\\x"]', 3, '"\\\\x" isn\'t an escape in JSON', undefined],
    ['["a\nb"]', 3, 'a string can\'t hold "\\n" as it is', 'write an escape, such as "\\n"'],
    ["[".repeat(101), 100, "nested more than 100 deep", undefined],
  ])("says what is wrong with %s", (text, offset, message, hint) => {
    const { value, faults } = parseJson(text);
    expect(value).toBeUndefined();
    expect(faults).toMatchObject([{ offset, message: `not valid JSON: ${message}` }]);
    expect(faults[0]?.hint).toBe(hint);
  });
});
