import { WasmFormatError } from "./errors.js";
import type { ByteRange, Reader } from "./reader.js";
import { skipHeapType } from "./value-type.js";

/**
 * Steps over a constant expression: the first value of a global, or the address of a segment. The range includes
 * the final `end`. An instruction that is not constant is refused, as its length is not known here.
 */
export function readConstExpr(reader: Reader, what: string): ByteRange {
  const start = reader.offset;
  for (;;) {
    const offset = reader.offset;
    const opcode = reader.byte(what);
    if (opcode === END) return { start, end: reader.offset };
    skipOperands(reader, opcode, offset, what);
  }
}

const END = 0x0b;

function skipOperands(reader: Reader, opcode: number, offset: number, what: string): void {
  switch (opcode) {
    case 0x41: // i32.const
      reader.s32("a constant");
      return;
    case 0x42: // i64.const
      reader.s64("a constant");
      return;
    case 0x43: // f32.const
      reader.take(4, "a constant");
      return;
    case 0x44: // f64.const
      reader.take(8, "a constant");
      return;
    case 0x23: // global.get
    case 0xd2: // ref.func
      reader.u32("an index");
      return;
    case 0xd0: // ref.null
      skipHeapType(reader);
      return;
    case 0x6a: // i32.add, i32.sub, i32.mul
    case 0x6b:
    case 0x6c:
    case 0x7c: // i64.add, i64.sub, i64.mul
    case 0x7d:
    case 0x7e:
      return;
    case 0xfb:
      skipGcOperands(reader, offset, what);
      return;
    case 0xfd: {
      const code = reader.u32("an instruction");
      if (code !== 0x0c) refuse(offset, `0xfd ${code}`, what);
      reader.take(16, "a constant"); // v128.const
      return;
    }
    default:
      refuse(offset, `0x${opcode.toString(16).padStart(2, "0")}`, what);
  }
}

function skipGcOperands(reader: Reader, offset: number, what: string): void {
  const code = reader.u32("an instruction");
  switch (code) {
    case 0x00: // struct.new, struct.new_default
    case 0x01:
    case 0x06: // array.new, array.new_default
    case 0x07:
      reader.u32("a type index");
      return;
    case 0x08: // array.new_fixed
      reader.u32("a type index");
      reader.u32("a length");
      return;
    case 0x1a: // any.convert_extern, extern.convert_any, ref.i31
    case 0x1b:
    case 0x1c:
      return;
    default:
      refuse(offset, `0xfb ${code}`, what);
  }
}

function refuse(offset: number, instruction: string, what: string): never {
  const message = `expected a constant instruction in ${what} at offset ${offset}, got ${instruction}`;
  throw new WasmFormatError("unsupported", offset, message);
}
