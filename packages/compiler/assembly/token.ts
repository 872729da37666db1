// What a reader finds next in an encoded value. A scalar is all there; a container is only begun.

export const FAILED: i32 = -1;
export const NULL_TOKEN: i32 = 0;
export const BOOLEAN: i32 = 1;
/** In {@link integer}; above the largest i64, {@link unsigned} is set. */
export const INTEGER: i32 = 2;
export const FLOAT: i32 = 3;
/** UTF-8 at {@link start}, {@link size} bytes. */
export const TEXT: i32 = 4;
export const BYTES: i32 = 5;
/** {@link size} entries, or {@link UNCOUNTED}. */
export const LIST: i32 = 6;
export const MAP: i32 = 7;
export const EXTENSION: i32 = 8;

export const UNCOUNTED: u32 = 0xffffffff;

export let integer: i64 = 0;
export let unsigned: bool = false;
export let float: f64 = 0;
export let start: usize = 0;
export let size: u32 = 0;

export function setInteger(value: i64, isUnsigned: bool): i32 {
  integer = value;
  unsigned = isUnsigned;
  return INTEGER;
}

export function setFloat(value: f64): i32 {
  float = value;
  return FLOAT;
}

export function setBoolean(value: bool): i32 {
  integer = value ? 1 : 0;
  return BOOLEAN;
}

export function setRange(token: i32, at: usize, length: u32): i32 {
  start = at;
  size = length;
  return token;
}
