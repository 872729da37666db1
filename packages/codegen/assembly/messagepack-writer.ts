// Writes MessagePack straight from classes. Every form is the shortest one, except that floats keep their width.

import { Failure, fail } from "./failure";
import { MAX_DEPTH } from "./input";
import { Output, room, roomForFew } from "./output";
import { encodeText, narrow } from "./text";

/** Writes bytes known beforehand, eight at most: keys, and the heads of maps before them. */
// @ts-ignore: decorator
@inline
export function put(bits: u64, length: usize): void {
  roomForFew();
  if (length <= 1) store<u8>(Output.position, <u8>bits);
  else if (length == 2) store<u16>(Output.position, <u16>bits);
  else if (length <= 4) store<u32>(Output.position, <u32>bits);
  else store<u64>(Output.position, bits);
  Output.position += length;
}

/** Writes a map's head. */
export function map(entries: i32): void {
  count(entries, 0x80, 0xde);
}

/** Writes a list's head. */
export function list(items: i32): void {
  count(items, 0x90, 0xdc);
}

export function nil(): void {
  byte(0xc0);
}

export function boolean(value: bool): void {
  byte(0xc2 | <u8>value);
}

export function text(value: string): void {
  const from = changetype<usize>(value);
  const units = <usize>value.length;
  room(units * 3 + 8);
  const at = Output.position;
  // Written as if it were ASCII, behind the head that it would have then.
  const head = textHead(units);
  const ascii = narrow(from, units, at + head);
  if (ascii == units) {
    putTextHead(at, units);
    Output.position = at + head + units;
    return;
  }
  const length = encodedLength(from, units);
  putTextHead(at, length);
  Output.position = encodeText(from, units, at + textHead(length));
}

export function bytes(value: Uint8Array): void {
  const length = <usize>value.byteLength;
  room(length + 8);
  const at = Output.position;
  let head: usize = 2;
  if (length < 0x100) {
    store<u8>(at, 0xc4);
    store<u8>(at, <u8>length, 1);
  } else if (length < 0x10000) {
    store<u8>(at, 0xc5);
    store<u16>(at, bswap(<u16>length), 1);
    head = 3;
  } else {
    store<u8>(at, 0xc6);
    store<u32>(at, bswap(<u32>length), 1);
    head = 5;
  }
  memory.copy(at + head, value.dataStart, length);
  Output.position = at + head + length;
}

/** An integer of no format: from -(2^53 - 1) to 2^53 - 1. */
export function integer(value: i64): void {
  if (value < -9007199254740991 || value > 9007199254740991) {
    fail(`expected integer from -(2^53 - 1) to 2^53 - 1, got ${value}`, Output.position);
  }
  int64(value);
}

export function int8(value: i8): void {
  int64(value);
}

export function int16(value: i16): void {
  int64(value);
}

export function int32(value: i32): void {
  int64(value);
}

export function int64(value: i64): void {
  if (value >= 0) return uint64(value);
  roomForFew();
  const at = Output.position;
  if (value >= -32) {
    store<u8>(at, <u8>value);
    Output.position = at + 1;
  } else if (value >= i8.MIN_VALUE) {
    store<u8>(at, 0xd0);
    store<i8>(at, <i8>value, 1);
    Output.position = at + 2;
  } else if (value >= i16.MIN_VALUE) {
    store<u8>(at, 0xd1);
    store<u16>(at, bswap(<u16>value), 1);
    Output.position = at + 3;
  } else if (value >= i32.MIN_VALUE) {
    store<u8>(at, 0xd2);
    store<u32>(at, bswap(<u32>value), 1);
    Output.position = at + 5;
  } else {
    store<u8>(at, 0xd3);
    store<u64>(at, bswap(<u64>value), 1);
    Output.position = at + 9;
  }
}

export function uint8(value: u8): void {
  uint64(value);
}

export function uint16(value: u16): void {
  uint64(value);
}

