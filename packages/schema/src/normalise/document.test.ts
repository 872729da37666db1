import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Interface, Type } from "../ir.js";
import { normaliseInterface } from "../normalise-interface.js";
import { diagnose } from "../testing/diagnose.js";

const definitionNames = ["Text", "text", "user-id", "Tree", "2d"];

const leaf = fc.oneof(
  fc.constantFrom("string", "boolean", "integer", "number", "array", "object").map((type) => ({ type })),
  fc.constantFrom("int8", "int64", "uint32").map((format) => ({ type: "integer", format })),
  fc.constantFrom(
    {},
    true,
    { type: "string", contentEncoding: "base64" },
    { type: "string", format: "date-time" },
  ),
  fc
    .uniqueArray(fc.string(), { minLength: 1, maxLength: 3 })
    .map((values) => ({ type: "string", enum: values })),
);

/** Schemas of the supported subset. References stand below a list in a record, so none makes a value endless. */
const { schema } = fc.letrec<{ schema: unknown }>((tie) => {
  const field = fc.string({ minLength: 1 }).filter((name) => name !== "__proto__");
  const properties = fc.dictionary(field, tie("schema"), { maxKeys: 4, noNullPrototype: true });
  const reference = fc.constantFrom(...definitionNames).map((name) => ({ $ref: `#/$defs/${name}` }));
  return {
    schema: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      tie("schema").map((items) => ({ type: "array", items })),
      tie("schema").map((values) => ({
        type: "object",
        additionalProperties: values === true ? {} : values,
      })),
      tie("schema").map((member) => ({ anyOf: [member, { type: "null" }] })),
      fc
        .record({ properties, closed: fc.boolean(), all: fc.boolean() })
        .map(({ properties: fields, closed, all }) => ({
          type: "object",
          properties: fields,
          additionalProperties: !closed,
          ...(all && { required: Object.keys(fields) }),
        })),
      reference.map((items) => ({ type: "object", properties: { items: { type: "array", items } } })),
      reference.map((next) => ({ type: "object", properties: { next } })),
    ),
  };
});

const operation = fc.record({ input: schema, output: schema, errors: schema }, { requiredKeys: [] });
const operations = fc.dictionary(fc.constantFrom("run", "Run", "get-all", "x.y"), operation);
const documents = fc.record({
  name: fc.constant("test"),
  version: fc.constant("1.0.0"),
  encoding: fc.constantFrom("json", "messagepack"),
  exports: operations,
  imports: operations,
  $defs: fc
    .tuple(...definitionNames.map(() => schema))
    .map((schemas) => Object.fromEntries(definitionNames.map((name, i) => [name, schemas[i]]))),
});

describe("any document of the supported subset", () => {
  test("normalises, the same way each time", () => {
    fc.assert(
      fc.property(documents, (document) => {
        const copy: unknown = JSON.parse(JSON.stringify(document));
        expect(normaliseInterface(copy)).toEqual(normaliseInterface(document));
      }),
      { numRuns: 150 },
    );
  });

  test("becomes types with unique names, in dependency order, that only refer to each other", () => {
    fc.assert(
      fc.property(documents, (document) => {
        const normalised = normaliseInterface(document);
        const names = normalised.types.map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
        expect(names.filter((name) => !/^[A-Z][A-Za-z0-9]*$/.test(name))).toEqual([]);
        expect(rootTypes(normalised).flatMap(invalidUses)).toEqual([]);
        expect(
          rootTypes(normalised)
            .flatMap(references)
            .filter((name) => !names.includes(name)),
        ).toEqual([]);

        const reach = reachability(normalised);
        for (const [i, { name, recursive, type }] of normalised.types.entries()) {
          expect(["record", "enum"]).toContain(type.kind);
          expect(recursive).toBe(reach.get(name)?.has(name));
          const late = references(type).filter((target) => names.indexOf(target) > i);
          // Only a type of the same cycle may come later.
          expect(late.filter((target) => !reach.get(target)?.has(name))).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe("any JSON", () => {
  test("normalises or is refused with diagnostics: nothing else is thrown", () => {
    const key = fc.constantFrom(
      ...[
        "name",
        "version",
        "exports",
        "imports",
        "$defs",
        "input",
        "output",
        "errors",
        "examples",
        "encoding",
      ],
      ...[
        "type",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "enum",
        "format",
        "$ref",
        "anyOf",
        "a",
      ],
    );
    const word = fc.constantFrom(
      "object",
      "array",
      "string",
      "null",
      "int8",
      "#/$defs/a",
      "#/exports/a/input",
      "text",
      "a",
    );
    const { json } = fc.letrec<{ json: unknown }>((tie) => ({
      json: fc.oneof(
        { depthSize: "medium" },
        fc.oneof(word, fc.boolean(), fc.integer(), fc.constant(null)),
        fc.array(tie("json"), { maxLength: 3 }),
        fc.dictionary(key, tie("json"), { maxKeys: 5 }),
      ),
    }));
    const document = fc.dictionary(
      fc.constantFrom("name", "exports", "imports", "$defs"),
      fc.dictionary(key, json),
    );
    fc.assert(
      fc.property(fc.oneof(json, document), (value) => {
        // It throws what isn't an InterfaceError.
        diagnose(value);
      }),
      { numRuns: 1000 },
    );
  });
});

function rootTypes({ exports, imports, types }: Interface): Type[] {
  const payloads = [...exports, ...imports].flatMap(({ input, output, errors }) => [input, output, errors]);
  return [...payloads.flatMap((payload) => payload?.type ?? []), ...types.map(({ type }) => type)];
}

/** A type and all types in it. */
function parts(type: Type): Type[] {
  switch (type.kind) {
    case "record":
      return [type, ...type.fields.flatMap((field) => parts(field.type))];
    case "map":
      return [type, ...parts(type.values)];
    case "list":
      return [type, ...parts(type.items)];
    case "nullable":
      return [type, ...parts(type.type)];
    default:
      return [type];
  }
}

function references(type: Type): string[] {
  return parts(type).flatMap((part) => (part.kind === "ref" ? [part.name] : []));
}

/** Where a type breaks a promise of the IR: an anonymous record, or a nullable around what can be null already. */
function invalidUses(type: Type): Type[] {
  return parts(type).filter((part, i) => {
    if (part.kind === "nullable") return ["nullable", "any"].includes(part.type.kind);
    return i > 0 && (part.kind === "record" || part.kind === "enum");
  });
}

function reachability({ types }: Interface): Map<string, Set<string>> {
  const direct = new Map(types.map(({ name, type }) => [name, references(type)]));
  return new Map(
    types.map(({ name }) => {
      const seen = new Set<string>();
      const queue = [...(direct.get(name) ?? [])];
      for (const target of queue) {
        if (seen.has(target)) continue;
        seen.add(target);
        queue.push(...(direct.get(target) ?? []));
      }
      return [name, seen];
    }),
  );
}
