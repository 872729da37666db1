import { skipInstruction } from "./instructions.js";
import { type ByteRange, Reader } from "./reader.js";
import type { Module } from "./types.js";
import { readReferenceType, readValueType } from "./value-type.js";

/**
 * Finds every place, exports apart, where a module names a function by its index: calls, references in code, in
 * tables and in the first values of globals, element segments, the start function. Answers the offsets of those
 * LEB128 numbers, ascending. Throws a {@link WasmFormatError} for instructions that can't be stepped over, which
 * are those of garbage collection.
 */
export function functionReferences(bytes: Uint8Array, module: Module): Uint32Array<ArrayBuffer> {
  const found: number[] = [];
  for (const { init } of [...module.globals, ...module.tables]) {
    if (init) scanExpression(bytes, init, "constant expression", found);
  }
  for (const { kind, payload } of module.sections) {
    if (kind === "start") found.push(payload.start);
    if (kind === "element") scanElements(new Reader(bytes, payload, "element section"), found);
  }
  for (const body of module.bodies) scanExpression(bytes, locals(bytes, body), "code section", found);
  return Uint32Array.from(found).sort();
}

function scanExpression(bytes: Uint8Array, range: ByteRange, place: string, found: number[]): void {
  const reader = new Reader(bytes, range, place);
  while (reader.remaining > 0) skipInstruction(reader, found);
}

/** What of a function's body is instructions: the locals come before. */
function locals(bytes: Uint8Array, body: ByteRange): ByteRange {
  const reader = new Reader(bytes, body, "code section");
  for (let left = reader.count("groups of locals", 2); left > 0; left -= 1) {
    reader.u32("the number of locals");
    readValueType(reader, "a local");
  }
  return { start: reader.offset, end: body.end };
}

// The flags of an element segment. Where the table is named, or the segment has no table, its type is named too.
const NO_TABLE = 1;
const NAMED = 2;
const EXPRESSIONS = 4;

function scanElements(reader: Reader, found: number[]): void {
  for (let left = reader.count("element segments", 2); left > 0; left -= 1) {
    const offset = reader.offset;
    const flags = reader.u32("the mode of an element segment");
    if (flags > 7) {
      reader.fail(
        offset,
        `expected the mode of an element segment, 0 to 7, at offset ${offset}, got ${flags}`,
      );
    }
    if (!(flags & NO_TABLE)) {
      if (flags & NAMED) reader.u32("a table index");
      scanToEnd(reader, found);
    }
    if (flags & (NO_TABLE | NAMED)) skipElementType(reader, flags);
    for (let entries = reader.count("elements"); entries > 0; entries -= 1) {
      if (flags & EXPRESSIONS) scanToEnd(reader, found);
      else {
        found.push(reader.offset);
        reader.u32("a function index");
      }
    }
  }
}

function skipElementType(reader: Reader, flags: number): void {
  if (flags & EXPRESSIONS) readReferenceType(reader, "the type of elements");
  else reader.byte("the kind of elements");
}

const END = 0x0b;

/** A constant expression has no blocks: the first `end` is its own. */
function scanToEnd(reader: Reader, found: number[]): void {
  while (skipInstruction(reader, found) !== END) {
    // The next one.
  }
}
