import { readMemoryType } from "../limits.js";
import type { Reader } from "../reader.js";
import type { Memory } from "../types.js";

/** Reads the memory section. */
export function readMemorySection(reader: Reader): Memory[] {
  const memories: Memory[] = [];
  for (let left = reader.count("memories", 2); left > 0; left -= 1)
    memories.push(readMemoryType(reader, false));
  return memories;
}
