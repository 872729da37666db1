import type { Field, RecordType, Type } from "@tenon/schema";
import { type CodecFunctions, construct, expected, scalarMethod } from "./codec-functions.js";
import { fieldLocals } from "./locals.js";

/** Emits `textFromJson(value: unknown, c: JsonContext): Text`, which checks a parsed value. */
export function emitJsonReader(name: string, type: Type, codec: CodecFunctions): string {
  const { type: shape } = codec.resolve(type);
  return `function ${name}(value: unknown, c: JsonContext): ${codec.text(type)} { ${statements(shape, type, codec)} }`;
}

function statements(shape: Type, type: Type, codec: CodecFunctions): string {
  const text = codec.text(type);
  switch (shape.kind) {
    case "record":
      return readRecord(shape, text, codec);
    case "enum":
      return `const v = c.string(value); switch (v) { ${shape.values.map((value) => `case ${JSON.stringify(value)}:`).join(" ")} return v; default: return c.notInEnum(${JSON.stringify(expected(shape.values))}, v); }`;
    case "list":
      return `const items = c.array(value); const v: ${text} = []; for (let i = 0; i < items.length; i++) { ${nested("i", shape.items, "items[i]", codec, (read) => `v.push(${read});`)} } return v;`;
    case "map":
      return `const o = c.object(value); const v: ${text} = {}; for (const key of Object.keys(o)) { ${nested("key", shape.values, "o[key]", codec, (read) => `setProperty(v, key, ${read});`)} } return v;`;
    default:
      return `return ${expression(type, "value", undefined, codec)};`;
  }
}

function readRecord(record: RecordType, text: string, codec: CodecFunctions): string {
  const lines = ["const o = c.object(value);"];
  if (record.closed) {
    const known = JSON.stringify(record.fields.map((field) => field.name));
    const names = codec.constant("FIELDS", `/* @__PURE__ */ new Set<string>(${known})`);
    lines.push(`for (const key of Object.keys(o)) if (!${names}.has(key)) c.unknownField(key);`);
  }
  const locals = fieldLocals(record.fields);
  for (const field of record.fields) lines.push(readField(field, locals.get(field.name) ?? "", codec));
  lines.push(construct(record.fields, locals, text));
  return lines.join("\n");
}

function readField(field: Field, variable: string, codec: CodecFunctions): string {
  const name = JSON.stringify(field.name);
  // An object that JSON.parse made has Object.prototype: a key of that must not be taken for the document's.
  const raw = field.name in Object.prototype ? `c.own(o, ${name})` : `o[${name}]`;
  const read = (target: string): string =>
    nested(name, field.type, raw, codec, (text) => `${target} = ${text};`);
  return field.optional
    ? `let ${variable}: ${codec.text(field.type)} | undefined; if (${raw} !== undefined) { ${read(variable)} }`
    : `if (${raw} === undefined) return c.missing(${name}); ${read(`const ${variable}`)}`;
}

/** A value inside another: what has parts of its own is entered, so that an error can name the way to it. */
function nested(
  key: string,
  type: Type,
  value: string,
  codec: CodecFunctions,
  statement: (read: string) => string,
): string {
  if (isPlain(type)) return statement(expression(type, value, key, codec));
  return `c.enter(${key}); ${statement(expression(type, value, undefined, codec))} c.leave();`;
}

function isPlain(type: Type): boolean {
  return type.kind === "scalar" || type.kind === "any" || (type.kind === "nullable" && isPlain(type.type));
}

function expression(type: Type, value: string, key: string | undefined, codec: CodecFunctions): string {
  switch (type.kind) {
    case "scalar":
      return `c.${scalarMethod(type.scalar, codec.dates, "bytes")}(${value}${key === undefined ? "" : `, ${key}`})`;
    case "any":
      return `c.value(${value}${key === undefined ? "" : `, ${key}`})`;
    case "nullable":
      return `(${value} === null ? null : ${expression(type.type, value, key, codec)})`;
    default:
      return `${codec.function(type)}(${value}, c)`;
  }
}
