import { describe, expect, test } from "vitest";
import { diagnose, withInput } from "../testing/diagnose.js";

const minimal = { name: "test", version: "1.0.0", exports: {} };
const at = "/exports/run/input";

describe("the shape of a document", () => {
  test("needs no more than a name, a version and exports", () => {
    expect(diagnose(minimal)).toEqual([]);
    expect(diagnose({})).toEqual([
      'the key "name" is missing',
      'the key "version" is missing',
      'the key "exports" is missing',
    ]);
  });

  test.each([null, 3, "text", [], undefined, () => 1])("is not %s", (document) => {
    expect(diagnose(document)).toMatchObject([
      expect.stringContaining("the document must be an object, not"),
    ]);
  });

  test.each([
    [{ name: "Text Tools" }, '/name: the name "Text Tools" isn\'t kebab-case; write it like "text-tools"'],
    [{ name: "-a" }, '/name: the name "-a" isn\'t kebab-case; write it like "text-tools"'],
    [{ version: "1.0" }, '/version: "1.0" isn\'t a semantic version; write it like "1.0.0"'],
    [{ version: "01.0.0" }, '/version: "01.0.0" isn\'t a semantic version; write it like "1.0.0"'],
    [{ version: 1 }, '/version: "version" must be a string, not 1'],
    [
      { encoding: "jsn" },
      '/encoding: "encoding" must be "json", "messagepack", "text" or "binary", not "jsn"; did you mean "json"?',
    ],
    [{ dates: "date" }, '/dates: "dates" must be "string" or "Date", not "date"; did you mean "Date"?'],
    [{ export: {} }, 'unknown key "export"; did you mean "exports"?'],
    [{ exports: [] }, '/exports: "exports" must be an object, not []'],
    [{ exports: { a: null } }, '/exports/a: "a" must be an object, not null'],
    [{ exports: { a: { ouput: {} } } }, '/exports/a: unknown key "ouput"; did you mean "output"?'],
    [
      { exports: { a: { deprecated: "yes" } } },
      '/exports/a/deprecated: "deprecated" must be true or false, not "yes"',
    ],
    [
      { exports: { a: { examples: [{ inpt: 1 }] } } },
      '/exports/a/examples/0: unknown key "inpt"; did you mean "input"?',
    ],
    [
      { exports: { a: { input: 3 } } },
      '/exports/a/input: "input" must be a schema, which is an object, not 3',
    ],
    [{ $defs: { "": {} } }, "/$defs: a name can't be empty"],
  ])("%j is refused: %s", (part, message) => {
    expect(diagnose({ ...minimal, ...part })).toEqual([message]);
  });

  test.each(["1.0.0-rc.1+build.5", "0.0.0", "10.20.30-0a"])("takes the version %s", (version) => {
    expect(diagnose({ ...minimal, version })).toEqual([]);
  });

  test("finds every problem at once, each once", () => {
    const run = { input: { minLength: 1, type: "strng" }, output: { $ref: "#/$defs/Nope" }, inptu: {} };
    expect(diagnose({ ...minimal, version: "1", exports: { run } })).toHaveLength(5);
  });

  test("stops counting at a bound", () => {
    const exports = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`f${i}`, { inptu: {} }]));
    expect(diagnose({ ...minimal, exports })).toHaveLength(500);
  });

  test("bounds depth, and a document that contains itself is too deep", () => {
    const cyclic: Record<string, unknown> = { type: "array" };
    cyclic["items"] = cyclic;
    expect(diagnose(withInput(cyclic))).toEqual(["the document is nested more than 100 deep"]);
  });
});

describe("names of exports and imports", () => {
  test.each(["countVowels", "_private", "a.b-c_d9", "__wbindgen_start"])("%s is fine", (name) => {
    expect(diagnose({ ...minimal, exports: { [name]: {} }, imports: { [name]: {} } })).toEqual([]);
  });

  test.each(["tenon_abi", "tenon_call_x", "_initialize", "_start", "memory", "__wasm_call_ctors", "hs_init"])(
    "%s is reserved",
    (name) => {
      const message = `the name "${name}" is reserved; choose another`;
      expect(diagnose({ ...minimal, exports: { [name]: {} } })).toEqual([`/exports: ${message}`]);
      expect(diagnose({ ...minimal, imports: { [name]: {} } })).toEqual([`/imports: ${message}`]);
    },
  );

  test.each(["", "1st", "a b", "größe", "a\n"])("%j can't be one", (name) => {
    expect(diagnose({ ...minimal, exports: { [name]: {} } })).toMatchObject([
      expect.stringContaining("can't be the name of a Wasm export here"),
    ]);
  });

  test("__proto__ is reserved wherever generated code would use it as a name", () => {
    const document: unknown = JSON.parse(
      `{"name":"test","version":"1.0.0","exports":{"__proto__":{}},
        "$defs":{"__proto__":{},"A":{"type":"object","properties":{"__proto__":{}}}}}`,
    );
    const message = 'the name "__proto__" is reserved; choose another';
    expect(diagnose(document)).toEqual([
      `/exports: ${message}`,
      `/$defs: ${message}`,
      `/$defs/A/properties: ${message}`,
    ]);
  });
});

