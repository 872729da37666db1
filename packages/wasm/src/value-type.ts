import { WasmFormatError } from "./errors.js";
import type { Reader } from "./reader.js";
import type { NumericType, ReferenceType, ValueType } from "./types.js";

/** Reads the type of a parameter, a result or a global. */
export function readValueType(reader: Reader, what: string): ValueType {
  const start = reader.offset;
  const code = reader.byte(what);
  const type = NUMERIC_TYPES.get(code) ?? referenceOf(reader, code);
  return type ?? refuse(start, code, what, "a value type");
}

/** Reads the type of a table's elements, or of any other reference. */
export function readReferenceType(reader: Reader, what: string): ReferenceType {
  const start = reader.offset;
  const code = reader.byte(what);
  return referenceOf(reader, code) ?? refuse(start, code, what, "a reference type");
}

/** Steps over a heap type: a type index, or the code of an abstract type. */
export function skipHeapType(reader: Reader): void {
  readHeapType(reader);
}

/** The reference type that a byte stands for or begins, and undefined for any other byte. */
function referenceOf(reader: Reader, code: number): ReferenceType | undefined {
  if (code === REF_NULL) {
    const heap = readHeapType(reader);
    return typeof heap === "number" ? `(ref null ${heap})` : heap.nullable;
  }
  if (code === REF) {
    const heap = readHeapType(reader);
    return typeof heap === "number" ? `(ref ${heap})` : `(ref ${heap.name})`;
  }
  return HEAP_TYPES.get(code)?.nullable;
}

interface HeapType {
  readonly name: string;
  /** The short name of a nullable reference to it. */
  readonly nullable: ReferenceType;
}

function readHeapType(reader: Reader): HeapType | number {
  const start = reader.offset;
  const value = reader.s33("a heap type");
  if (value >= 0) return value;
  // A code of one byte is the 7 low bits of a negative number.
  const heap = value >= -0x40 ? HEAP_TYPES.get(value & 0x7f) : undefined;
  return heap ?? refuse(start, value, "a heap type", "a type index or an abstract heap type");
}

function refuse(offset: number, code: number, what: string, expected: string): never {
  const got = code < 0 ? String(code) : `0x${code.toString(16).padStart(2, "0")}`;
  const message = `expected ${expected} for ${what} at offset ${offset}, got ${got}, which is none that is known`;
  throw new WasmFormatError("unsupported", offset, message);
}

const NUMERIC_TYPES: ReadonlyMap<number, NumericType> = new Map([
  [0x7f, "i32"],
  [0x7e, "i64"],
  [0x7d, "f32"],
  [0x7c, "f64"],
  [0x7b, "v128"],
]);

const REF_NULL = 0x63;
const REF = 0x64;

const HEAP_TYPES: ReadonlyMap<number, HeapType> = new Map([
  [0x75, { name: "nocont", nullable: "nullcontref" }],
  [0x74, { name: "noexn", nullable: "nullexnref" }],
  [0x73, { name: "nofunc", nullable: "nullfuncref" }],
  [0x72, { name: "noextern", nullable: "nullexternref" }],
  [0x71, { name: "none", nullable: "nullref" }],
  [0x70, { name: "func", nullable: "funcref" }],
  [0x6f, { name: "extern", nullable: "externref" }],
  [0x6e, { name: "any", nullable: "anyref" }],
  [0x6d, { name: "eq", nullable: "eqref" }],
  [0x6c, { name: "i31", nullable: "i31ref" }],
  [0x6b, { name: "struct", nullable: "structref" }],
  [0x6a, { name: "array", nullable: "arrayref" }],
  [0x69, { name: "exn", nullable: "exnref" }],
  [0x68, { name: "cont", nullable: "contref" }],
]);
