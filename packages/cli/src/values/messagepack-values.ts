import { type Reader, setProperty, type Writer } from "@tenon/codec";
import type { Field, Type } from "@tenon/schema";
import type { TypeTable } from "./type-table.js";

/** Writes a value of a type of the IR. The value is one that {@link readJsonValue} made, or a user's function. */
export function writeMessagePackValue(writer: Writer, value: unknown, type: Type, types: TypeTable): void {
  switch (type.kind) {
    case "any":
      return writer.value(value);
    case "nullable":
      return value === null ? writer.nil() : writeMessagePackValue(writer, value, type.type, types);
    case "ref":
      return writeMessagePackValue(writer, value, types.resolve(type), types);
    case "scalar":
      // Each method checks its argument, whatever the type says it is.
      switch (type.scalar) {
        case "bytes":
          return writer.binary(value as Uint8Array);
        case "date-time":
          return writer.string(value as string);
        default:
          return writer[type.scalar](value as never);
      }
    case "enum":
      if (!type.values.includes(value as string))
        throw new TypeError(`expected one of ${type.values.join(", ")}`);
      return writer.string(value as string);
    case "list": {
      if (!Array.isArray(value)) throw new TypeError("expected an array");
      writer.enter();
      writer.array(value.length);
      for (const item of value) writeMessagePackValue(writer, item, type.items, types);
      return writer.leave();
    }
    case "map": {
      const entries = Object.entries(objectOf(value));
      writer.enter();
      writer.map(entries.length);
      for (const [key, item] of entries) {
        writer.string(key);
        writeMessagePackValue(writer, item, type.values, types);
      }
      return writer.leave();
    }
    case "record": {
      const object = objectOf(value);
      const fields = type.fields.filter((field) => !field.optional || object[field.name] !== undefined);
      writer.enter();
      writer.map(fields.length);
      for (const field of fields) {
        writer.string(field.name);
        writeMessagePackValue(writer, object[field.name], field.type, types);
      }
      return writer.leave();
    }
  }
}

/** Reads a value of a type of the IR, with every check that a generated reader makes. */
export function readMessagePackValue(reader: Reader, type: Type, types: TypeTable): unknown {
  switch (type.kind) {
    case "any":
      return reader.value();
    case "nullable":
      return reader.isNil() ? null : readMessagePackValue(reader, type.type, types);
    case "ref":
      return readMessagePackValue(reader, types.resolve(type), types);
    case "scalar":
      switch (type.scalar) {
        case "bytes":
          return reader.binary();
        case "date-time":
          return reader.string();
        default:
          return reader[type.scalar]();
      }
    case "enum": {
      const text = reader.string();
      return type.values.includes(text) ? text : reader.notInEnum(type.values.join(", "), text);
    }
    case "list": {
      reader.enter();
      const items: unknown[] = [];
      for (let left = reader.array(); left > 0; left--)
        items.push(readMessagePackValue(reader, type.items, types));
      reader.leave();
      return items;
    }
    case "map": {
      reader.enter();
      const result = {};
      for (let left = reader.map(); left > 0; left--) {
        const key = reader.key();
        setProperty(result, key, readMessagePackValue(reader, type.values, types));
      }
      reader.leave();
      return result;
    }
    case "record":
      return readRecord(reader, type.fields, type.closed, types);
  }
}

function readRecord(reader: Reader, fields: readonly Field[], closed: boolean, types: TypeTable): object {
  const start = reader.pos;
  const byName = new Map(fields.map((field) => [field.name, field]));
  reader.enter();
  const result = {};
  for (let left = reader.map(); left > 0; left--) {
    const key = reader.key();
    const field = byName.get(key);
    if (field !== undefined) setProperty(result, key, readMessagePackValue(reader, field.type, types));
    else if (closed) reader.unknownField(key);
    else reader.skip();
  }
  reader.leave();
  for (const { name, optional } of fields)
    if (!optional && !Object.hasOwn(result, name)) reader.missing(name, start);
  return result;
}

function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new TypeError("expected an object");
  // An object's properties may be anything: what becomes of them is checked one by one.
  return value as Record<string, unknown>;
}
