// The blocks that hosts reserve. A bump allocator: a block lives until the outermost call returns, and the next
// block reserved after that starts over at the front of the largest region.

import { createRegion, extendRegion, regionBefore, regionEnd } from "./region";

let region: usize = 0;
let top: usize = 0;
let end: usize = 0;
// The outermost call has returned since the last block was reserved.
let stale: bool = false;

/** Reserves `length` bytes, aligned to eight. Answers 0 when memory is exhausted. */
export function reserve(length: usize): usize {
  rewindIfStale();
  const block = top;
  // Compared as what is left, because `block + length` could wrap around.
  if (block && length <= end - block) {
    top = min(end, (block + length + 7) & ~7);
    return block;
  }
  return reserveInNewRegion(length);
}

/** Says that no call is running any more: the blocks may be forgotten. */
export function retire(): void {
  stale = true;
}

/** Called where a call begins without a reserved block: forgets what an earlier call has left behind. */
// @ts-ignore: decorator
@inline
export function rewindIfStale(): void {
  if (stale) {
    stale = false;
    top = region;
  }
}

/** The region that holds all of these bytes, as a buffer that arrays may view; null when they lie elsewhere. */
export function bufferAround(address: usize, length: usize): ArrayBuffer | null {
  for (let data = region; data; data = regionBefore(data)) {
    if (address >= data && length <= regionEnd(data) - address && address <= regionEnd(data)) {
      return changetype<ArrayBuffer>(data);
    }
  }
  return null;
}

function reserveInNewRegion(length: usize): usize {
  if (!region || !extendRegion(region, top - region + length)) {
    // Twice the last one, so that what is left behind in smaller regions is less than what is in use.
    const wanted = region ? max(length, (end - region) * 2) : length;
    let data = createRegion(wanted, region);
    if (!data) data = createRegion(length, region);
    if (!data) return 0;
    region = data;
    top = data;
  }
  end = regionEnd(region);
  const block = top;
  top = min(end, (block + length + 7) & ~7);
  return block;
}
