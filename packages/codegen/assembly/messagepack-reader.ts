// Reads MessagePack straight into classes. After a failure every function answers a zero and the position stays at
// the end of the input, so that generated code needs no checks on its way out.

import { expected, fail, Failure } from "./failure";
import { fits } from "./fields";
import { Input } from "./input";
import { bodyLength, childCount, headLength } from "./messagepack-format";
import { decodeText } from "./text";

export * from "./fields";
export * from "./messagepack-numbers";

/** Reads a map's head. Answers the number of its entries. */
// @ts-ignore: decorator
@inline
export function map(): i32 {
  const at = Input.position;
  const first = load<u8>(at);
  if ((first & 0xf0) == 0x80 && at < Input.end) {
    Input.position = at + 1;
    return first & 0x0f;
  }
  return longMap(at);
}

/** Reads a list's head. Answers the number of its items, no more than bytes are left. */
export function list(): i32 {
  const at = Input.position;
  if (at >= Input.end) return truncated();
  const first = load<u8>(at);
  if ((first & 0xf0) == 0x90) {
    Input.position = at + 1;
    return counted(at, first & 0x0f, 1);
  }
  if (first == 0xdc && fits(3)) {
    Input.position = at + 3;
    return counted(at, bswap(load<u16>(at, 1)), 1);
  }
  if (first == 0xdd && fits(5)) {
    Input.position = at + 5;
    return counted(at, bswap(load<u32>(at, 1)), 1);
  }
  return first == 0xdc || first == 0xdd ? truncated() : mismatch("array");
}

/** Reads the key of a map's next entry, and stands before its value. Answers the key's length, or -1. */
export function key(): i32 {
  const at = Input.position;
  const length = textLength("string as key");
  if (length < 0) return -1;
  Input.key = Input.position;
  Input.position += length;
  if (Input.position < Input.end) return length;
  Input.position = at;
  return truncated() - 1;
}

/** Reads a string of which only the bytes matter: keyHas compares them. Answers its length, or -1. */
export function word(): i32 {
  Input.word = Input.position;
  const length = textLength("string");
  if (length < 0) return -1;
  Input.key = Input.position;
  Input.position += length;
  return length;
}

/** Reads any entry that is not in the interface. */
export function skip(): void {
  // Values still to pass. No recursion, so nesting costs nothing; 64 bits hold what 2^32 maps of 2^32 declare.
  let left: u64 = 1;
  let at = Input.position;
  while (left) {
    left--;
    if (at >= Input.end) {
      truncated();
      return;
    }
    const first = load<u8>(at);
    const head = headLength(first);
    if (!head || <isize>(Input.end - at) < <isize>head) {
      Input.position = at;
      if (head) truncated();
      else expected("value", at);
      return;
    }
    left += childCount(at, first);
    const body = bodyLength(at, first);
    if (<u64>body > <u64>(Input.end - at - head)) {
      truncated();
      return;
    }
    at += head + body;
  }
  Input.position = at;
}

/** Ends the decoding. Answers whether all went well, and nothing follows the value. */
export function finish(): bool {
  if (Input.position == Input.end) return !Failure.active;
  fail("something follows the value", Input.start);
  return false;
}

/** Reads nil, if it is what comes next. */
// @ts-ignore: decorator
@inline
export function nil(): bool {
  const at = Input.position;
  if (load<u8>(at) != 0xc0 || at >= Input.end) return false;
  Input.position = at + 1;
  return true;
}

export function boolean(): bool {
  const at = Input.position;
  if (at >= Input.end) return truncated() != 0;
  const first = load<u8>(at);
  if ((first & 0xfe) != 0xc2) return mismatch("boolean") != 0;
  Input.position = at + 1;
  return first == 0xc3;
}

export function text(): string {
  const length = textLength("string");
  if (length < 0) return "";
  const at = Input.position;
  Input.position = at + length;
  const result = decodeText(at, length);
  if (result !== null) return result;
  fail("the string is not valid UTF-8", at - 1);
  return "";
}

/** Reads bytes into an array of their own. */
export function bytes(): Uint8Array {
  const at = Input.position;
  if (at >= Input.end) {
    truncated();
    return changetype<Uint8Array>(0);
  }
  const first = load<u8>(at);
  if (first < 0xc4 || first > 0xc6) {
    mismatch("bytes");
    return changetype<Uint8Array>(0);
  }
  const head = headLength(first);
  if (!fits(head) || bodyLength(at, first) > Input.end - at - head) {
    truncated();
    return changetype<Uint8Array>(0);
  }
  const length = bodyLength(at, first);
  const result = new Uint8Array(<i32>length);
  memory.copy(result.dataStart, at + head, length);
  Input.position = at + head + length;
  return result;
}

// Passes the head of a string. Answers its length in bytes, all of which are there, or -1.
function textLength(what: string): i32 {
  const at = Input.position;
  if (at >= Input.end) return truncated() - 1;
  const first = load<u8>(at);
  let head: usize = 1;
  let length: usize = first & 31;
  if ((first & 0xe0) != 0xa0) {
    if (first < 0xd9 || first > 0xdb) return mismatch(what) - 1;
    head = headLength(first);
    if (!fits(head)) return truncated() - 1;
    length = bodyLength(at, first);
  }
  if (length > Input.end - at || length + head > Input.end - at) return truncated() - 1;
  Input.position = at + head;
  return <i32>length;
}

function longMap(at: usize): i32 {
  if (at >= Input.end) return truncated();
  const first = load<u8>(at);
  if (first == 0xde && fits(3)) {
    Input.position = at + 3;
    return counted(at, bswap(load<u16>(at, 1)), 2);
  }
  if (first == 0xdf && fits(5)) {
    Input.position = at + 5;
    return counted(at, bswap(load<u32>(at, 1)), 2);
  }
  return first == 0xde || first == 0xdf ? truncated() : mismatch("map");
}

// An entry has at least `each` bytes: what declares more entries than fit is refused before anything is allocated.
function counted(at: usize, count: u32, each: u32): i32 {
  if (<u64>count * each > <u64>(Input.end - Input.position)) {
    fail("the data ends before this does", at);
    return 0;
  }
  return count;
}

function truncated(): i32 {
  fail("the data ends too early", Input.position);
  return 0;
}

function mismatch(what: string): i32 {
  expected(what, Input.position);
  return 0;
}
