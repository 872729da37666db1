// Reads MessagePack straight into classes. After a failure every function answers a zero and the position stays at
// the end of the input, so that generated code needs no checks on its way out.

import { expected, fail, Failure } from "./failure";
import { Input, MAX_DEPTH } from "./input";
import { quoted } from "./path";
import { decodeText } from "./text";

/** An object of which the caller sets every field at once. */
// @ts-ignore: decorator
@inline
export function blank<T>(): T {
  return changetype<T>(__new(offsetof<T>(), idof<T>()));
}

/** A list of `length` items, all of which the caller sets at once. */
export function blankList<T>(length: i32): Array<T> {
  const buffer = __new(<usize>length << alignof<T>(), idof<ArrayBuffer>());
  const list = __new(offsetof<Array<T>>(), idof<Array<T>>());
  store<usize>(list, buffer, offsetof<Array<T>>("buffer"));
  __link(list, buffer, false);
  store<usize>(list, buffer, offsetof<Array<T>>("dataStart"));
  store<i32>(list, length << <i32>alignof<T>(), offsetof<Array<T>>("byteLength"));
  store<i32>(list, length, offsetof<Array<T>>("length_"));
  return changetype<Array<T>>(list);
}

/** Whether the next bytes, eight at most, are these; if so, they are passed. A value has to follow them. */
// @ts-ignore: decorator
@inline
export function take(bits: u64, length: usize): bool {
  if (!has(0, bits, length)) return false;
  Input.position += length;
  return true;
}

/** Whether these bytes, eight at most, lie at `offset` from the position. */
// @ts-ignore: decorator
@inline
export function has(offset: usize, bits: u64, length: usize): bool {
  if (length == 8) return load<u64>(Input.position + offset) == bits;
  if (length == 4) return load<u32>(Input.position + offset) == <u32>bits;
  if (length == 2) return load<u16>(Input.position + offset) == <u16>bits;
  if (length == 1) return load<u8>(Input.position + offset) == <u8>bits;
  return (load<u64>(Input.position + offset) & (<u64>-1 >> (64 - (length << 3)))) == bits;
}

/** Passes bytes that {@link has} has seen. A value has to follow them. */
// @ts-ignore: decorator
@inline
export function pass(length: usize): bool {
  Input.position += length;
  return true;
}

/** Whether this many bytes are left: fewer than 2^31, as constants are. */
// @ts-ignore: decorator
@inline
export function fits(length: usize): bool {
  return <isize>(Input.end - Input.position) >= <isize>length;
}

/** Whether these bytes, eight at most, lie at `offset` in the key that was read last. */
// @ts-ignore: decorator
@inline
export function keyHas(offset: usize, bits: u64, length: usize): bool {
  if (length == 8) return load<u64>(Input.key + offset) == bits;
  if (length == 4) return load<u32>(Input.key + offset) == <u32>bits;
  if (length == 2) return load<u16>(Input.key + offset) == <u16>bits;
  if (length == 1) return load<u8>(Input.key + offset) == <u8>bits;
  return (load<u64>(Input.key + offset) & (<u64>-1 >> (64 - (length << 3)))) == bits;
}

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

/** An integer of no format: from -(2^53 - 1) to 2^53 - 1. */
export function integer(): i64 {
  return signed(-9007199254740991, 9007199254740991, "integer from -(2^53 - 1) to 2^53 - 1");
}

export function int8(): i8 {
  return <i8>signed(i8.MIN_VALUE, i8.MAX_VALUE, "int8");
}

export function int16(): i16 {
  return <i16>signed(i16.MIN_VALUE, i16.MAX_VALUE, "int16");
}

export function int32(): i32 {
  return <i32>signed(i32.MIN_VALUE, i32.MAX_VALUE, "int32");
}

export function int64(): i64 {
  return signed(i64.MIN_VALUE, i64.MAX_VALUE, "int64");
}

export function uint8(): u8 {
  return <u8>signed(0, u8.MAX_VALUE, "uint8");
}

export function uint16(): u16 {
  return <u16>signed(0, u16.MAX_VALUE, "uint16");
}

export function uint32(): u32 {
  return <u32>signed(0, u32.MAX_VALUE, "uint32");
}

export function uint64(): u64 {
  const at = Input.position;
  if (load<u8>(at) == 0xcf && fits(9)) {
    Input.position = at + 9;
    return bswap(load<u64>(at, 1));
  }
  if (load<u8>(at) == 0xcb && fits(9)) {
    // Every float from 2^63 up to 2^64 is an integer; below 2^63 the signed reader takes it.
    const float = reinterpret<f64>(bswap(load<u64>(at, 1)));
    if (float >= 9223372036854775808.0 && float < 18446744073709551616.0) {
      Input.position = at + 9;
      return <u64>float;
    }
  }
  return <u64>signed(0, i64.MAX_VALUE, "uint64");
}

export function float32(): f32 {
  const at = Input.position;
  if (load<u8>(at) == 0xca && fits(5)) {
    Input.position = at + 5;
    return reinterpret<f32>(bswap(load<u32>(at, 1)));
  }
  const wide = float64();
  const narrow = <f32>wide;
  if (isFinite(wide) && !isFinite(narrow)) expected("float32", at);
  return narrow;
}

export function float64(): f64 {
  const at = Input.position;
  if (load<u8>(at) == 0xcb && fits(9)) {
    Input.position = at + 9;
    return reinterpret<f64>(bswap(load<u64>(at, 1)));
  }
  if (at >= Input.end) return truncated();
  const first = load<u8>(at);
  const head = headLength(first);
  if (!fits(head)) return truncated();
  if (first == 0xca) {
    Input.position = at + 5;
    return reinterpret<f32>(bswap(load<u32>(at, 1)));
  }
  if (first == 0xcf) {
    Input.position = at + 9;
    return <f64>bswap(load<u64>(at, 1));
  }
  if (!isInteger(first)) return mismatch("number");
  Input.position = at + head;
  return <f64>loadInteger(at, first);
}

