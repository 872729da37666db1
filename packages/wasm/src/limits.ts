import { WasmFormatError } from "./errors.js";
import type { Reader } from "./reader.js";
import type { Limits, Memory, Table } from "./types.js";
import { readReferenceType } from "./value-type.js";

/** Reads the type of a memory: its limits in pages, and the size of a page where the module declares one. */
export function readMemoryType(reader: Reader, imported: boolean): Memory {
  const { limits, pageSize } = readLimits(reader, "memory", MEMORY_FLAGS);
  return { imported, limits, pageSize };
}

/** Reads the type of a table: what it holds, and how many of them. */
export function readTableType(reader: Reader, imported: boolean): Table {
  const element = readReferenceType(reader, "the type of a table's elements");
  const { limits } = readLimits(reader, "table", TABLE_FLAGS);
  return { imported, element, limits, init: undefined };
}

const HAS_MAX = 1;
const SHARED = 2;
const INDEX_64 = 4;
const PAGE_SIZE = 8;
const TABLE_FLAGS = HAS_MAX | SHARED | INDEX_64;
const MEMORY_FLAGS = TABLE_FLAGS | PAGE_SIZE;

const DEFAULT_PAGE_LOG2 = 16;

function readLimits(
  reader: Reader,
  of: "memory" | "table",
  known: number,
): { limits: Limits; pageSize: number } {
  const start = reader.offset;
  const flags = reader.byte(`the limits of a ${of}`);
  if (flags & ~known) {
    const message = `expected the limits of a ${of} at offset ${start}, got the flags 0x${flags.toString(16)}`;
    throw new WasmFormatError("unsupported", start, message);
  }
  const index = flags & INDEX_64 ? "i64" : "i32";
  const size = (what: string) => (index === "i64" ? reader.u64(what) : BigInt(reader.u32(what)));
  const min = size(`the smallest size of a ${of}`);
  const max = flags & HAS_MAX ? size(`the largest size of a ${of}`) : undefined;
  const pageSize = 2 ** (flags & PAGE_SIZE ? readPageLog2(reader) : DEFAULT_PAGE_LOG2);
  const range = { start, end: reader.offset };
  return { limits: { min, max, shared: (flags & SHARED) !== 0, index, range }, pageSize };
}

/** Read as a power of two; larger than a default page is reserved, and would make sizes that nothing can hold. */
function readPageLog2(reader: Reader): number {
  const start = reader.offset;
  const log2 = reader.u32("the size of a page");
  if (log2 <= DEFAULT_PAGE_LOG2) return log2;
  return reader.fail(
    start,
    `expected the size of a page at offset ${start} to be at most 2^16, got 2^${log2}`,
  );
}
