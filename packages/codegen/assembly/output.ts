// What the writers write into: one region, used as a stack. The argument of a host function stays on it while the
// host function runs, because the host may call the plug-in again.

import { Failure } from "./failure";
import { createRegion, extendRegion, LARGEST, MARGIN, regionEnd } from "./region";

/** The bytes being encoded. */
export class Output {
  /** Where the encoded value starts. */
  static start: usize = 0;
  /** Where the next byte goes. May be in the margin behind `end`, until the next check for room. */
  static position: usize = 0;
  static end: usize = 0;
  /** How deep in recursive types the writer is. */
  static depth: i32 = 0;
}

// The largest region.
let region: usize = 0;
// Where the next value starts while others are kept on the stack, and the end of that value's region. Eight bytes
// before it are the two values that it had before. 0 when nothing is kept.
let base: usize = 0;
let baseEnd: usize = 0;

/** Starts a value on top of whatever is on the stack. */
export function beginOutput(): void {
  if (base) {
    Output.start = base;
    Output.end = baseEnd;
  } else {
    if (!region) grow(1);
    Output.start = region;
    Output.end = regionEnd(region);
  }
  Output.position = Output.start;
  Output.depth = 0;
  Failure.active = false;
}

/** Makes sure of `length` more bytes. */
// @ts-ignore: decorator
@inline
export function room(length: usize): void {
  // Signed: the position may be in the margin, beyond the end.
  if (<isize>length > <isize>(Output.end - Output.position) || length > LARGEST) grow(length);
}

/** Makes sure of as many bytes as the margin has: enough for a number, or for a few bytes known beforehand. */
// @ts-ignore: decorator
@inline
export function roomForFew(): void {
  if (Output.position >= Output.end) grow(MARGIN);
}

/** Keeps the value just written on the stack, until {@link popOutput}. */
export function pushOutput(): void {
  room(24);
  const top = (Output.position + 7) & ~7;
  store<usize>(top, base);
  store<usize>(top, baseEnd, 4);
  base = top + 8;
  baseEnd = Output.end;
}

/** Takes the value kept last off the stack, and everything after it. */
export function popOutput(): void {
  const saved = base - 8;
  base = load<usize>(saved);
  baseEnd = load<usize>(saved, 4);
}

function grow(length: usize): void {
  if (length > LARGEST) throw new Error("an output can't be larger than 1 GiB");
  const written = Output.position - Output.start;
  if (region && Output.end == regionEnd(region) && extendRegion(region, Output.position - region + length)) {
    Output.end = regionEnd(region);
    return;
  }
  // Twice the last one, so that what is left behind in smaller regions is less than what is in use.
  const size = region ? regionEnd(region) - region : 0;
  let data = createRegion(max(written + length, size * 2), 0);
  if (!data) data = createRegion(written + length, 0);
  if (!data) throw new Error("out of memory for the output");
  memory.copy(data, Output.start, written);
  region = data;
  Output.start = data;
  Output.position = data + written;
  Output.end = regionEnd(data);
}
