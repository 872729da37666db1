import { WasmFormatError } from "../errors.js";
import { MAX_ENTRIES, type Reader } from "../reader.js";
import type { FunctionType, OpaqueType, TypeEntry, ValueType } from "../types.js";
import { readValueType } from "../value-type.js";

/** Reads the type section. Function types are decoded; structs and arrays only stepped over. */
export function readTypeSection(reader: Reader): TypeEntry[] {
  const types: TypeEntry[] = [];
  for (let left = reader.count("types", 2); left > 0; left -= 1) {
    if (!readRecursiveType(reader, types)) break;
  }
  return types;
}

/**
 * The function type that an index names. Undefined when it stands behind a type of a form that is not known;
 * any other index that names no function type is refused.
 */
export function functionTypeAt(
  types: readonly TypeEntry[],
  index: number,
  reader: Reader,
  offset: number,
): FunctionType | undefined {
  const type = types[index];
  if (type?.kind === "func") return type;
  if (type?.kind === "unknown" || (type === undefined && types.at(-1)?.kind === "unknown")) return undefined;
  const got = type ? `which is that of type ${type.kind}` : `but there are only ${types.length} types`;
  return reader.fail(
    offset,
    `expected the index of a function type at offset ${offset}, got ${index}, ${got}`,
  );
}

const FUNC = 0x60;
const STRUCT = 0x5f;
const ARRAY = 0x5e;
const SUB = 0x50;
const SUB_FINAL = 0x4f;
const REC_GROUP = 0x4e;
const PACKED_I8 = 0x78;
const PACKED_I16 = 0x77;

/** Adds one type or the types of a group, and tells whether there is a way to go on behind them. */
function readRecursiveType(reader: Reader, types: TypeEntry[]): boolean {
  if (peek(reader) !== REC_GROUP) return readSubType(reader, types);
  reader.byte("a recursive group");
  for (let left = reader.count("types in a recursive group", 2); left > 0; left -= 1) {
    if (!readSubType(reader, types)) return false;
  }
  return true;
}

/** Adds one type, and tells whether there is a way to go on behind it. */
function readSubType(reader: Reader, types: TypeEntry[]): boolean {
  const start = reader.offset;
  // Each list is bounded by itself, but groups add up.
  if (types.length >= MAX_ENTRIES) {
    throw new WasmFormatError(
      "unsupported",
      start,
      `more than ${MAX_ENTRIES} types, which is as many as are supported`,
    );
  }
  let form = reader.byte("a type");
  if (form === SUB || form === SUB_FINAL) {
    skipMany(reader, "supertypes", () => reader.u32("a supertype"));
    form = reader.byte("a type");
  }
  const type = readCompositeType(reader, form, start);
  types.push(type);
  return type.kind !== "unknown";
}

function readCompositeType(reader: Reader, form: number, start: number): TypeEntry {
  const opaque = (kind: OpaqueType["kind"]) => ({ kind, range: { start, end: reader.offset } });
  switch (form) {
    case FUNC: {
      const params = readValueTypes(reader, "parameters");
      const results = readValueTypes(reader, "results");
      return { kind: "func", params, results, range: { start, end: reader.offset } };
    }
    case STRUCT:
      skipMany(reader, "fields", () => skipField(reader));
      return opaque("struct");
    case ARRAY:
      skipField(reader);
      return opaque("array");
    default:
      reader.offset = reader.end;
      return opaque("unknown");
  }
}

function readValueTypes(reader: Reader, what: string): ValueType[] {
  const types: ValueType[] = [];
  for (let left = reader.count(what); left > 0; left -= 1) {
    types.push(readValueType(reader, `one of the ${what} of a function type`));
  }
  return types;
}

/** The type that is stored, then a byte that says whether it can be written to. */
function skipField(reader: Reader): void {
  const form = peek(reader);
  if (form === PACKED_I8 || form === PACKED_I16) reader.byte("a field");
  else readValueType(reader, "a field");
  reader.byte("the mutability of a field");
}

function skipMany(reader: Reader, what: string, skip: () => void): void {
  for (let left = reader.count(what); left > 0; left -= 1) skip();
}

function peek(reader: Reader): number | undefined {
  return reader.remaining > 0 ? reader.bytes[reader.offset] : undefined;
}
