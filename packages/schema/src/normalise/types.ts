import type { BundledReference } from "../bundle/bundle.js";
import type { Type } from "../ir.js";
import { isObject, type JsonObject, own } from "../json.js";
import { limits } from "../limits.js";
import { isNullSchema, type Place } from "../places.js";
import { child, lookup } from "../pointer.js";
import type { Report } from "../problem.js";
import { explainMissing, parseReference } from "../reference.js";
import { show } from "../wording.js";
import { formats, plainScalars } from "./scalars.js";
import { hasUnknownKeyword, refuseMisplaced, refuseSiblings, refuseUntyped } from "./vocabulary.js";

/** What a schema is read from and with. */
export interface TypeContext {
  readonly document: unknown;
  /** Every place of the document, by pointer. */
  readonly places: ReadonlyMap<string, Place>;
  /** The type names of records and enums, by pointer. */
  readonly names: ReadonlyMap<string, string>;
  /** Pointers of payloads that `encoding: binary` makes bytes when their schema says nothing. */
  readonly rawBytes: ReadonlySet<string>;
  readonly references: ReadonlyMap<string, BundledReference>;
  readonly report: Report;
}

/** Stands for a schema that was reported: whatever it is used for, there is nothing more to say. */
export const broken: Type = { kind: "any" };

/**
 * Returns a function that gives the type of the schema at a pointer. Aliases are followed, and each schema is read
 * once, so problems in it come up once. A record or enum gives a reference to its named type.
 */
export function typeReader(context: TypeContext): (pointer: string) => Type {
  const { places, names, rawBytes, report } = context;
  const done = new Map<string, { readonly type: Type; readonly depth: number }>();
  const open: string[] = [];
  return (pointer) => read(pointer).type;

  function read(pointer: string): { readonly type: Type; readonly depth: number } {
    const known = done.get(pointer);
    if (known !== undefined) return known;
    const place = places.get(pointer);
    const name = names.get(pointer);
    if (place === undefined) return { type: broken, depth: 0 };
    if (name !== undefined) {
      const type = convertNamed(place, name);
      done.set(pointer, { type, depth: 0 });
      return { type, depth: 0 };
    }
    if (open.includes(pointer)) {
      report({
        pointer,
        message: "the schema contains itself through nothing but references, lists and maps",
        hint: "put an object with properties in between",
      });
      return { type: broken, depth: 0 };
    }

    open.push(pointer);
    let depth = 0;
    const type = convert(place, (inner) => {
      // The two bounds are one: what is open now, and what an earlier reading found below the inner schema.
      const below = open.length < limits.typeDepth ? read(inner) : { type: broken, depth: limits.typeDepth };
      depth = Math.max(depth, below.depth + 1);
      return below.type;
    });
    open.pop();

    const tooDeep = depth > limits.typeDepth;
    if (tooDeep) report({ pointer, message: `the type is nested more than ${limits.typeDepth} deep` });
    const result = tooDeep ? { type: broken, depth: 0 } : { type, depth };
    done.set(pointer, result);
    return result;
  }

  function convertNamed({ pointer, schema }: Place, name: string): Type {
    const listed = isObject(schema) ? typeOf(schema, pointer, report) : undefined;
    if (!isObject(schema) || listed === "broken") return broken;
    if (!refuseMisplaced(schema, listed?.name ?? "string", pointer, report)) return broken;
    const nullable = Array.isArray(schema["enum"])
      ? enumHoldsNull(schema["enum"], listed?.nullable ?? false, pointer, report)
      : (listed?.nullable ?? false);
    return nullable ? { kind: "nullable", type: { kind: "ref", name } } : { kind: "ref", name };
  }

  function convert({ pointer, schema }: Place, inner: (pointer: string) => Type): Type {
    if (schema === true) return rawBytes.has(pointer) ? { kind: "scalar", scalar: "bytes" } : { kind: "any" };
    if (schema === false) {
      report({
        pointer,
        message: "the schema false accepts no value",
        hint: "use {} for any value, or leave it out",
      });
      return broken;
    }
    if (!isObject(schema)) return broken;
    if (Object.hasOwn(schema, "$ref")) return convertReference(context, pointer, schema, inner);
    for (const keyword of ["anyOf", "oneOf"]) {
      if (Object.hasOwn(schema, keyword)) return convertChoice(keyword, pointer, schema, inner, report);
    }
    // Anything but an array was reported: with an array, the schema would have a name.
    if (schema["enum"] !== undefined) return broken;
    const type = typeOf(schema, pointer, report);
    if (type === "broken") return broken;
    if (type !== undefined) {
      const plain = convertTyped(type.name, pointer, schema, inner, report);
      return type.nullable ? orNull(plain) : plain;
    }
    // A schema of which nothing is understood was reported for what it says; it isn't "any value".
    if (hasUnknownKeyword(schema)) return broken;
    if (rawBytes.has(pointer)) {
      const { contentEncoding: _, ...rest } = schema;
      return refuseUntyped(rest, pointer, report) ? { kind: "scalar", scalar: "bytes" } : broken;
    }
    return refuseUntyped(schema, pointer, report) ? { kind: "any" } : broken;
  }
}

