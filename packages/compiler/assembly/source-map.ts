// Where a place of the bundle is in the author's files (ECMA-426). A map has a line of segments for each line of the
// bundle; a segment is a run of base64 digits that make numbers, each relative to the one before. They are searched
// from the start, at an error and never else: an index would cost every plug-in more than the search costs here.

import { JS_NewArrayFrom, UNDEFINED, Value, newInt } from "./quickjs";
import { ctx } from "./state";
import { allocate, deallocate } from "./memory";
import { charCount, chars, closeString, openString } from "./utf8";

const SEMICOLON: u32 = 0x3b;
const COMMA: u32 = 0x2c;

let at: usize = 0;
let end: usize = 0;

/** `findPlace(mappings, row, column)`, from 0: [source, line, column], or undefined. */
export function findPlace(_: usize, __: Value, ___: i32, argv: usize): Value {
  if (!openString(load<u64>(argv))) return UNDEFINED;
  const text = chars;
  at = text;
  end = text + charCount;
  const place = search(<i32>load<u64>(argv, 8), <i32>load<u64>(argv, 16));
  closeString(text);
  return place;
}

/** The last segment of the row that begins at or before the column. */
function search(row: i32, column: i32): Value {
  let source = 0, line = 0, original = 0;
  let found = false;
  let foundSource = 0, foundLine = 0, foundColumn = 0;
  for (let current = 0; at < end && current <= row; current++) {
    let generated = 0;
    while (at < end && load<u8>(at) != SEMICOLON) {
      if (load<u8>(at) == COMMA) {
        at++;
        continue;
      }
      generated += number();
      if (atSegmentEnd()) continue;
      source += number();
      line += number();
      original += number();
      if (!atSegmentEnd()) number(); // The index of a name.
      if (current != row || generated > column) continue;
      found = true;
      foundSource = source;
      foundLine = line;
      foundColumn = original;
    }
    at++;
  }
  if (!found) return UNDEFINED;
  const values = allocate(24);
  store<u64>(values, newInt(foundSource));
  store<u64>(values, newInt(foundLine), 8);
  store<u64>(values, newInt(foundColumn), 16);
  const place = JS_NewArrayFrom(ctx, 3, values);
  deallocate(values);
  return place;
}

function atSegmentEnd(): bool {
  return at >= end || load<u8>(at) == COMMA || load<u8>(at) == SEMICOLON;
}

/** Five bits a digit, the lowest first; the sixth says that another digit follows, and the very lowest is the sign. */
function number(): i32 {
  let value: u32 = 0;
  let shift: u32 = 0;
  let digit: u32 = 32;
  while (digit & 32 && at < end) {
    digit = digitOf(load<u8>(at++));
    value |= (digit & 31) << shift;
    shift += 5;
  }
  return value & 1 ? -<i32>(value >> 1) : <i32>(value >> 1);
}

function digitOf(c: u32): u32 {
  if (c - 0x41 < 26) return c - 0x41;
  if (c - 0x61 < 26) return c - 0x61 + 26;
  if (c - 0x30 < 10) return c - 0x30 + 52;
  return c == 0x2b ? 62 : 63;
}
