import { describe, expect, test } from "vitest";
import { normaliseInterface } from "../normalise-interface.js";
import { diagnose, typeOf, withDefinitions, withInput } from "../testing/diagnose.js";

const scalar = (name: string) => ({ kind: "scalar", scalar: name });
const string = scalar("string");

describe("the type of a schema", () => {
  test.each([
    [{ type: "string" }, string],
    [{ type: "boolean" }, scalar("boolean")],
    [{ type: "integer" }, scalar("integer")],
    [{ type: "number" }, scalar("float64")],
    [{ type: "number", format: "double" }, scalar("float64")],
    [{ type: "number", format: "float" }, scalar("float32")],
    [{ type: "string", format: "date-time" }, scalar("date-time")],
    [{ type: "string", contentEncoding: "base64" }, scalar("bytes")],
    [true, { kind: "any" }],
    [{}, { kind: "any" }],
    [{ description: "Anything.", examples: [1, "a"], $comment: "x" }, { kind: "any" }],
    [{ type: "object" }, { kind: "map", values: { kind: "any" } }],
    [
      { type: "object", additionalProperties: true },
      { kind: "map", values: { kind: "any" } },
    ],
    [
      { type: "object", additionalProperties: { type: "string" } },
      { kind: "map", values: string },
    ],
    [{ type: "array" }, { kind: "list", items: { kind: "any" } }],
    [
      { type: "array", items: { type: "array", items: { type: "string" } } },
      { kind: "list", items: { kind: "list", items: string } },
    ],
    [{ type: ["string", "null"] }, { kind: "nullable", type: string }],
    [
      { type: ["null", "array"], items: { type: "string" } },
      { kind: "nullable", type: { kind: "list", items: string } },
    ],
    [{ anyOf: [{ type: "string" }, { type: "null" }] }, { kind: "nullable", type: string }],
    [
      { oneOf: [{ type: "null" }, { type: "string" }], description: "x" },
      { kind: "nullable", type: string },
    ],
    [{ anyOf: [{ type: ["string", "null"] }, { type: "null" }] }, { kind: "nullable", type: string }],
    [{ anyOf: [{}, { type: "null" }] }, { kind: "any" }],
  ])("%j is %j", (schema, type) => {
    expect(typeOf(schema)).toEqual({ type, types: [] });
  });

  test.each(["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"])(
    "%s sizes an integer",
    (format) => {
      expect(typeOf({ type: "integer", format }).type).toEqual(scalar(format));
    },
  );

  test.each([
    [{ enum: ["a", "b"] }, false],
    [{ type: "string", enum: ["a", "b"] }, false],
    [{ type: ["string", "null"], enum: ["a", null, "b"] }, true],
    [{ anyOf: [{ enum: ["a", "b"] }, { type: "null" }] }, true],
  ])("%j is an enum with a name, nullable: %s", (schema, nullable) => {
    const { type, types } = typeOf(schema);
    const ref = { kind: "ref", name: "RunInput" };
    expect(type).toEqual(nullable ? { kind: "nullable", type: ref } : ref);
    expect(types).toMatchObject([{ name: "RunInput", type: { kind: "enum", values: ["a", "b"] } }]);
  });

  test.each([
    [
      { type: "object", properties: {} },
      { fields: [], closed: false },
    ],
    [
      { type: "object", additionalProperties: false },
      { fields: [], closed: true },
    ],
    [
      { type: "object", properties: {}, additionalProperties: true },
      { fields: [], closed: false },
    ],
    [
      {
        type: "object",
        required: ["b"],
        properties: { b: { type: "string" }, a: { type: "string", deprecated: true } },
      },
      {
        fields: [
          { name: "b", optional: false, deprecated: false, type: string },
          { name: "a", optional: true, deprecated: true, type: string },
        ],
        closed: false,
      },
    ],
  ])("%j is a record with a name", (schema, record) => {
    const { type, types } = typeOf(schema);
    expect(type).toEqual({ kind: "ref", name: "RunInput" });
    expect(types.map((named) => named.type)).toEqual([{ kind: "record", ...record }]);
  });
});

