// One way to read both encodings: tokens, and the steps from entry to entry of a container.

import { atEndOfJson, colon, moreJson, nextJson } from "./json";
import { nextMessagePack } from "./messagepack";
import { end, format, MESSAGEPACK, malformed, pos } from "./source";
import { FAILED, LIST, MAP, TEXT, size } from "./token";

/** Deeper nesting is refused: each level takes some of the one stack that there is. */
export const DEEPEST: i32 = 512;

export function next(): i32 {
  return format == MESSAGEPACK ? nextMessagePack() : nextJson();
}

/** Whether a list has an entry `index`, which the next token begins: 1 or 0, or -1 for malformed data. */
export function moreInList(index: u32, count: u32): i32 {
  return format == MESSAGEPACK ? i32(index < count) : moreJson(index == 0, 0x5d);
}

/** Whether a map has an entry `index`. Its key is the next thing, for {@link nextKey}. */
export function moreInMap(index: u32, count: u32): i32 {
  return format == MESSAGEPACK ? i32(index < count) : moreJson(index == 0, 0x7d);
}

/** Reads a key, into the token's `start` and `size`. */
export function nextKey(): bool {
  const token = next();
  if (token == FAILED) return false;
  if (token != TEXT) {
    malformed("a map has a key that is not a string");
    return false;
  }
  return format == MESSAGEPACK || colon();
}

/** Steps over what is left of the value that `token` begins. */
export function skip(token: i32, depth: i32): bool {
  if (token == FAILED) return false;
  if (token != LIST && token != MAP) return true;
  if (depth >= DEEPEST) {
    malformed("the data is nested deeper than 512 levels");
    return false;
  }
  const count = size;
  let more = 0;
  for (let i: u32 = 0; (more = token == LIST ? moreInList(i, count) : moreInMap(i, count)) > 0; i++) {
    if (token == MAP && !nextKey()) return false;
    if (!skip(next(), depth + 1)) return false;
  }
  return more == 0;
}

export function atEnd(): bool {
  return format == MESSAGEPACK ? pos >= end : atEndOfJson();
}
