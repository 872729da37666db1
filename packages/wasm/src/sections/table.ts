import { readConstExpr } from "../const-expr.js";
import { readTableType } from "../limits.js";
import type { Reader } from "../reader.js";
import type { Table } from "../types.js";

/** Reads the table section. */
export function readTableSection(reader: Reader): Table[] {
  const tables: Table[] = [];
  for (let left = reader.count("tables", 3); left > 0; left -= 1) tables.push(readTable(reader));
  return tables;
}

/** Two bytes that no reference type begins with say that an expression for the first elements follows. */
const WITH_INIT = 0x40;

function readTable(reader: Reader): Table {
  if (reader.bytes[reader.offset] !== WITH_INIT) return readTableType(reader, false);
  reader.byte("a table");
  const offset = reader.offset;
  const reserved = reader.byte("a table");
  if (reserved !== 0) reader.fail(offset, `expected 0 at offset ${offset} in a table, got ${reserved}`);
  const table = readTableType(reader, false);
  return { ...table, init: readConstExpr(reader, "the first value of a table's elements") };
}
