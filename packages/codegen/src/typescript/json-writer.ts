import type { Field, RecordType, Type } from "@tenon/schema";
import { type CodecFunctions, expected, member, scalarMethod } from "./codec-functions.js";

/** Emits `textToJson(v: Text, c: JsonContext): string`, which concatenates the JSON text. */
export function emitJsonWriter(name: string, type: Type, codec: CodecFunctions): string {
  const { type: shape } = codec.resolve(type);
  return `function ${name}(v: ${codec.text(type)}, c: JsonContext): string { ${statements(shape, type, codec)} }`;
}

function statements(shape: Type, type: Type, codec: CodecFunctions): string {
  switch (shape.kind) {
    case "record":
      return writeRecord(shape, codec);
    case "enum":
      return `switch (v) { ${shape.values.map((value) => `case ${JSON.stringify(value)}: return ${JSON.stringify(JSON.stringify(value))};`).join(" ")} default: return c.notInEnum(${JSON.stringify(expected(shape.values))}, v); }`;
    case "list":
      return `const items = c.array(v) as ${codec.text(type)}; let json = ""; for (let i = 0; i < items.length; i++) { const item = items[i] as (typeof items)[number]; ${nested("i", shape.items, "item", codec, (text) => `json += i === 0 ? ${text} : "," + ${text};`)} } return "[" + json + "]";`;
    case "map":
      return `let json = ""; for (const [key, value] of Object.entries(c.object(v) as ${codec.text(type)})) { ${nested("key", shape.values, "value", codec, (text) => `json += (json === "" ? "" : ",") + c.writeString(key) + ":" + ${text};`)} } return "{" + json + "}";`;
    default:
      return `return ${expression(type, "v", undefined, codec)};`;
  }
}

function writeRecord(record: RecordType, codec: CodecFunctions): string {
  const [first] = record.fields;
  if (first === undefined) return 'c.object(v); return "{}";';
  const lines = ["c.object(v);", 'let json = "{";'];
  // Whether a comma is due before the next field: known while the fields so far are all required, or one of them is.
  let comma: "no" | "yes" | "maybe" = "no";
  for (const field of record.fields) {
    const value = member("v", field.name);
    const key = `${JSON.stringify(field.name)}:`;
    const separator = {
      no: JSON.stringify(key),
      yes: JSON.stringify(`,${key}`),
      maybe: `(json === "{" ? "" : ",") + ${JSON.stringify(key)}`,
    }[comma];
    const write = writeField(field, value, separator, codec);
    lines.push(field.optional ? `if (${value} !== undefined) { ${write} }` : write);
    if (!field.optional) comma = "yes";
    else if (comma === "no") comma = "maybe";
  }
  return [...lines, 'return json + "}";'].join("\n");
}

function writeField(field: Field, value: string, separator: string, codec: CodecFunctions): string {
  return nested(
    JSON.stringify(field.name),
    field.type,
    value,
    codec,
    (text) => `json += ${separator} + ${text};`,
  );
}

/** A value inside another: what has parts of its own is entered, so that an error can name the way to it. */
function nested(
  key: string,
  type: Type,
  value: string,
  codec: CodecFunctions,
  statement: (text: string) => string,
): string {
  if (isPlain(type)) return statement(expression(type, value, key, codec));
  return `c.enter(${key}); ${statement(expression(type, value, undefined, codec))} c.leave();`;
}

function isPlain(type: Type): boolean {
  return type.kind === "scalar" || type.kind === "any" || (type.kind === "nullable" && isPlain(type.type));
}

function expression(type: Type, value: string, key: string | undefined, codec: CodecFunctions): string {
  const at = key === undefined ? "" : `, ${key}`;
  switch (type.kind) {
    case "scalar": {
      const method = scalarMethod(type.scalar, codec.dates, "bytes");
      return `c.write${method.charAt(0).toUpperCase()}${method.slice(1)}(${value}${at})`;
    }
    case "any":
      return `c.writeValue(${value}${at})`;
    case "nullable":
      return `(${value} === null ? "null" : ${expression(type.type, value, key, codec)})`;
    default:
      return `${codec.function(type)}(${value}, c)`;
  }
}
