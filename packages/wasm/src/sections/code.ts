import type { ByteRange, Reader } from "../reader.js";

/** Reads the code section: where each function's body stands, without its length. */
export function readCodeSection(reader: Reader): ByteRange[] {
  const bodies: ByteRange[] = [];
  // A length, and a body of a count of locals and an `end` at least.
  for (let left = reader.count("function bodies", 3); left > 0; left -= 1) {
    bodies.push(reader.sized("the body of a function"));
  }
  return bodies;
}
