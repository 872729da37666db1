// The allocator: blocks between HEAP and `top`, and a table of them that no guest can address.
//
// Blocks follow one another without gaps, so the table is sorted by address, the block of an address is found by
// binary search, and the capacity of a block is the distance to the next one. An entry of the table is
//
//   { start: u32, length: u32, next: u32, previous: u32 }
//
// where `length` is 0 for space that is not a live block. Freed space stays in the table, linked into a list for its
// size class by `next` and `previous`, which count entries from 1 (the table moves; 0 is "none").
//
// Invariant: every byte from HEAP upward that is neither in a live block nor in the table is zero.

/** The heads of the free lists: one u32 for each size class. */
const HEADS: u32 = 64;
const CLASSES: u32 = 209;
const ENTRY: u32 = 16;
/** Blocks start and end at multiples of 16 bytes; sizes inside the allocator are counted in these units. */
const UNIT_SHIFT: u32 = 4;
const PAGE_SHIFT: u32 = 16;

// Inlined, so that the globals below have constant initialisers and the module needs no start function.

/** The table starts here, in the first page, and moves into the heap when it is full. */
// @ts-ignore: decorator
@inline
const FIRST_TABLE: u32 = 1024;
// @ts-ignore: decorator
@inline
const FIRST_TABLE_ENTRIES: u32 = 192;
/** Where blocks begin: behind the first table. */
// @ts-ignore: decorator
@inline
const HEAP: u32 = 4096;
/** One page short of 4 GiB, so that the end of every block fits 32 bits. */
// @ts-ignore: decorator
@inline
const MOST_BYTES: u32 = 0xffff0000;

/** `memory.fill` leaves Wasm and so has a fixed cost: up to this many bytes plain stores are faster. */
const FEW_BYTES: u32 = 128;

let top: u32 = HEAP;
/** The heap does not grow past this address. */
let limit: u32 = MOST_BYTES;
let table: u32 = FIRST_TABLE;
let tableEntries: u32 = FIRST_TABLE_ENTRIES;
let count: u32 = 0;
/** The entry, counted from 1, for the space that the table itself takes; 0 while it is in the first page. */
let ownEntry: u32 = 0;
/** Whether anything was linked into a free list since the last `clear`. */
let anyFreed: bool = false;

/** The address of a new block that reads as zero, or 0 when `length` is 0 or there is no room. */
export function allocate(length: u64): u32 {
  // 0 wraps around to the largest number, so one comparison refuses both.
  if (length - 1 >= <u64>limit) return 0;
  const units = (<u32>length + 15) >> UNIT_SHIFT;
  const fitting = classAbove(units);
  let entry: u32 = 0;
  if (anyFreed) entry = takeFree(fitting, fitting + 1);
  if (entry == 0) entry = append(units, unitsOf(fitting));
  // Out of room: larger freed space will do, though the rest of it is wasted while the block lives.
  if (entry == 0 && anyFreed) entry = takeFree(fitting, CLASSES);
  if (entry == 0) return 0;
  setLength(entry, <u32>length);
  return startOf(entry);
}

/** Frees the block that `find` answered with this entry. */
export function release(entry: u32): void {
  zero(startOf(entry), lengthOf(entry));
  setLength(entry, 0);
  if (entry == table + (count - 1) * ENTRY) {
    dropLast(entry);
  } else {
    link(entry);
  }
}

/** The table entry of the live block that holds the byte at `address`, or 0. */
export function find(address: u64): u32 {
  if (address < <u64>HEAP || address >= <u64>top) return 0;
  const wanted = <u32>address;
  let low: u32 = 0;
  let high = count;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (load<u32>(table + middle * ENTRY) <= wanted) {
      low = middle;
    } else {
      high = middle;
    }
  }
  const entry = table + low * ENTRY;
  return wanted - startOf(entry) < lengthOf(entry) ? entry : 0;
}

/** Frees everything. The work is proportional to the space in use, not to the size of the memory. */
export function clear(): void {
  zero(HEAP, top - HEAP);
  top = HEAP;
  count = 0;
  if (anyFreed) {
    memory.fill(HEADS, 0, CLASSES * 4);
    anyFreed = false;
  }
  if (ownEntry != 0) {
    table = FIRST_TABLE;
    tableEntries = FIRST_TABLE_ENTRIES;
    ownEntry = 0;
  }
}

/** From now on the heap does not grow past the first `pages` pages. Space that it has already can be used again. */
export function limitPages(pages: u32): void {
  limit = min(pages, MOST_BYTES >> PAGE_SHIFT) << PAGE_SHIFT;
}

// @ts-ignore: decorator
@inline
export function startOf(entry: u32): u32 {
  return load<u32>(entry);
}

// @ts-ignore: decorator
@inline
export function lengthOf(entry: u32): u32 {
  return load<u32>(entry, 4);
}

// @ts-ignore: decorator
@inline
function setLength(entry: u32, length: u32): void {
  store<u32>(entry, length, 4);
}

