import type { EnumType, Field, RecordType, Type } from "../ir.js";
import { entries, isObject, type JsonObject, own } from "../json.js";
import type { Place } from "../places.js";
import { child } from "../pointer.js";
import type { Report } from "../problem.js";
import { didYouMean, show } from "../wording.js";
import type { Annotations } from "./annotations.js";

/** What a named type is read with. */
export interface BodyContext {
  readonly typeAt: (pointer: string) => Type;
  readonly annotationsAt: (pointer: string) => Annotations;
  readonly report: Report;
}

/** Reads the body of a schema that has a type name. */
export function readBody({ pointer, schema }: Place, context: BodyContext): RecordType | EnumType {
  // Only objects are given a name.
  const body = isObject(schema) ? schema : {};
  return Array.isArray(body["enum"])
    ? readEnum(body["enum"], body, pointer, context.report)
    : readRecord(body, pointer, context);
}

function readEnum(values: readonly unknown[], schema: JsonObject, pointer: string, report: Report): EnumType {
  for (const key of ["format", "contentEncoding"]) {
    if (Object.hasOwn(schema, key))
      report({ pointer, key, message: `${show(key)} can't stand beside "enum"` });
  }
  return { kind: "enum", values: values.filter((value) => typeof value === "string") };
}

function readRecord(schema: JsonObject, pointer: string, context: BodyContext): RecordType {
  const required = readRequired(schema, pointer, context.report);
  const rest = own(schema, "additionalProperties");
  if (isObject(rest)) {
    context.report({
      pointer,
      key: "additionalProperties",
      message: '"additionalProperties" with a schema isn\'t supported yet beside "properties"',
      hint: "put the other keys into a map, in a field of its own",
    });
  }
  const fields = entries(own(schema, "properties")).map(([name]): Field => {
    const place = child(child(pointer, "properties"), name);
    const { description, deprecated } = context.annotationsAt(place);
    return {
      name,
      ...(description !== undefined && { description }),
      deprecated,
      optional: !required.has(name),
      type: context.typeAt(place),
    };
  });
  return { kind: "record", fields, closed: rest === false };
}

function readRequired(schema: JsonObject, pointer: string, report: Report): ReadonlySet<string> {
  const required = own(schema, "required");
  const names = Array.isArray(required) ? required.filter((name) => typeof name === "string") : [];
  const properties = own(schema, "properties");
  for (const [i, name] of names.entries()) {
    if (isObject(properties) && Object.hasOwn(properties, name)) continue;
    const hint = didYouMean(name, Object.keys(isObject(properties) ? properties : {}));
    report({
      pointer: child(child(pointer, "required"), i),
      message: `the required field ${show(name)} isn't among the properties`,
      value: show(name),
      ...(hint !== undefined && { hint }),
    });
  }
  return new Set(names);
}