describe("keywords of JSON Schema that aren't supported", () => {
  test.each([
    ...["allOf", "not", "if", "then", "else", "const", "prefixItems", "patternProperties", "propertyNames"],
    ...["dependentSchemas", "dependentRequired", "unevaluatedItems", "unevaluatedProperties"],
    ...["contains", "minContains", "maxContains", "minLength", "maxLength", "pattern", "minimum", "maximum"],
    ...["exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems"],
    ...[
      "minProperties",
      "maxProperties",
      "default",
      "readOnly",
      "writeOnly",
      "contentMediaType",
      "contentSchema",
    ],
    ...["$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary", "$schema", "$defs"],
    ...[
      "definitions",
      "additionalItems",
      "dependencies",
      "$recursiveRef",
      "nullable",
      "example",
      "discriminator",
    ],
  ])("%s is refused by name, with advice", (keyword) => {
    const [line, ...others] = diagnose(withInput({ [keyword]: {} }));
    expect(line?.split("; ")).toEqual([`${at}: "${keyword}" isn't supported yet`, expect.any(String)]);
    expect(others).toEqual([]);
  });

  test.each([
    [{ minLenght: 1 }, `${at}: unknown keyword "minLenght"; did you mean "minLength"?`],
    [{ tpye: "string" }, `${at}: unknown keyword "tpye"; did you mean "type"?`],
    [{ "x-note": 1 }, `${at}: unknown keyword "x-note"`],
    [
      { type: "array", items: { encoding: "json" } },
      `${at}/items: "encoding" has no meaning here; it stands on the document, on an export or import, or on its "input" or "output"`,
    ],
  ])("%j is refused: %s", (schema, message) => {
    expect(diagnose(withInput(schema))).toEqual([message]);
  });
});

describe("values of keywords", () => {
  test.each([
    [{ type: "int" }, /^\/type: "type" must be "object", .* not "int"; did you mean "integer"\?$/],
    [{ type: 3 }, /^\/type: "type" must be a type's name, or an array of one and "null", not 3$/],
    [{ type: ["strnig", "null"] }, /^\/type\/0: a type must be .*; did you mean "string"\?$/],
    [{ type: "string", format: "email" }, /^\/format: the format "email" isn't supported yet; leave it out$/],
    [
      { type: "string", format: "datetime" },
      /^\/format: unknown format "datetime"; did you mean "date-time"\?$/,
    ],
    [{ type: "integer", format: "money" }, /^\/format: unknown format "money"; it can be "int8", /],
    [
      { type: "string", contentEncoding: "hex" },
      /^\/contentEncoding: "contentEncoding" must be "base64", not "hex"$/,
    ],
    [{ enum: "a" }, /^\/enum: "enum" must be an array, not "a"$/],
    [{ enum: [] }, /^\/enum: an enum needs at least one value$/],
    [{ enum: ["a", 1] }, /^\/enum\/1: 1 can't be in an enum yet; only strings can$/],
    [{ type: "integer", enum: [1] }, /^\/enum\/0: 1 can't be in an enum yet; only strings can$/],
    [{ enum: ["a", "a"] }, /^\/enum\/\d: "a" is there twice$/],
    [{ type: "object", properties: [] }, /^\/properties: "properties" must be an object, not \[\]$/],
    [
      { type: "object", properties: { a: 3 } },
      /^\/properties\/a: "a" must be a schema, which is an object, not 3$/,
    ],
    [{ type: "object", properties: { a: {} }, required: ["a", "a"] }, /^\/required\/\d: "a" is there twice$/],
    [
      { type: "array", items: [{}] },
      /^\/items: "items" must be a schema, which is an object, not an array of 1$/,
    ],
    [{ anyOf: {} }, /^\/anyOf: "anyOf" must be an array, not \{\}$/],
    [{ $ref: 3 }, /^\/\$ref: "\$ref" must be a string, not 3$/],
    [{ description: 3 }, /^\/description: "description" must be a string, not 3$/],
  ])("%j is refused, and nothing else is said", (schema, message) => {
    const found = diagnose(withInput(schema));
    expect(found.map((line) => line.slice(at.length))).toEqual([expect.stringMatching(message)]);
  });
});