/** Goes one level down in a type that can contain itself. Answers false where it is too deep. */
export function descend(): bool {
  if (++Input.depth <= MAX_DEPTH) return true;
  Input.depth = 0;
  if (!Failure.active) fail("nested deeper than 512 levels", Input.position);
  return false;
}

/** Comes back from {@link descend}. */
// @ts-ignore: decorator
@inline
export function ascend(): void {
  Input.depth--;
}

/** A record ended without a field that it has to have. */
export function missing(at: usize, name: string): void {
  if (!Failure.active) fail(`expected the field "${name}", which is missing`, at);
}

/** The key read last is not one of a closed record's. */
export function unknownKey(at: usize, length: i32): void {
  if (!Failure.active) fail(`got the unknown field ${quoted(Input.key, length)}`, at);
}

/** The string that {@link word} has read is not one of an enum's. */
export function notOneOf(values: string): void {
  expected(`one of ${values}`, Input.word);
}

function signed(least: i64, most: i64, what: string): i64 {
  const at = Input.position;
  const first = load<u8>(at);
  if (first < 0x80 && at < Input.end && <i64>first <= most) {
    Input.position = at + 1;
    return first;
  }
  return longSigned(at, first, least, most, what);
}

function longSigned(at: usize, first: u8, least: i64, most: i64, what: string): i64 {
  if (at >= Input.end) return truncated();
  const head = headLength(first);
  if (!fits(head)) return truncated();
  let value: i64;
  if (isInteger(first)) {
    value = loadInteger(at, first);
    // A uint 64 beyond i64 is beyond `most` too.
    if (first == 0xcf && value < 0) return mismatch(what);
  } else if (first == 0xca || first == 0xcb) {
    const float = first == 0xca
      ? <f64>reinterpret<f32>(bswap(load<u32>(at, 1)))
      : reinterpret<f64>(bswap(load<u64>(at, 1)));
    // 2^63 itself has no i64. The comparison is false for NaN.
    if (!(float >= -9223372036854775808.0 && float < 9223372036854775808.0)) return mismatch(what);
    value = <i64>float;
    if (<f64>value != float) return mismatch(what);
  } else {
    return mismatch(what);
  }
  if (value < least || value > most) return mismatch(what);
  Input.position = at + head;
  return value;
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

// @ts-ignore: decorator
@inline
function isInteger(first: u8): bool {
  return first < 0x80 || first >= 0xe0 || (first >= 0xcc && first <= 0xd3);
}

// Only where the head's bytes are all there. A uint 64 comes back with its bits.
function loadInteger(at: usize, first: u8): i64 {
  if (first < 0x80 || first >= 0xe0) return <i8>first;
  switch (first) {
    case 0xcc: return load<u8>(at, 1);
    case 0xcd: return bswap(load<u16>(at, 1));
    case 0xce: return bswap(load<u32>(at, 1));
    case 0xd0: return load<i8>(at, 1);
    case 0xd1: return <i16>bswap(load<u16>(at, 1));
    case 0xd2: return <i32>bswap(load<u32>(at, 1));
    default: return bswap(load<u64>(at, 1));
  }
}

/** The length of the format byte and the number or size that belongs to it; 0 for the one byte that means nothing. */
export function headLength(first: u8): usize {
  if (first < 0xc0 || first >= 0xe0) return 1;
  switch (first) {
    case 0xc1: return 0;
    case 0xc4: case 0xd9: case 0xcc: case 0xd0: return 2;
    case 0xc5: case 0xda: case 0xcd: case 0xd1: case 0xdc: case 0xde: return 3;
    case 0xc6: case 0xdb: case 0xca: case 0xce: case 0xd2: case 0xdd: case 0xdf: return 5;
    case 0xcb: case 0xcf: case 0xd3: return 9;
    // Extensions: the type's byte belongs to the head.
    case 0xc7: return 3;
    case 0xc8: return 4;
    case 0xc9: return 6;
    case 0xd4: case 0xd5: case 0xd6: case 0xd7: case 0xd8: return 2;
    default: return 1;
  }
}

/** The bytes that follow the head, other than contained values. Only where the head's bytes are all there. */
export function bodyLength(at: usize, first: u8): usize {
  if ((first & 0xe0) == 0xa0) return first & 31;
  switch (first) {
    case 0xc4: case 0xc7: case 0xd9: return load<u8>(at, 1);
    case 0xc5: case 0xc8: case 0xda: return bswap(load<u16>(at, 1));
    case 0xc6: case 0xc9: case 0xdb: return bswap(load<u32>(at, 1));
    case 0xd4: case 0xd5: case 0xd6: case 0xd7: case 0xd8: return <usize>1 << (first - 0xd4);
    default: return 0;
  }
}

/** The values that follow the head: items, or keys and values. Only where the head's bytes are all there. */
export function childCount(at: usize, first: u8): u64 {
  if ((first & 0xf0) == 0x80) return (first & 15) << 1;
  if ((first & 0xf0) == 0x90) return first & 15;
  switch (first) {
    case 0xdc: return bswap(load<u16>(at, 1));
    case 0xdd: return bswap(load<u32>(at, 1));
    case 0xde: return <u64>bswap(load<u16>(at, 1)) << 1;
    case 0xdf: return <u64>bswap(load<u32>(at, 1)) << 1;
    default: return 0;
  }
}
