import { describe, expect, test } from "vitest";
import { normaliseInterface } from "../normalise-interface.js";
import { typeNames, withDefinitions } from "../testing/diagnose.js";
import { pascalCase } from "./names.js";

const record = (properties: Record<string, unknown> = {}) => ({ type: "object", properties });

describe("type names", () => {
  test.each([
    ["Text", "Text"],
    ["vowel-report", "VowelReport"],
    ["user_id", "UserId"],
    ["HTTPError", "HTTPError"],
    ["a.b/c d", "ABCD"],
    ["naïve", "Naive"],
    ["2d-point", "Type2dPoint"],
    ["日本", "Type"],
    ["", "Type"],
  ])("%j turns into %s", (text, name) => {
    expect(pascalCase(text)).toBe(name);
  });

  test("of anonymous records and enums tell the way to them", () => {
    const exports = {
      "count-vowels": {
        input: record({ options: record({ mode: { enum: ["a"] } }) }),
        output: { type: "array", items: record() },
        errors: { type: "object", additionalProperties: record() },
      },
    };
    const $defs = {
      Text: record({ "sub-items": { type: "array", items: { type: ["object", "null"], properties: {} } } }),
      Maybe: { anyOf: [record({ x: { anyOf: [record(), { type: "null" }] } }), { type: "null" }] },
    };
    const names = typeNames(normaliseInterface({ name: "test", version: "1.0.0", exports, $defs }));
    expect(names).toEqual([
      "TextSubItemsItem",
      "Text",
      "MaybeX",
      "Maybe",
      "CountVowelsInputOptionsMode",
      "CountVowelsInputOptions",
      "CountVowelsInput",
      "CountVowelsOutputItem",
      "CountVowelsErrorValue",
    ]);
  });

  test("that are taken get a number, and a definition that is spelt right keeps its name", () => {
    const document = {
      ...withDefinitions({
        "run-input": record(),
        RunInput: record({ a: record() }),
        RunInputA: record(),
        run_input: record(),
      }),
      exports: { run: { input: record({ a: record() }) } },
      imports: { run: { input: record() } },
    };
    const names = normaliseInterface(document).types.map(({ name, pointer }) => [pointer, name]);
    expect(Object.fromEntries(names)).toEqual({
      "/$defs/run-input": "RunInput2",
      "/$defs/RunInput": "RunInput",
      "/$defs/RunInput/properties/a": "RunInputA2",
      "/$defs/RunInputA": "RunInputA",
      "/$defs/run_input": "RunInput3",
      "/exports/run/input": "RunInput4",
      "/exports/run/input/properties/a": "RunInput4A",
      "/imports/run/input": "RunInput5",
    });
  });

  test("don't depend on who refers to a type: a pointer into another schema gives that schema's type", () => {
    const document = {
      ...withDefinitions({ A: { $ref: "#/exports/run/input/properties/inner" } }),
      exports: { run: { input: record({ inner: record() }), output: { $ref: "#/$defs/A" } } },
    };
    const normalised = normaliseInterface(document);
    expect(typeNames(normalised)).toEqual(["RunInputInner", "RunInput"]);
    expect(normalised.exports[0]?.output?.type).toEqual({ kind: "ref", name: "RunInputInner" });
  });
});