function convertTyped(
  type: string,
  pointer: string,
  schema: JsonObject,
  inner: (pointer: string) => Type,
  report: Report,
): Type {
  if (!refuseMisplaced(schema, type, pointer, report)) return broken;
  switch (type) {
    case "object":
      if (Array.isArray(schema["required"]) && schema["required"].length > 0) {
        report({ pointer, key: "required", message: '"required" needs "properties" beside it' });
      }
      return {
        kind: "map",
        values: isObject(schema["additionalProperties"])
          ? inner(child(pointer, "additionalProperties"))
          : { kind: "any" },
      };
    case "array":
      return {
        kind: "list",
        items: schema["items"] === undefined ? { kind: "any" } : inner(child(pointer, "items")),
      };
    default:
      return convertScalar(type, pointer, schema, report);
  }
}

function convertScalar(type: string, pointer: string, schema: JsonObject, report: Report): Type {
  const { format, contentEncoding } = schema;
  if (format !== undefined && contentEncoding !== undefined) {
    report({ pointer, key: "format", message: '"format" can\'t stand beside "contentEncoding"' });
    return broken;
  }
  if (contentEncoding !== undefined)
    return contentEncoding === "base64" ? { kind: "scalar", scalar: "bytes" } : broken;
  if (format === undefined) {
    const scalar = plainScalars.get(type);
    return scalar === undefined ? broken : { kind: "scalar", scalar };
  }
  const known = typeof format === "string" ? formats.get(format) : undefined;
  if (known === undefined) return broken;
  if (known.type === type) return { kind: "scalar", scalar: known.scalar };
  report({
    pointer: child(pointer, "format"),
    message: `the format ${show(format)} belongs to the type ${show(known.type)}, not ${show(type)}`,
    value: show(format),
  });
  return broken;
}

function convertReference(
  { document, places, references, report }: TypeContext,
  pointer: string,
  schema: JsonObject,
  inner: (pointer: string) => Type,
): Type {
  refuseSiblings(schema, "$ref", pointer, report);
  const written = schema["$ref"];
  if (typeof written !== "string") return broken;
  const bundled = references.get(pointer);
  const text = bundled?.text ?? written;
  const refuse = (refusal: { message: string; hint?: string }) => {
    report({ pointer: child(pointer, "$ref"), ...refusal, value: show(text) });
    return broken;
  };
  if (bundled?.failure === null) return broken;
  if (bundled?.failure !== undefined) return refuse(bundled.failure);
  const reference = parseReference(written);
  if (reference.kind === "refused")
    return refuse({ message: reference.message, ...(reference.hint && { hint: reference.hint }) });
  if (reference.kind === "file") return refuse({ message: `the $ref ${show(text)} leads to another file` });
  if (places.has(reference.pointer)) return inner(reference.pointer);
  if (lookup(document, reference.pointer) === undefined)
    return refuse(explainMissing(document, reference.pointer, text));
  return refuse({ message: `the $ref ${show(text)} doesn't lead to a schema` });
}

function convertChoice(
  keyword: string,
  pointer: string,
  schema: JsonObject,
  inner: (pointer: string) => Type,
  report: Report,
): Type {
  refuseSiblings(schema, keyword, pointer, report);
  const members = schema[keyword];
  if (!Array.isArray(members)) return broken;
  const other = members.findIndex((member) => !isNullSchema(member));
  if (members.length === 2 && members.some(isNullSchema) && other !== -1) {
    return orNull(inner(child(child(pointer, keyword), other)));
  }
  const hint = "use an object with an optional field for each case";
  report({
    pointer,
    key: keyword,
    message: `${show(keyword)} isn't supported yet, but for one schema and {"type": "null"}`,
    hint,
  });
  return broken;
}

function orNull(type: Type): Type {
  // Any value may be null already.
  return type.kind === "any" || type.kind === "nullable" ? type : { kind: "nullable", type };
}

/** The one type that a schema names, and whether null is listed beside it. */
function typeOf(
  schema: JsonObject,
  pointer: string,
  report: Report,
): { readonly name: string; readonly nullable: boolean } | "broken" | undefined {
  const type = own(schema, "type");
  if (type === undefined) return undefined;
  const known = (name: unknown) =>
    typeof name === "string" && (name === "object" || name === "array" || plainScalars.has(name));
  if (type === "null") {
    report({
      pointer,
      key: "type",
      message: "a value that is always null says nothing",
      hint: "leave it out",
    });
    return "broken";
  }
  if (typeof type === "string") return known(type) ? { name: type, nullable: false } : "broken";
  if (!Array.isArray(type) || !type.every((name) => known(name) || name === "null")) return "broken";
  const name: unknown = type.find((one) => one !== "null");
  if (type.length === 2 && type.includes("null") && typeof name === "string") return { name, nullable: true };
  const hint =
    type.length === 1 ? "write it without the brackets" : "use an object with a field for each case";
  const message = 'a list of types isn\'t supported yet, but for one type and "null"';
  report({ pointer, key: "type", message, hint });
  return "broken";
}

function enumHoldsNull(
  values: readonly unknown[],
  typeAllowsNull: boolean,
  pointer: string,
  report: Report,
): boolean {
  const holdsNull = values.includes(null);
  if (holdsNull && !typeAllowsNull) {
    report({
      pointer,
      key: "enum",
      message: "the enum holds null",
      hint: 'write "type": ["string", "null"]',
    });
  }
  if (!holdsNull && typeAllowsNull) {
    const hint = 'add null to it, or write "type": "string"';
    report({ pointer, key: "enum", message: "the type allows null, and the enum doesn't hold it", hint });
  }
  return holdsNull && typeAllowsNull;
}
