import type { Field, RecordType, Type } from "@tenon/schema";
import { type CodecFunctions, construct, expected, scalarMethod } from "./codec-functions.js";
import { keyTest } from "./key-bytes.js";
import { fieldLocals } from "./locals.js";

/** Emits `readText(r: Reader): Text`. */
export function emitMessagePackReader(name: string, type: Type, codec: CodecFunctions): string {
  const { type: shape, recursive } = codec.resolve(type);
  const text = codec.text(type);
  if (shape.kind === "record") return readRecord(name, text, shape, recursive, codec);
  return `function ${name}(r: Reader): ${text} { ${statements(shape, type, text, codec)} }`;
}

function statements(shape: Type, type: Type, text: string, codec: CodecFunctions): string {
  switch (shape.kind) {
    case "enum":
      return `const v = r.string(); switch (v) { ${shape.values.map((value) => `case ${JSON.stringify(value)}:`).join(" ")} return v; default: return r.notInEnum(${JSON.stringify(expected(shape.values))}, v); }`;
    case "list":
      return `const length = r.array(); const v: ${text} = []; for (let i = 0; i < length; i++) v.push(${readValue(shape.items, codec)}); return v;`;
    case "map":
      return `const v: ${text} = {}; for (let left = r.map(); left > 0; left--) { const key = r.key(); setProperty(v, key, ${readValue(shape.values, codec)}); } return v;`;
    default:
      return `return ${readValue(type, codec)};`;
  }
}

/**
 * Two readers: one for the fields in their declared order, which is how every binding writes them, and one for any
 * order and for keys that aren't known. The first gives up, and the second starts over, at the first surprise.
 */
function readRecord(
  name: string,
  text: string,
  record: RecordType,
  recursive: boolean,
  codec: CodecFunctions,
): string {
  const locals = fieldLocals(record.fields);
  const local = (field: Field): string => locals.get(field.name) ?? "";
  const enter = recursive ? "r.enter();" : "";
  const leave = recursive ? "r.leave();" : "";
  return `function ${name}(r: Reader): ${text} {
  const start = r.pos;
  ${enter}
  inOrder: {
    ${fieldsInOrder(record, local, codec)}
    ${leave}
    ${construct(record.fields, locals, text)}
  }
  ${leave}
  r.pos = start;
  return ${name}InAnyOrder(r);
}

function ${name}InAnyOrder(r: Reader): ${text} {
  ${record.fields.every((field) => field.optional) ? "" : "const start = r.pos;"}
  ${enter}
  ${record.fields.map((field) => `let ${local(field)}: ${codec.text(field.type)} | undefined;`).join("\n")}
  for (let left = r.map(); left > 0; left--) {
    const key = r.key();
    switch (key) {
      ${record.fields.map((field) => `case ${JSON.stringify(field.name)}: ${local(field)} = ${readValue(field.type, codec)}; break;`).join("\n")}
      default: ${record.closed ? "r.unknownField(key);" : "r.skip();"}
    }
  }
  ${leave}
  ${record.fields.map((field) => (field.optional ? "" : `if (${local(field)} === undefined) return r.missing(${JSON.stringify(field.name)}, start);`)).join("\n")}
  ${construct(record.fields, locals, text)}
}`;
}

function fieldsInOrder(record: RecordType, local: (field: Field) => string, codec: CodecFunctions): string {
  const fixed = record.fields.every((field) => !field.optional);
  const test = (field: Field): string =>
    keyTest(field.name, (bytes) =>
      codec.constant(
        `KEY_${field.name.replace(/[^A-Za-z0-9]+/g, "_").toUpperCase()}`,
        `/* @__PURE__ */ new Uint8Array([${bytes.join(", ")}])`,
      ),
    );
  const lines = fixed ? [`if (r.map() !== ${record.fields.length}) break inOrder;`] : ["let left = r.map();"];
  for (const field of record.fields) {
    const read = `${local(field)} = ${readValue(field.type, codec)};`;
    if (field.optional) {
      lines.push(`let ${local(field)}: ${codec.text(field.type)} | undefined;`);
      lines.push(`if (left > 0 && ${test(field)}) { left--; ${read} }`);
    } else {
      lines.push(`if (${fixed ? "" : "left-- <= 0 || "}!${test(field)}) break inOrder; const ${read}`);
    }
  }
  if (!fixed) lines.push("if (left !== 0) break inOrder;");
  return lines.join("\n");
}

function readValue(type: Type, codec: CodecFunctions): string {
  switch (type.kind) {
    case "scalar":
      return `r.${scalarMethod(type.scalar, codec.dates, "binary")}()`;
    case "any":
      return "r.value()";
    case "nullable":
      return `r.isNil() ? null : ${readValue(type.type, codec)}`;
    default:
      return `${codec.function(type)}(r)`;
  }
}