describe("schemas that are refused", () => {
  const at = "/exports/run/input";
  test.each([
    [false, ": the schema false accepts no value; use {} for any value, or leave it out"],
    [{ type: "null" }, ": a value that is always null says nothing; leave it out"],
    [
      { type: ["string"] },
      ': a list of types isn\'t supported yet, but for one type and "null"; write it without the brackets',
    ],
    [
      { type: ["string", "integer"] },
      ': a list of types isn\'t supported yet, but for one type and "null"; use an object with a field for each case',
    ],
    [
      { oneOf: [{ type: "string" }, { type: "integer" }] },
      ': "oneOf" isn\'t supported yet, but for one schema and {"type": "null"}; use an object with an optional field for each case',
    ],
    [
      { anyOf: [{ type: "string" }] },
      ': "anyOf" isn\'t supported yet, but for one schema and {"type": "null"}; use an object with an optional field for each case',
    ],
    [
      { type: "string", anyOf: [{ type: "string" }, { type: "null" }] },
      ': "type" can\'t stand beside "anyOf"; only annotations such as "description" can',
    ],
    [{ enum: ["a", null] }, ': the enum holds null; write "type": ["string", "null"]'],
    [
      { type: ["string", "null"], enum: ["a"] },
      ': the type allows null, and the enum doesn\'t hold it; add null to it, or write "type": "string"',
    ],
    [{ type: "integer", enum: ["a"] }, ': an enum of strings isn\'t of the type "integer"'],
    [{ type: "string", enum: ["a"], format: "date-time" }, ': "format" can\'t stand beside "enum"'],
    [
      { type: "string", format: "int32" },
      '/format: the format "int32" belongs to the type "integer", not "string"',
    ],
    [
      { type: "integer", format: "float" },
      '/format: the format "float" belongs to the type "number", not "integer"',
    ],
    [
      { type: "string", format: "date-time", contentEncoding: "base64" },
      ': "format" can\'t stand beside "contentEncoding"',
    ],
    [{ properties: {} }, ': "properties" needs a type beside it; add "type": "object"'],
    [{ items: {} }, ': "items" needs a type beside it; add "type": "array"'],
    [{ contentEncoding: "base64" }, ': "contentEncoding" needs a type beside it; add "type": "string"'],
    [{ type: "object", items: {} }, ': "items" has no meaning on the type "object"'],
    [{ type: "array", properties: {} }, ': "properties" has no meaning on the type "array"'],
    [
      { type: "array", items: false },
      "/items: the schema false accepts no value; use {} for any value, or leave it out",
    ],
    [{ type: "object", required: ["a"] }, ': "required" needs "properties" beside it'],
    [
      { type: "object", properties: { alpha: {} }, required: ["alhpa"] },
      '/required/0: the required field "alhpa" isn\'t among the properties; did you mean "alpha"?',
    ],
    [
      { type: "object", properties: {}, additionalProperties: { type: "string" } },
      ': "additionalProperties" with a schema isn\'t supported yet beside "properties"; put the other keys into a map, in a field of its own',
    ],
    [{ $ref: "#" }, '/$ref: the $ref "#" doesn\'t lead to a schema'],
    [{ $ref: "#/exports/run" }, '/$ref: the $ref "#/exports/run" doesn\'t lead to a schema'],
    [{ $ref: "#/$defs/Nope" }, '/$ref: the $ref "#/$defs/Nope" leads nowhere'],
    [{ $ref: "./common.json#/$defs/X" }, '/$ref: the $ref "./common.json#/$defs/X" leads to another file'],
  ])("%j: %s", (schema, message) => {
    expect(diagnose(withInput(schema))).toEqual([at + message]);
  });

  test("a $ref to a misspelt definition, with the right spelling", () => {
    const definitions = {
      VowelReport: { type: "string" },
      a: { $ref: "#/$defs/VowelReprot" },
      b: { $ref: "#/definitions/a" },
    };
    expect(diagnose(withDefinitions(definitions))).toEqual([
      '/$defs/a/$ref: the $ref "#/$defs/VowelReprot" leads nowhere; did you mean "VowelReport"?',
      '/$defs/b/$ref: the $ref "#/definitions/a" leads nowhere; did you mean "#/$defs/a"?',
    ]);
  });

  test("keywords beside a $ref that aren't annotations", () => {
    const beside = {
      $ref: "#/$defs/A",
      description: "x",
      title: "x",
      deprecated: true,
      $comment: "x",
      type: "string",
    };
    expect(diagnose(withDefinitions({ A: { type: "string" }, B: beside }))).toEqual([
      '/$defs/B: "type" can\'t stand beside "$ref"; only annotations such as "description" can',
    ]);
  });

  test("a problem in a definition once, however often it is used", () => {
    const uses = Object.fromEntries(["a", "b", "c"].map((name) => [name, { $ref: "#/$defs/Bad" }]));
    expect(diagnose(withDefinitions({ ...uses, Bad: { type: "null" } }))).toHaveLength(1);
  });
});

