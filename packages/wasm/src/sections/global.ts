import { readConstExpr } from "../const-expr.js";
import type { Reader } from "../reader.js";
import type { Global } from "../types.js";
import { readValueType } from "../value-type.js";

/** Reads the global section. */
export function readGlobalSection(reader: Reader): Global[] {
  const globals: Global[] = [];
  // A type, its mutability, and an expression of an `end` at least.
  for (let left = reader.count("globals", 3); left > 0; left -= 1) {
    const type = readGlobalType(reader);
    globals.push({ imported: false, ...type, init: readConstExpr(reader, "the first value of a global") });
  }
  return globals;
}

/** Reads the type of one global, defined or imported. */
export function readGlobalType(reader: Reader): Pick<Global, "type" | "mutable"> {
  const type = readValueType(reader, "a global");
  const offset = reader.offset;
  const mutability = reader.byte("the mutability of a global");
  if (mutability > 1) {
    reader.fail(
      offset,
      `expected the mutability of a global, 0 or 1, at offset ${offset}, got ${mutability}`,
    );
  }
  return { type, mutable: mutability === 1 };
}
