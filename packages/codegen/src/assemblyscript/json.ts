import type { RecordType } from "@tenon/schema";
import type { Codec, Dialect } from "./codec.js";
import { oneLine, quote } from "./comments.js";
import { putBytes, takeBytes, utf8 } from "./constants.js";
import { readRecord } from "./records.js";

/** JSON's part of the codec functions. */
export const jsonDialect: Dialect = {
  encoding: "json",
  readRecord: (record, name, codec) =>
    readRecord(record, name, codec, {
      open: "let more = reader.object();",
      anotherKey: "more",
      loop: "for (; more; more = reader.more())",
      next: "more = reader.more();",
      take: (key) => takeBytes(utf8(`${JSON.stringify(key)}:`)),
    }),
  writeRecord,
  readList: (items, codec) => `const list = new Array<${codec.types.text(items)}>();
for (let more = reader.list(); more; more = reader.moreItems()) list.push(${codec.read(items)});
return list;`,
  writeList: (items, codec) => `const length = value.length;
writer.mark(0x5b);
for (let i = 0; i < length; i++) {
if (i) writer.mark(0x2c);
${codec.write(items, "unchecked(value[i])")}
}
writer.mark(0x5d);`,
  readMap: (values, codec) => `const map = new Map<string, ${codec.types.text(values)}>();
for (let more = reader.object(); more; more = reader.more()) {
const key = reader.keyText();
map.set(key, ${codec.read(values)});
}
return map;`,
  writeMap: (values, codec) => `const keys = value.keys();
const entries = value.values();
writer.mark(0x7b);
for (let i = 0; i < keys.length; i++) {
if (i) writer.mark(0x2c);
writer.text(unchecked(keys[i]));
writer.mark(0x3a);
${codec.write(values, "unchecked(entries[i])")}
}
writer.mark(0x7d);`,
  writeConstant: (text) => putBytes(utf8(JSON.stringify(text))),
};

function writeRecord(record: RecordType, codec: Codec): string {
  const identifiers = codec.types.fields(record);
  const locals = codec.locals(record);
  const firstRequired = record.fields.findIndex((field) => !field.optional);
  const lines: string[] = [];
  // Until a field is sure to have been written, whether a comma or the brace comes next is known at run time only.
  if (firstRequired !== 0) lines.push("writer.mark(0x7b);");
  const openFields = firstRequired < 0 ? record.fields.length : firstRequired;
  record.fields.forEach((field, index) => {
    const name = `${JSON.stringify(field.name)}:`;
    const prefix = index === 0 && firstRequired === 0 ? "{" : index > openFields ? "," : "";
    // An optional field before the first required one brings its comma behind it.
    const suffix = index < openFields ? "\nwriter.mark(0x2c);" : "";
    const key = `// ${oneLine(quote(field.name))}\n${putBytes(utf8(prefix + name))}`;
    const local = locals.get(field.name) ?? field.name;
    const member = `value.${identifiers.get(field.name)}`;
    if (field.optional) {
      lines.push(`const ${local} = ${member};`);
      lines.push(`if (${local} !== null) {\n${key}\n${codec.writePresent(field, local)}${suffix}\n}`);
    } else {
      lines.push(`${key}\n${codec.write(field.type, member)}`);
    }
  });
  lines.push(firstRequired < 0 ? "writer.close();" : "writer.mark(0x7d);");
  return lines.join("\n");
}
