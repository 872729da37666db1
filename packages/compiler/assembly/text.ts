// Text of the glue's own. AssemblyScript's literals are UTF-16 in static memory; QuickJS takes them as they are where
// it wants a value, and as a C string where it wants a name. Everything said here is ASCII.

import { JS_NewStringUTF16, Value } from "./quickjs";
import { allocate } from "./memory";
import { ctx } from "./state";

const LONGEST_NAME = 63;
let nameBuffer: usize = 0;

/** A literal as a JavaScript string. */
export function newText(text: string): Value {
  return JS_NewStringUTF16(ctx, changetype<usize>(text), text.length);
}

/** A literal as a C string, valid until the next one. */
export function cstring(text: string): usize {
  if (nameBuffer == 0) nameBuffer = allocate(LONGEST_NAME + 1);
  store<u8>(nameBuffer + writeAscii(nameBuffer, text, LONGEST_NAME), 0);
  return nameBuffer;
}

/** Writes at most `most` characters of a literal, and tells how many. */
export function writeAscii(at: usize, text: string, most: i32): i32 {
  const length = min(text.length, most);
  const from = changetype<usize>(text);
  for (let i = 0; i < length; i++) store<u8>(at + i, load<u8>(from + (<usize>i << 1)));
  return length;
}