/** Appends space of `roomy` units to the heap, or just of `units` when no more is to be had; 0 when neither is. */
function append(units: u32, roomy: u32): u32 {
  if (count == tableEntries && !growTable()) return 0;
  return reach(roomy) ? appendEntry(roomy) : reach(units) ? appendEntry(units) : 0;
}

/** Whether the memory holds `units` more above `top`; it grows for them if it may. */
function reach(units: u32): bool {
  const end = <u64>top + (<u64>units << UNIT_SHIFT);
  if (end > <u64>limit) return false;
  const missing = <i32>((end + 0xffff) >> PAGE_SHIFT) - memory.size();
  return missing <= 0 || memory.grow(missing) >= 0;
}

function appendEntry(units: u32): u32 {
  const entry = table + count * ENTRY;
  store<u32>(entry, top);
  setLength(entry, 0);
  count += 1;
  top += units << UNIT_SHIFT;
  return entry;
}

/** Moves the table into new space of twice its size. What it leaves in the heap becomes free space. */
function growTable(): bool {
  // Cannot overflow: a table of 2^27 entries, and as many blocks of 16 bytes, would fill the memory by themselves.
  const bytes = tableEntries * ENTRY * 2;
  if (!reach(bytes >> UNIT_SHIFT)) return false;
  const old = table;
  const oldBytes = tableEntries * ENTRY;
  const oldEntry = ownEntry;
  table = top;
  tableEntries *= 2;
  memory.copy(table, old, oldBytes);
  appendEntry(bytes >> UNIT_SHIFT);
  ownEntry = count;
  if (oldEntry != 0) {
    memory.fill(old, 0, oldBytes);
    link(entryAt(oldEntry));
  }
  return true;
}

/** Takes the last entry off the table, and the free ones that are last then, which lowers `top`. */
function dropLast(last: u32): void {
  top = startOf(last);
  count -= 1;
  while (count != 0 && count != ownEntry) {
    const entry = entryAt(count);
    if (lengthOf(entry) != 0) return;
    unlink(entry);
    top = startOf(entry);
    count -= 1;
  }
}

// @ts-ignore: decorator
@inline
function entryAt(number: u32): u32 {
  return table + (number - 1) * ENTRY;
}

function numberOf(entry: u32): u32 {
  return (entry - table) / ENTRY + 1;
}

/** Unlinks and answers a free entry of the first class in `from ..< to` that has one; 0 when none has. */
function takeFree(from: u32, to: u32): u32 {
  for (let c = from; c < to; c += 1) {
    const number = load<u32>(HEADS + c * 4);
    if (number != 0) {
      const entry = entryAt(number);
      unlink(entry);
      return entry;
    }
  }
  return 0;
}

/** Puts an entry at the head of the free list of its class. */
function link(entry: u32): void {
  const number = numberOf(entry);
  const head = headOf(entry);
  const next = load<u32>(head);
  store<u32>(entry, next, 8);
  store<u32>(entry, 0, 12);
  if (next != 0) store<u32>(entryAt(next), number, 12);
  store<u32>(head, number);
  anyFreed = true;
}

function unlink(entry: u32): void {
  const next = load<u32>(entry, 8);
  const previous = load<u32>(entry, 12);
  if (next != 0) store<u32>(entryAt(next), previous, 12);
  if (previous != 0) {
    store<u32>(entryAt(previous), next, 8);
  } else {
    store<u32>(headOf(entry), next);
  }
}

/** The free list for an entry: the one of the largest class that its capacity covers. */
function headOf(entry: u32): u32 {
  const end = numberOf(entry) == count ? top : load<u32>(entry + ENTRY);
  return HEADS + classBelow((end - startOf(entry)) >> UNIT_SHIFT) * 4;
}

// Size classes. There are eight to each power of two, so that space is at most an eighth larger than asked for, and
// whatever is in the list of a class fits every request of that class. In units of 16 bytes class c stands for c
// below 16, and above for (8 + c % 8) << (c / 8 - 1).

function unitsOf(c: u32): u32 {
  return c < 16 ? c : (8 + (c & 7)) << ((c >> 3) - 1);
}

function classBelow(units: u32): u32 {
  const shift = <u32>max(28 - clz(<i32>units), 0);
  return (shift << 3) + (units >> shift);
}

/** A result of 16 in the low part carries into the next power of two, as it should. */
function classAbove(units: u32): u32 {
  const shift = <u32>max(28 - clz(<i32>units), 0);
  return (shift << 3) + ((units + (1 << shift) - 1) >> shift);
}

/** May zero more, up to a multiple of 16 bytes: every block has that much to itself. */
function zero(start: u32, length: u32): void {
  if (length > FEW_BYTES) {
    memory.fill(start, 0, length);
    return;
  }
  const end = start + length;
  for (let at = start; at < end; at += 16) {
    store<u64>(at, 0);
    store<u64>(at, 0, 8);
  }
}
