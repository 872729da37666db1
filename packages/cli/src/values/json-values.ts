import { JsonContext, parseJson, setProperty } from "@tenon/codec";
import type { Field, Type } from "@tenon/schema";
import type { TypeTable } from "./type-table.js";

/**
 * Reads JSON text as a value of a type of the IR: bytes become `Uint8Array`, 64-bit integers `bigint`. What a
 * generated binding does in straight-line code, done here by walking the type.
 *
 * @throws CodecError with the path of what does not fit.
 */
export function readJsonValue(text: string, type: Type, types: TypeTable): unknown {
  return check(parseJson(text, { bigints: true }), type, types, new JsonContext(), undefined);
}

/** Writes a value of a type as JSON text. */
export function writeJsonValue(value: unknown, type: Type, types: TypeTable): string {
  return print(value, type, types, new JsonContext(), undefined);
}

type Key = string | number | undefined;

function check(value: unknown, type: Type, types: TypeTable, context: JsonContext, key: Key): unknown {
  switch (type.kind) {
    case "any":
      return context.value(value, key);
    case "nullable":
      return value === null ? null : check(value, type.type, types, context, key);
    case "ref":
      return check(value, types.resolve(type), types, context, key);
    case "scalar":
      switch (type.scalar) {
        case "date-time":
          return context.string(value, key);
        default:
          return context[type.scalar](value, key);
      }
    case "enum": {
      const text = context.string(value, key);
      return type.values.includes(text) ? text : context.notInEnum(type.values.join(", "), text, key);
    }
    case "list":
      return inside(context, key, () =>
        context.array(value).map((item, at) => check(item, type.items, types, context, at)),
      );
    case "map":
      return inside(context, key, () => {
        const result = {};
        for (const [name, item] of Object.entries(context.object(value))) {
          setProperty(result, name, check(item, type.values, types, context, name));
        }
        return result;
      });
    case "record":
      return inside(context, key, () => checkRecord(value, type.fields, type.closed, types, context));
  }
}

function checkRecord(
  value: unknown,
  fields: readonly Field[],
  closed: boolean,
  types: TypeTable,
  context: JsonContext,
): object {
  const object = context.object(value);
  if (closed) {
    const known = new Set(fields.map((field) => field.name));
    for (const name of Object.keys(object)) if (!known.has(name)) context.unknownField(name);
  }
  const result = {};
  for (const field of fields) {
    const item = context.own(object, field.name);
    if (item !== undefined)
      setProperty(result, field.name, check(item, field.type, types, context, field.name));
    else if (!field.optional) context.missing(field.name);
  }
  return result;
}

function print(value: unknown, type: Type, types: TypeTable, context: JsonContext, key: Key): string {
  switch (type.kind) {
    case "any":
      return context.writeValue(value, key);
    case "nullable":
      return value === null ? "null" : print(value, type.type, types, context, key);
    case "ref":
      return print(value, types.resolve(type), types, context, key);
    case "scalar":
      // A reader of the same type made the value: its checks are what makes these casts hold.
      switch (type.scalar) {
        case "int64":
          return context.writeInt64(value as bigint, key);
        case "uint64":
          return context.writeUint64(value as bigint, key);
        case "bytes":
          return context.writeBytes(value as Uint8Array, key);
        default:
          return context.writeValue(value, key);
      }
    case "enum":
      return context.writeString(String(value), key);
    case "list":
      return inside(context, key, () => {
        const items = context.array(value).map((item, at) => print(item, type.items, types, context, at));
        return `[${items.join(",")}]`;
      });
    case "map":
      return inside(context, key, () => {
        const entries = Object.entries(context.object(value)).map(
          ([name, item]) => `${context.writeString(name)}:${print(item, type.values, types, context, name)}`,
        );
        return `{${entries.join(",")}}`;
      });
    case "record":
      return inside(context, key, () => {
        const object = context.object(value);
        const entries = type.fields
          .filter((field) => Object.hasOwn(object, field.name))
          .map(
            ({ name, type: fieldType }) =>
              `${context.writeString(name)}:${print(object[name], fieldType, types, context, name)}`,
          );
        return `{${entries.join(",")}}`;
      });
  }
}

/** The root has no key, and is not entered. */
function inside<T>(context: JsonContext, key: Key, body: () => T): T {
  if (key === undefined) return body();
  context.enter(key);
  const result = body();
  context.leave();
  return result;
}
