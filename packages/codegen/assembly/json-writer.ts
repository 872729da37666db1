// Writes JSON straight from classes, with nothing between the tokens.

import { writeBase64 } from "./base64";
import { fail } from "./failure";
import { writeQuoted } from "./json-text";
import { Output, room, roomForFew } from "./output";
import { narrow } from "./text";
import { dtoa_buffered, itoa_buffered } from "util/number";

export { ascend, descend, put, refuse } from "./messagepack-writer";

/** Writes one character of JSON's grammar. */
// @ts-ignore: decorator
@inline
export function mark(character: u8): void {
  roomForFew();
  store<u8>(Output.position, character);
  Output.position += 1;
}

/** Ends an object all of whose fields end with a comma: the brace takes the last one's place. */
export function close(): void {
  roomForFew();
  if (load<u8>(Output.position - 1) == 0x2c) Output.position -= 1;
  mark(0x7d);
}

export function nil(): void {
  roomForFew();
  store<u32>(Output.position, 0x6c6c756e);
  Output.position += 4;
}

export function boolean(value: bool): void {
  roomForFew();
  if (value) {
    store<u32>(Output.position, 0x65757274);
    Output.position += 4;
  } else {
    store<u64>(Output.position, 0x65736c6166);
    Output.position += 5;
  }
}

export function text(value: string): void {
  writeQuoted(value);
}

/** Writes bytes as base64 text. */
export function bytes(value: Uint8Array): void {
  mark(0x22);
  writeBase64(value);
  mark(0x22);
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
  if (<u64>value < 10) return mark(0x30 + <u8>value);
  roomForNumber();
  ascii(itoa_buffered<i64>(Output.position, value));
}

export function uint8(value: u8): void {
  int64(value);
}

export function uint16(value: u16): void {
  int64(value);
}

export function uint32(value: u32): void {
  int64(value);
}

export function uint64(value: u64): void {
  roomForNumber();
  ascii(itoa_buffered<u64>(Output.position, value));
}

/** A float32 is written with the digits of the float64 that it equals: any reader gets that number exactly. */
export function float32(value: f32): void {
  float64(value);
}

export function float64(value: f64): void {
  if (!isFinite(value)) {
    fail(`${value} has no form in JSON`, Output.position);
    return nil();
  }
  if (value == 0) return reinterpret<u64>(value) ? minusZero() : mark(0x30);
  roomForNumber();
  const length = dtoa_buffered<f64>(Output.position, value);
  ascii(length);
  // An integer needs no fraction of zero.
  if (load<u16>(Output.position - 2) == 0x302e) Output.position -= 2;
}

function minusZero(): void {
  mark(0x2d);
  mark(0x30);
}

// The library writes numbers as UTF-16, 28 units at most.
function roomForNumber(): void {
  room(64);
}

// Turns what the library has written at the position into bytes.
function ascii(units: u32): void {
  const at = Output.position;
  for (let i: u32 = 0; i < units; i++) store<u8>(at + i, <u8>load<u16>(at + (i << 1)));
  Output.position = at + units;
}
