import type { RecordType, Type } from "@tenon/schema";
import type { Codec, Dialect } from "./codec.js";
import { oneLine, quote } from "./comments.js";
import { packedMap, packedString, putBytes, takeBytes } from "./constants.js";
import { readRecord } from "./records.js";

/** MessagePack's part of the codec functions. */
export const messagepackDialect: Dialect = {
  encoding: "messagepack",
  readRecord: (record, name, codec) =>
    readRecord(record, name, codec, {
      open: "let left = reader.map();",
      anotherKey: "left",
      loop: "for (; left; left--)",
      next: "left--;",
      take: (key) => takeBytes(packedString(key)),
    }),
  writeRecord,
  readList: (items, codec) => `const length = reader.list();
const list = reader.blankList<${codec.types.text(items)}>(length);
for (let i = 0; i < length; i++) unchecked((list[i] = ${codec.read(items)}));
return list;`,
  writeList: (items, codec) => `const length = value.length;
writer.list(length);
for (let i = 0; i < length; i++) ${codec.write(items, "unchecked(value[i])")}`,
  readMap: (values, codec) => `const map = new Map<string, ${codec.types.text(values)}>();
for (let left = reader.map(); left && !Failure.active; left--) {
const key = reader.text();
map.set(key, ${codec.read(values)});
}
return map;`,
  writeMap: (values: Type, codec) => `const keys = value.keys();
const entries = value.values();
writer.map(keys.length);
for (let i = 0; i < keys.length; i++) {
writer.text(unchecked(keys[i]));
${codec.write(values, "unchecked(entries[i])")}
}`,
  writeConstant: (text) => putBytes(packedString(text)),
};

function writeRecord(record: RecordType, codec: Codec): string {
  const identifiers = codec.types.fields(record);
  const locals = codec.locals(record);
  const optional = record.fields.filter((field) => field.optional);
  const required = record.fields.length - optional.length;
  const lines: string[] = [];
  // The constant bytes that stand before the next value: the map's head, then a key.
  let run: number[] = [];
  if (optional.length === 0) {
    run = packedMap(required);
  } else {
    lines.push(`let size = ${required};`);
    for (const field of optional) {
      lines.push(`const ${locals.get(field.name)} = value.${identifiers.get(field.name)};`);
      lines.push(`if (${locals.get(field.name)} !== null) size++;`);
    }
    lines.push("writer.map(size);");
  }
  for (const field of record.fields) {
    run.push(...packedString(field.name));
    const key = `// ${oneLine(quote(field.name))}\n${putBytes(run)}`;
    run = [];
    const local = locals.get(field.name) ?? field.name;
    if (field.optional)
      lines.push(`if (${local} !== null) {\n${key}\n${codec.writePresent(field, local)}\n}`);
    else lines.push(`${key}\n${codec.write(field.type, `value.${identifiers.get(field.name)}`)}`);
  }
  if (run.length > 0) lines.push(putBytes(run));
  return lines.join("\n");
}
