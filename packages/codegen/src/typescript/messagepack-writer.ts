import type { RecordType, Type } from "@tenon/schema";
import { type CodecFunctions, expected, member, scalarMethod } from "./codec-functions.js";
import { keyBytes, mapHeader, putRun } from "./key-bytes.js";

/** Emits `writeText(w: Writer, v: Text): void`. */
export function emitMessagePackWriter(name: string, type: Type, codec: CodecFunctions): string {
  const { type: shape, recursive } = codec.resolve(type);
  const body = statements(shape, type, codec);
  const guarded = recursive ? `w.enter(); ${body} w.leave();` : body;
  // A parameter that isn't used says so: the generated code compiles with noUnusedParameters.
  const value = shape.kind === "record" && shape.fields.length === 0 ? "_v" : "v";
  return `function ${name}(w: Writer, ${value}: ${codec.text(type)}): void { ${guarded} }`;
}

function statements(shape: Type, type: Type, codec: CodecFunctions): string {
  switch (shape.kind) {
    case "record":
      return writeRecord(shape, codec);
    case "enum":
      return `switch (v) { ${shape.values.map((value) => `case ${JSON.stringify(value)}:`).join(" ")} w.string(v); break; default: w.notInEnum(${JSON.stringify(expected(shape.values))}, v); }`;
    case "list":
      return `w.array(v.length); for (const item of v) { ${writeValue(shape.items, "item", codec)} }`;
    case "map":
      return `const entries = Object.entries(v); w.map(entries.length); for (const [key, value] of entries) { w.string(key); ${writeValue(shape.values, "value", codec)} }`;
    default:
      return writeValue(type, "v", codec);
  }
}

function writeRecord(record: RecordType, codec: CodecFunctions): string {
  const required = record.fields.filter((field) => !field.optional);
  const optional = record.fields.filter((field) => field.optional);
  const lines: string[] = [];
  // The constant bytes that stand before the next value: the map's header, then keys.
  let run: number[] = [];
  if (optional.length === 0) run = mapHeader(required.length);
  else {
    lines.push(`let size = ${required.length};`);
    for (const field of optional) lines.push(`if (${member("v", field.name)} !== undefined) size++;`);
    lines.push("w.map(size);");
  }
  for (const field of record.fields) {
    const value = member("v", field.name);
    run.push(...keyBytes(field.name));
    const write = `w.reserve(${run.length}); ${putRun(run)} // ${JSON.stringify(field.name)}\n${writeValue(field.type, value, codec)}`;
    lines.push(field.optional ? `if (${value} !== undefined) {\n${write}\n}` : write);
    run = [];
  }
  if (run.length > 0) lines.push(`w.reserve(${run.length}); ${putRun(run)}`);
  return lines.join("\n");
}

function writeValue(type: Type, value: string, codec: CodecFunctions): string {
  switch (type.kind) {
    case "scalar":
      return `w.${scalarMethod(type.scalar, codec.dates, "binary")}(${value});`;
    case "any":
      return `w.value(${value});`;
    case "nullable":
      return `if (${value} === null) w.nil(); else { ${writeValue(type.type, value, codec)} }`;
    default:
      return `${codec.function(type)}(w, ${value});`;
  }
}
