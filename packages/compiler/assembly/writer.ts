// The buffer that values are encoded into. There is one at a time: the encoder fills it, and whoever asked for the
// encoding takes it over.

import { allocate, deallocate } from "./memory";

export let buffer: usize = 0;
let capacity: u32 = 0;
export let length: u32 = 0;

const FIRST_CAPACITY: u32 = 1024;

export function beginWriting(): void {
  length = 0;
}

/** Swaps the buffer with another one, so that two encodings can live side by side. */
export function exchangeBuffer(otherBuffer: usize, otherCapacity: u32): void {
  buffer = otherBuffer;
  capacity = otherCapacity;
  length = 0;
}

export function bufferCapacity(): u32 {
  return capacity;
}

export function truncate(to: u32): void {
  length = to;
}

/** Makes room for `more` bytes; false when there is no memory for them. */
// @ts-ignore: decorator
@inline
export function reserve(more: u32): bool {
  return more <= capacity - length ? true : grow(more);
}

/** Where the next byte goes. */
// @ts-ignore: decorator
@inline
export function tip(): usize {
  return buffer + length;
}

// @ts-ignore: decorator
@inline
export function advance(by: u32): void {
  length += by;
}

export function writeByte(byte: u32): bool {
  if (!reserve(1)) return false;
  store<u8>(tip(), byte);
  advance(1);
  return true;
}

export function writeBytes(from: usize, count: u32): bool {
  if (!reserve(count)) return false;
  memory.copy(tip(), from, count);
  advance(count);
  return true;
}

function grow(more: u32): bool {
  const needed = <u64>length + more;
  const wanted = max(max(<u64>capacity * 2, needed), FIRST_CAPACITY);
  if (wanted > <u64>i32.MAX_VALUE) return false;
  const moved = allocate(<usize>wanted);
  if (moved == 0) return false;
  memory.copy(moved, buffer, length);
  deallocate(buffer);
  buffer = moved;
  capacity = <u32>wanted;
  return true;
}