export function uint32(value: u32): void {
  uint64(value);
}

export function uint64(value: u64): void {
  roomForFew();
  const at = Output.position;
  if (value < 0x80) {
    store<u8>(at, <u8>value);
    Output.position = at + 1;
  } else if (value < 0x100) {
    store<u8>(at, 0xcc);
    store<u8>(at, <u8>value, 1);
    Output.position = at + 2;
  } else if (value < 0x10000) {
    store<u8>(at, 0xcd);
    store<u16>(at, bswap(<u16>value), 1);
    Output.position = at + 3;
  } else if (value < 0x100000000) {
    store<u8>(at, 0xce);
    store<u32>(at, bswap(<u32>value), 1);
    Output.position = at + 5;
  } else {
    store<u8>(at, 0xcf);
    store<u64>(at, bswap(value), 1);
    Output.position = at + 9;
  }
}

export function float32(value: f32): void {
  roomForFew();
  store<u8>(Output.position, 0xca);
  store<u32>(Output.position, bswap(reinterpret<u32>(value)), 1);
  Output.position += 5;
}

export function float64(value: f64): void {
  roomForFew();
  store<u8>(Output.position, 0xcb);
  store<u64>(Output.position, bswap(reinterpret<u64>(value)), 1);
  Output.position += 9;
}

/** Goes one level down in a type that can contain itself. Answers false where it is too deep. */
export function descend(): bool {
  if (++Output.depth <= MAX_DEPTH) return true;
  fail("nested deeper than 512 levels", Output.position);
  Output.depth--;
  return false;
}

/** Comes back from {@link descend}. */
// @ts-ignore: decorator
@inline
export function ascend(): void {
  Output.depth--;
}

/** The value has no form in this encoding or interface. */
export function refuse(reason: string): void {
  if (!Failure.active) fail(reason, Output.position);
}

// @ts-ignore: decorator
@inline
function byte(value: u8): void {
  roomForFew();
  store<u8>(Output.position, value);
  Output.position += 1;
}

// The heads of maps and lists: one byte for fewer than 16, else a size of two or four bytes.
function count(size: i32, small: u8, large: u8): void {
  roomForFew();
  const at = Output.position;
  if (size < 16) {
    store<u8>(at, small | <u8>size);
    Output.position = at + 1;
  } else if (size < 0x10000) {
    store<u8>(at, large);
    store<u16>(at, bswap(<u16>size), 1);
    Output.position = at + 3;
  } else {
    store<u8>(at, large + 1);
    store<u32>(at, bswap(<u32>size), 1);
    Output.position = at + 5;
  }
}

// @ts-ignore: decorator
@inline
function textHead(length: usize): usize {
  return length < 32 ? 1 : length < 0x100 ? 2 : length < 0x10000 ? 3 : 5;
}

// @ts-ignore: decorator
@inline
function putTextHead(at: usize, length: usize): void {
  if (length < 32) {
    store<u8>(at, 0xa0 | <u8>length);
  } else if (length < 0x100) {
    store<u8>(at, 0xd9);
    store<u8>(at, <u8>length, 1);
  } else if (length < 0x10000) {
    store<u8>(at, 0xda);
    store<u16>(at, bswap(<u16>length), 1);
  } else {
    store<u8>(at, 0xdb);
    store<u32>(at, bswap(<u32>length), 1);
  }
}

// How many bytes encodeText will write.
function encodedLength(from: usize, units: usize): usize {
  const end = from + (units << 1);
  let length: usize = 0;
  while (from < end) {
    const unit = load<u16>(from);
    from += 2;
    if (unit < 0x80) length++;
    else if (unit < 0x800) length += 2;
    else if ((unit & 0xfc00) == 0xd800 && from < end && (load<u16>(from) & 0xfc00) == 0xdc00) {
      length += 4;
      from += 2;
    } else length += 3;
  }
  return length;
}
