// `tenon_reserve`: blocks that the host writes into. They stay until the outermost call returns. Most calls want one,
// of about the same size as the last one: that one is kept.

import { allocate, deallocate } from "./memory";

/** A block has a record in the list: its address, and the record before. */
const RECORD_BYTES: usize = 8;

let kept: usize = 0;
let keptCapacity: u32 = 0;
let keptTaken: bool = false;
let newest: usize = 0;

/** The largest block that is kept from call to call. */
const MOST_KEPT: u32 = 1 << 20;

export function reserveBlock(length: u32): usize {
  if (length > <u32>i32.MAX_VALUE) return 0;
  if (!keptTaken && length <= MOST_KEPT) {
    if (length > keptCapacity && !growKept(length)) return 0;
    keptTaken = true;
    return kept;
  }
  const block = allocate(length);
  return block != 0 && keepUntilReleased(block) ? block : 0;
}

/** Has a block of `allocate` go when the reserved ones go. */
export function keepUntilReleased(block: usize): bool {
  if (block == 0) return true;
  const record = allocate(RECORD_BYTES);
  if (record == 0) {
    deallocate(block);
    return false;
  }
  store<u32>(record, block);
  store<u32>(record, newest, 4);
  newest = record;
  return true;
}

export function releaseReserved(): void {
  keptTaken = false;
  while (newest != 0) {
    const record = newest;
    newest = load<u32>(record, 4);
    deallocate(load<u32>(record));
    deallocate(record);
  }
}

function growKept(length: u32): bool {
  deallocate(kept);
  const wanted = max<u32>(length, max<u32>(keptCapacity * 2, 256));
  kept = allocate(wanted);
  keptCapacity = kept == 0 ? 0 : wanted;
  return kept != 0;
}
