// Memory that the collector neither moves nor frees, and that typed arrays can look into all the same: pages taken
// with `memory.grow`, with the header of a pinned ArrayBuffer written in front of them. Taking pages from the
// engine instead of the allocator is what lets `tenon_reserve` answer 0 when memory is exhausted, where the
// allocator would trap.

import { Runtime } from "shared/runtime";

/** Bytes after a region's end that may be read or written by loads and stores wider than what is left. */
export const MARGIN: usize = 64;

// Before the data: the region taken before this one at 0, the data's end at 4, and the object header of
// AssemblyScript's runtime at 12: memory manager info, two words for the collector, class id, size.
const HEADER: usize = 32;
const PREVIOUS: usize = 0;
const END: usize = 4;
const COLLECTOR_INFO: usize = 16;
const CLASS_ID: usize = 24;
const SIZE: usize = 28;

// What a collector takes for a pinned object: it does not look at it and does not free it.
const PINNED: u32 = 0xffffffff;

/** The largest region. Object sizes in AssemblyScript end just below 1 GiB. */
export const LARGEST: usize = (1 << 30) - 0x10000;

// 8 MiB
const MOST_EXTRA_PAGES: usize = 128;

/** Takes a region with room for at least `length` bytes. Answers the address of its data, or 0 when memory is exhausted. */
export function createRegion(length: usize, previous: usize): usize {
  // That runtime takes all memory behind its heap for its own.
  if (ASC_RUNTIME == Runtime.Stub) ERROR("a Tenon plug-in can't be compiled with --runtime stub");
  if (length > LARGEST) return 0;
  // The allocator claims all the memory there is when it is first used: that has to come before.
  __free(__alloc(0));
  const pages = pagesFor(length + HEADER + MARGIN);
  const before = memory.grow(pages);
  if (before < 0) return 0;
  const header = <usize>before << 16;
  const data = header + HEADER;
  store<usize>(header, previous, PREVIOUS);
  store<u32>(header, PINNED, COLLECTOR_INFO);
  store<u32>(header, idof<ArrayBuffer>(), CLASS_ID);
  setEnd(data, header + (<usize>pages << 16) - MARGIN);
  return data;
}

/** Makes the region longer, so that it holds `length` bytes. Possible only while nothing lies behind it in memory. */
export function extendRegion(data: usize, length: usize): bool {
  const end = regionEnd(data);
  if (length > LARGEST || end + MARGIN != <usize>memory.size() << 16) return false;
  let pages = pagesFor(data + length - end);
  // Twice the size where that is possible, since growing takes an engine far longer than a call.
  const wanted = max(pages, <i32>min((end - data) >>> 16, MOST_EXTRA_PAGES));
  if (memory.grow(wanted) >= 0) pages = wanted;
  else if (memory.grow(pages) < 0) return false;
  setEnd(data, end + (<usize>pages << 16));
  return true;
}

/** Where the region's data ends. The margin comes after it. */
export function regionEnd(data: usize): usize {
  return load<usize>(data - HEADER, END);
}

/** The region that was named when this one was created, or 0. */
export function regionBefore(data: usize): usize {
  return load<usize>(data - HEADER, PREVIOUS);
}

function setEnd(data: usize, end: usize): void {
  store<usize>(data - HEADER, end, END);
  store<u32>(data - HEADER, <u32>(end - data), SIZE);
}

function pagesFor(length: usize): i32 {
  return <i32>((length + 0xffff) >>> 16);
}
