import { WasmFormatError } from "./errors.js";
import type { Reader } from "./reader.js";
import { readValueType, skipHeapType } from "./value-type.js";

/**
 * Steps over one instruction with its operands, and answers its opcode: the first byte. The offset of an operand
 * that is the index of a function is added to `functions`. Throws a {@link WasmFormatError} for an opcode that is
 * none, or one of garbage collection.
 */
export function skipInstruction(reader: Reader, functions: number[]): number {
  const offset = reader.offset;
  const opcode = reader.byte("an instruction");
  switch (OPERANDS[opcode]) {
    case NONE:
      break;
    case FUNCTION:
      functions.push(reader.offset);
      reader.u32("a function index");
      break;
    case INDEX:
      reader.u32("an index");
      break;
    case TWO_INDEXES:
      reader.u32("an index");
      reader.u32("an index");
      break;
    case MEMORY:
      skipMemoryOperand(reader);
      break;
    case BLOCK:
      reader.s33("a block type");
      break;
    case HEAP_TYPE:
      skipHeapType(reader);
      break;
    default:
      skipRare(reader, opcode, offset);
  }
  return opcode;
}

const REFUSED = 0;
const NONE = 1;
const FUNCTION = 2;
const INDEX = 3;
const TWO_INDEXES = 4;
const MEMORY = 5;
const BLOCK = 6;
const HEAP_TYPE = 7;
const RARE = 8;

/** What follows an opcode, by the opcode (WebAssembly 3.0, section 5.4, and the older exceptions of its appendix). */
const OPERANDS: Uint8Array = operandTable([
  [0x00, 0x01, NONE], // unreachable, nop
  [0x02, 0x04, BLOCK], // block, loop, if
  [0x05, 0x05, NONE], // else
  [0x06, 0x06, BLOCK], // try
  [0x07, 0x09, INDEX], // catch, throw, rethrow
  [0x0a, 0x0b, NONE], // throw_ref, end
  [0x0c, 0x0d, INDEX], // br, br_if
  [0x0e, 0x0e, RARE], // br_table
  [0x0f, 0x0f, NONE], // return
  [0x10, 0x10, FUNCTION], // call
  [0x11, 0x11, TWO_INDEXES], // call_indirect
  [0x12, 0x12, FUNCTION], // return_call
  [0x13, 0x13, TWO_INDEXES], // return_call_indirect
  [0x14, 0x15, INDEX], // call_ref, return_call_ref
  [0x18, 0x18, INDEX], // delegate
  [0x19, 0x1b, NONE], // catch_all, drop, select
  [0x1c, 0x1c, RARE], // select with types
  [0x1f, 0x1f, RARE], // try_table
  [0x20, 0x26, INDEX], // local, global, table
  [0x28, 0x3e, MEMORY], // loads and stores
  [0x3f, 0x40, INDEX], // memory.size, memory.grow
  [0x41, 0x44, RARE], // constants
  [0x45, 0xc4, NONE], // numeric
  [0xd0, 0xd0, HEAP_TYPE], // ref.null
  [0xd1, 0xd1, NONE], // ref.is_null
  [0xd2, 0xd2, FUNCTION], // ref.func
  [0xd3, 0xd4, NONE], // ref.eq, ref.as_non_null
  [0xd5, 0xd6, INDEX], // br_on_null, br_on_non_null
  [0xfc, 0xfe, RARE], // prefixes: saturating and bulk, vector, atomic
]);

function operandTable(rows: readonly (readonly [first: number, last: number, form: number])[]): Uint8Array {
  const table = new Uint8Array(256).fill(REFUSED);
  for (const [first, last, form] of rows) table.fill(form, first, last + 1);
  return table;
}

function skipRare(reader: Reader, opcode: number, offset: number): void {
  switch (opcode) {
    case 0x0e:
      for (let left = reader.count("labels"); left >= 0; left -= 1) reader.u32("a label");
      return;
    case 0x1c:
      for (let left = reader.count("types"); left > 0; left -= 1) readValueType(reader, "a selected value");
      return;
    case 0x1f:
      skipTryTable(reader, offset);
      return;
    case 0x41:
      reader.s32("a constant");
      return;
    case 0x42:
      reader.s64("a constant");
      return;
    case 0x43:
      reader.take(4, "a constant");
      return;
    case 0x44:
      reader.take(8, "a constant");
      return;
    case 0xfc:
      skipBulk(reader, offset);
      return;
    case 0xfd:
      skipVector(reader);
      return;
    case 0xfe:
      skipAtomic(reader);
      return;
    default:
      refuse(offset, `0x${opcode.toString(16).padStart(2, "0")}`);
  }
}

/** The alignment says in a bit of its own whether a memory is named. */
const NAMED_MEMORY = 0x40;

function skipMemoryOperand(reader: Reader): void {
  if (reader.u32("an alignment") & NAMED_MEMORY) reader.u32("a memory index");
  reader.u64("an offset");
}

function skipTryTable(reader: Reader, offset: number): void {
  reader.s33("a block type");
  for (let left = reader.count("catch clauses", 2); left > 0; left -= 1) {
    const kind = reader.byte("a catch clause");
    if (kind > 3) refuse(offset, `try_table with a clause ${kind}`);
    if (kind < 2) reader.u32("a tag index");
    reader.u32("a label");
  }
}

/** The number of operands of the instructions 8 to 17 behind 0xfc; those before have none. */
const BULK_OPERANDS = [2, 1, 2, 1, 2, 1, 2, 1, 1, 1];

function skipBulk(reader: Reader, offset: number): void {
  const code = reader.u32("an instruction");
  const operands = code < 8 ? 0 : BULK_OPERANDS[code - 8];
  if (operands === undefined) refuse(offset, `0xfc ${code}`);
  for (let left = operands; left > 0; left -= 1) reader.u32("an index");
}

function skipVector(reader: Reader): void {
  const code = reader.u32("an instruction");
  if (code <= 11 || code === 92 || code === 93) skipMemoryOperand(reader);
  else if (code === 12 || code === 13) reader.take(16, "a constant");
  else if (code >= 21 && code <= 34) reader.byte("a lane");
  else if (code >= 84 && code <= 91) {
    skipMemoryOperand(reader);
    reader.byte("a lane");
  }
}

function skipAtomic(reader: Reader): void {
  const code = reader.u32("an instruction");
  if (code === 3) reader.byte("a fence's flags");
  else skipMemoryOperand(reader);
}

function refuse(offset: number, instruction: string): never {
  const message = `expected an instruction that is known at offset ${offset}, got ${instruction}`;
  throw new WasmFormatError("unsupported", offset, message);
}
