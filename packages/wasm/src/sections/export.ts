import type { Reader } from "../reader.js";
import type { Export, ExternalKind, Module } from "../types.js";

/** The index spaces that an export can name. */
export type IndexSpaces = Pick<Module, "functions" | "tables" | "memories" | "globals" | "tags">;

/** Reads the export section. */
export function readExportSection(reader: Reader, spaces: IndexSpaces): Export[] {
  const exports: Export[] = [];
  // A name, a kind and an index.
  for (let left = reader.count("exports", 3); left > 0; left -= 1) exports.push(readExport(reader, spaces));
  return exports;
}

function readExport(reader: Reader, spaces: IndexSpaces): Export {
  const start = reader.offset;
  const name = reader.name("the name of an export");
  const kindOffset = reader.offset;
  const code = reader.byte("the kind of an export");
  const kind =
    KINDS[code] ??
    reader.fail(kindOffset, `expected the kind of an export, 0 to 4, at offset ${kindOffset}, got ${code}`);
  const indexOffset = reader.offset;
  const index = reader.u32("the index of an export");
  const { length } = spaces[SPACES[kind]];
  if (index >= length) {
    const message = `expected the index of a ${kind} below ${length} at offset ${indexOffset}, got ${index}`;
    reader.fail(indexOffset, message);
  }
  const signature = kind === "function" ? spaces.functions[index]?.signature : undefined;
  return { name, kind, index, signature, range: { start, end: reader.offset } };
}

const KINDS: readonly ExternalKind[] = ["function", "table", "memory", "global", "tag"];

const SPACES = {
  function: "functions",
  table: "tables",
  memory: "memories",
  global: "globals",
  tag: "tags",
} as const satisfies Record<ExternalKind, keyof IndexSpaces>;
