// What the kernel exports. Handles, addresses and lengths that come from a guest are any 64-bit number at all: they
// are compared in 64 bits and cut to 32 only once they are known to lie in a block.
//
// Memory: 0 is never an address; the record at 16 and the allocator's tables follow; blocks come after them. Nothing
// below or between the blocks can be read or written with a handle.

import { allocate, clear, find, lengthOf, limitPages, release, startOf } from "./blocks";

/** { output address, output length, error address, error length }, four u32. */
const RECORD: u32 = 16;
const OUTPUT: u32 = RECORD;
const ERROR: u32 = RECORD + 8;

// Three windows, each a live block or nothing: `limit8` counts the offsets at which 8 bytes fit. Guests move data in
// runs of small loads and stores, so that nearly every one of them falls into the window of the one before.

let inputBase: u32 = 0;
let inputLimit: u64 = 0;
let inputLimit8: u64 = 0;

let loadBase: u64 = 0;
let loadLimit: u64 = 0;
let loadLimit8: u64 = 0;

let storeBase: u64 = 0;
let storeLimit: u64 = 0;
let storeLimit8: u64 = 0;

// Blocks

export function alloc(length: u64): u64 {
  return allocate(length);
}

export function free(handle: u64): void {
  const entry = blockAt(handle);
  if (entry == 0) return;
  if (handle == loadBase) closeLoad();
  if (handle == storeBase) closeStore();
  const start = startOf(entry);
  if (start == inputBase) setInput(0, 0);
  if (start == load<u32>(OUTPUT)) setRange(OUTPUT, 0, 0);
  if (start == load<u32>(ERROR)) setRange(ERROR, 0, 0);
  release(entry);
}

export function length(handle: u64): u64 {
  const entry = blockAt(handle);
  return entry == 0 ? 0 : lengthOf(entry);
}

/** Extism's kernel trusts the handle here. This one cannot afford to, and does not need to. */
export function length_unsafe(handle: u64): u64 {
  return length(handle);
}

// Bytes of blocks. A window that does not hold the address is moved to the block that does.

export function load_u8(address: u64): u32 {
  if (address - loadBase >= loadLimit && !aimLoad(address, 1)) return 0;
  return load<u8>(<u32>address);
}

export function load_u64(address: u64): u64 {
  if (address - loadBase >= loadLimit8 && !aimLoad(address, 8)) return 0;
  return load<u64>(<u32>address);
}

export function store_u8(address: u64, value: u32): void {
  if (address - storeBase >= storeLimit && !aimStore(address, 1)) return;
  store<u8>(<u32>address, value);
}

export function store_u64(address: u64, value: u64): void {
  if (address - storeBase >= storeLimit8 && !aimStore(address, 8)) return;
  store<u64>(<u32>address, value);
}

// Input

export function input_set(handle: u64, length: u64): void {
  if (isRange(handle, length)) setInput(<u32>handle, <u32>length);
}

export function input_offset(): u64 {
  return inputBase;
}

export function input_length(): u64 {
  return inputLimit;
}

export function input_load_u8(offset: u64): u32 {
  if (offset >= inputLimit) return 0;
  return load<u8>(inputBase + <u32>offset);
}

export function input_load_u64(offset: u64): u64 {
  if (offset >= inputLimit8) return 0;
  return load<u64>(inputBase + <u32>offset);
}

// Output and error

export function output_set(handle: u64, length: u64): void {
  if (isRange(handle, length)) setRange(OUTPUT, <u32>handle, <u32>length);
}

export function output_offset(): u64 {
  return load<u32>(OUTPUT);
}

export function output_length(): u64 {
  return load<u32>(OUTPUT + 4);
}

export function error_set(handle: u64): void {
  const entry = blockAt(handle);
  if (entry != 0) {
    setRange(ERROR, <u32>handle, lengthOf(entry));
  } else if (handle == 0) {
    setRange(ERROR, 0, 0);
  }
}

export function error_get(): u64 {
  return load<u32>(ERROR);
}

// The whole

export function reset(): void {
  clear();
  closeLoad();
  closeStore();
  setInput(0, 0);
  setRange(OUTPUT, 0, 0);
  setRange(ERROR, 0, 0);
}

export function memory_bytes(): u64 {
  return <u64>(<u32>memory.size()) << 16;
}

// For the host only

export function begin(length: u32): u32 {
  reset();
  if (length == 0) return 0;
  const start = allocate(length);
  if (start == 0) return -1;
  setInput(start, length);
  return start;
}

export function results(): u32 {
  return RECORD;
}

export function host_alloc(length: u32): u32 {
  return allocate(length);
}

export function host_length(address: u32): u32 {
  return <u32>length(address);
}

export function limit_pages(pages: u32): void {
  limitPages(pages);
}

/** The entry of the live block that starts at `handle`, or 0. */
function blockAt(handle: u64): u32 {
  const entry = find(handle);
  return entry != 0 && startOf(entry) == <u32>handle ? entry : 0;
}

/** Whether the range is the beginning of a live block, or nothing at all. */
function isRange(handle: u64, length: u64): bool {
  const entry = blockAt(handle);
  return entry == 0 ? (handle | length) == 0 : length <= <u64>lengthOf(entry);
}

function setInput(start: u32, length: u32): void {
  inputBase = start;
  inputLimit = length;
  inputLimit8 = offsetsOf8(length);
}

function setRange(record: u32, start: u32, length: u32): void {
  store<u32>(record, start);
  store<u32>(record, length, 4);
}

/** Moves the load window to the block at `address`; false when the block does not hold `size` bytes there. */
function aimLoad(address: u64, size: u64): bool {
  const entry = find(address);
  if (entry == 0) return false;
  const length = lengthOf(entry);
  loadBase = startOf(entry);
  loadLimit = length;
  loadLimit8 = offsetsOf8(length);
  return address - loadBase + size <= loadLimit;
}

function aimStore(address: u64, size: u64): bool {
  const entry = find(address);
  if (entry == 0) return false;
  const length = lengthOf(entry);
  storeBase = startOf(entry);
  storeLimit = length;
  storeLimit8 = offsetsOf8(length);
  return address - storeBase + size <= storeLimit;
}

function closeLoad(): void {
  loadBase = 0;
  loadLimit = 0;
  loadLimit8 = 0;
}

function closeStore(): void {
  storeBase = 0;
  storeLimit = 0;
  storeLimit8 = 0;
}

/** How many offsets in a block of this length have 8 bytes from there on. */
function offsetsOf8(length: u32): u64 {
  return length < 8 ? 0 : <u64>length - 7;
}
