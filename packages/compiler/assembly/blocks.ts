// Kernel blocks to memory and back, eight bytes at a time: that is all that Extism's ABI offers.

import { alloc, freeBlock, lengthOf, load_u64, load_u8, store_u64, store_u8 } from "./extism";
import { allocate } from "./memory";

/** A block with these bytes; 0 for none, and when the host has no room. */
export function toBlock(from: usize, length: u32): u64 {
  if (length == 0) return 0;
  const handle = alloc(length);
  if (handle == 0) return 0;
  let i: u32 = 0;
  for (; i + 8 <= length; i += 8) store_u64(handle + i, load<u64>(from + i));
  for (; i < length; i++) store_u8(handle + i, load<u8>(from + i));
  return handle;
}

export let blockLength: u32 = 0;

/** A copy of a block, {@link blockLength} bytes, to be deallocated; 0 when there is no memory for it. Frees the block. */
export function takeBlock(handle: u64): usize {
  blockLength = 0;
  const length = lengthOf(handle);
  if (length > <u64>i32.MAX_VALUE) return 0;
  const at = allocate(<usize>max<u64>(length, 1));
  if (at == 0) return 0;
  const count = <u32>length;
  let i: u32 = 0;
  for (; i + 8 <= count; i += 8) store<u64>(at + i, load_u64(handle + i));
  for (; i < count; i++) store<u8>(at + i, load_u8(handle + i));
  blockLength = count;
  freeBlock(handle);
  return at;
}
