import type { Reader } from "../reader.js";
import type { Tag, TypeEntry } from "../types.js";
import { functionTypeAt } from "./type.js";

/** Reads the tag section: the exceptions that the module defines. */
export function readTagSection(reader: Reader, types: readonly TypeEntry[]): Tag[] {
  const tags: Tag[] = [];
  for (let left = reader.count("tags", 2); left > 0; left -= 1) tags.push(readTag(reader, types, false));
  return tags;
}

/** Reads one tag. Exceptions, attribute 0, are the only ones so far. */
export function readTag(reader: Reader, types: readonly TypeEntry[], imported: boolean): Tag {
  const start = reader.offset;
  const attribute = reader.byte("the attribute of a tag");
  if (attribute !== 0) {
    reader.fail(start, `expected the attribute of a tag at offset ${start} to be 0, got ${attribute}`);
  }
  const offset = reader.offset;
  const type = reader.u32("the type of a tag");
  return { imported, type, signature: functionTypeAt(types, type, reader, offset) };
}
