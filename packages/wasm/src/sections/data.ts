import { readConstExpr } from "../const-expr.js";
import type { ByteRange, Reader } from "../reader.js";
import type { DataSegment } from "../types.js";

/** Reads the data section. */
export function readDataSection(reader: Reader): DataSegment[] {
  const segments: DataSegment[] = [];
  for (let left = reader.count("data segments", 2); left > 0; left -= 1) segments.push(readSegment(reader));
  return segments;
}

const ACTIVE = 0;
const PASSIVE = 1;
const ACTIVE_IN_MEMORY = 2;

function readSegment(reader: Reader): DataSegment {
  const start = reader.offset;
  const mode = reader.u32("the mode of a data segment");
  if (mode > ACTIVE_IN_MEMORY) {
    reader.fail(start, `expected the mode of a data segment, 0 to 2, at offset ${start}, got ${mode}`);
  }
  let memory: number | undefined;
  let offset: ByteRange | undefined;
  if (mode !== PASSIVE) {
    memory = mode === ACTIVE ? 0 : reader.u32("the memory of a data segment");
    offset = readConstExpr(reader, "the address of a data segment");
  }
  const bytes = reader.sized("the bytes of a data segment");
  return { memory, offset, bytes, range: { start, end: reader.offset } };
}
