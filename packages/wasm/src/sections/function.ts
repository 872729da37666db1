import type { Reader } from "../reader.js";
import type { FunctionEntry, TypeEntry } from "../types.js";
import { functionTypeAt } from "./type.js";

/** Reads the function section: the type of each function that the module defines. */
export function readFunctionSection(reader: Reader, types: readonly TypeEntry[]): FunctionEntry[] {
  const functions: FunctionEntry[] = [];
  for (let left = reader.count("functions"); left > 0; left -= 1) {
    functions.push(readFunctionEntry(reader, types, false));
  }
  return functions;
}

/** Reads the type index of one function. */
export function readFunctionEntry(
  reader: Reader,
  types: readonly TypeEntry[],
  imported: boolean,
): FunctionEntry {
  const offset = reader.offset;
  const type = reader.u32("the type of a function");
  return { imported, type, signature: functionTypeAt(types, type, reader, offset) };
}