describe("aliases", () => {
  const ref = (name: string) => ({ $ref: `#/$defs/${name}` });
  const list = (items: unknown) => ({ type: "array", items });

  test("are followed to the type they stand for, and bring their text along", () => {
    const tag = { type: "string", description: "A tag.", deprecated: true };
    const { type, types } = typeOfField({ Tag: tag, Alias: ref("Tag") }, ref("Alias"));
    expect(types.map(({ name }) => name)).toEqual(["Holder"]);
    expect(type).toEqual({
      name: "field",
      optional: true,
      deprecated: true,
      description: "A tag.",
      type: string,
    });
  });

  test("leave a use its own text, and a named type keeps its text to itself", () => {
    const own = typeOfField(
      { Tag: { type: "string", description: "A tag." } },
      { ...ref("Tag"), description: "Mine." },
    );
    expect(own.type).toMatchObject({ description: "Mine." });
    const named = typeOfField({ Tag: { enum: ["a"], description: "A tag." } }, ref("Tag"));
    expect(named.type).not.toHaveProperty("description");
    expect(named.types[0]).toMatchObject({ name: "Tag", description: "A tag." });
  });

  test.each([
    ["itself", { A: ref("A") }],
    ["lists of itself", { A: list(ref("A")) }],
    [
      "a map and a nullable of itself",
      { A: { type: "object", additionalProperties: { anyOf: [ref("A"), { type: "null" }] } } },
    ],
    ["itself through another", { A: list(ref("B")), B: list(ref("A")) }],
  ])("that stand for %s are refused", (_, definitions) => {
    expect(diagnose(withDefinitions(definitions))).toEqual([
      "/$defs/A: the schema contains itself through nothing but references, lists and maps; put an object with properties in between",
    ]);
  });

  test.each([
    ["forwards", 1],
    ["backwards", -1],
  ])("in a chain that is too long, %s, are refused and not followed to the end", (_, step) => {
    const chain = Array.from({ length: 300 }, (__, i) => [`A${i}`, list(ref(`A${i + step}`))] as const);
    const definitions = { ...Object.fromEntries(chain), "A-1": {}, A300: {} };
    const found = diagnose(withDefinitions(definitions));
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((line) => line.endsWith("the type is nested more than 100 deep"))).toBe(true);
  });

  function typeOfField(definitions: Record<string, unknown>, field: unknown) {
    const holder = { type: "object", properties: { field } };
    const { types } = normaliseInterface(withDefinitions({ ...definitions, Holder: holder }));
    const record = types.find(({ name }) => name === "Holder")?.type;
    return { type: record?.kind === "record" ? record.fields[0] : undefined, types };
  }
});
