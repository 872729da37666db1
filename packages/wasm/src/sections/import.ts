import { readMemoryType, readTableType } from "../limits.js";
import type { Reader } from "../reader.js";
import type { Import, ImportedEntry, TypeEntry } from "../types.js";
import { readFunctionEntry } from "./function.js";
import { readGlobalType } from "./global.js";
import { readTag } from "./tag.js";

/** Reads the import section. */
export function readImportSection(reader: Reader, types: readonly TypeEntry[]): Import[] {
  const imports: Import[] = [];
  // Two names, a kind and a type.
  for (let left = reader.count("imports", 4); left > 0; left -= 1) {
    const start = reader.offset;
    const module = reader.name("the module name of an import");
    const name = reader.name("the name of an import");
    const entry = readImportedEntry(reader, types);
    imports.push({ ...entry, module, name, range: { start, end: reader.offset } });
  }
  return imports;
}

function readImportedEntry(reader: Reader, types: readonly TypeEntry[]): ImportedEntry {
  const offset = reader.offset;
  const kind = reader.byte("the kind of an import");
  switch (kind) {
    case 0:
      return { kind: "function", entry: readFunctionEntry(reader, types, true) };
    case 1:
      return { kind: "table", entry: readTableType(reader, true) };
    case 2:
      return { kind: "memory", entry: readMemoryType(reader, true) };
    case 3:
      return { kind: "global", entry: { imported: true, ...readGlobalType(reader), init: undefined } };
    case 4:
      return { kind: "tag", entry: readTag(reader, types, true) };
    default:
      return reader.fail(offset, `expected the kind of an import, 0 to 4, at offset ${offset}, got ${kind}`);
  }
}
