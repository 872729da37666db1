// The heap, for AssemblyScript's "minimal" runtime: a mark and sweep collector that runs between calls, when nothing
// lives on the stack, and allocates small objects by moving a pointer. Most of what a call allocates is dead when it
// returns; a chunk in which nothing survived is free again without a look at its objects.
//
// The compiler takes these functions instead of its own through `--use __new=…` and so on: see the Tenon command.

// Chunks of small objects, all of one size in each. Aligned, so that an object's chunk follows from its address.
const CHUNK: usize = 0x4000;
const CHUNK_HEADER: usize = 16;
// In a chunk's header: the next chunk, its objects' size with header, and how many of them are live.
const NEXT_CHUNK: usize = 0;
const OBJECT_SIZE: usize = 4;
const LIVE: usize = 8;

// An object's header, at these distances before it: the collection that last found it alive, a link in the list of
// objects still to look into, and what AssemblyScript keeps there.
const HEADER: usize = 16;
const ALIVE: usize = 16;
const LINK: usize = 12;
const CLASS_ID: usize = 8;
const SIZE: usize = 4;

// The collection number of objects that are never collected: see region.ts.
const PINNED: u32 = 0xffffffff;

// Classes 1 to 32 of small objects: multiples of 16 bytes, headers included. Each has the free run of memory that it
// allocates from, and a list of further runs: in each the next run at 8 and its end at 12, where no object that was
// there keeps its collection number.
const CLASSES: usize = 33;
const LARGEST_SMALL: usize = 512 - HEADER;
const classes = memory.data(<i32>(CLASSES << 4), 16);
const CURSOR: usize = 0;
const LIMIT: usize = 4;
const RUNS: usize = 8;
const NEXT_RUN: usize = 8;
const RUN_END: usize = 12;

// Large objects come from the allocator, with links to their neighbours in front of their headers.
const LARGE_HEADER: usize = 32;
const PREVIOUS_LARGE: usize = 32;
const NEXT_LARGE: usize = 28;
const LARGEST: usize = (1 << 30) - 64;

// Allocated between two collections: at least this much, else as much as has survived the last one.
const LEAST_BUDGET: isize = 0x40000;

let chunks: usize = 0;
let freeChunks: usize = 0;
let chunkPages: i32 = 0;
let large: usize = 0;
let collection: u32 = 1;
let grey: usize = 0;
let budget: isize = LEAST_BUDGET;
// @ts-ignore: decorator
@lazy const pinned = new Array<usize>();

/** Allocates an object. Its memory is not cleared. */
export function __new(size: usize, id: i32): usize {
  if (size > LARGEST_SMALL) return newLarge(size, id);
  const total = (size + HEADER + 15) & ~15;
  const entry = classes + total;
  let slot = load<usize>(entry, CURSOR);
  if (slot + total > load<usize>(entry, LIMIT)) slot = nextRun(entry, total);
  store<usize>(entry, slot + total, CURSOR);
  store<u32>(slot, 0);
  store<u32>(slot, id, HEADER - CLASS_ID);
  store<u32>(slot, <u32>size, HEADER - SIZE);
  return slot + HEADER;
}

/** Gives an object another size, and perhaps another place. */
export function __renew(object: usize, size: usize): usize {
  const old = <usize>load<u32>(object - SIZE);
  if (object >= __heap_base) {
    if (old > LARGEST_SMALL && size > LARGEST_SMALL) return renewLarge(object, size);
    if (old <= LARGEST_SMALL && size + HEADER <= load<usize>(chunkOf(object), OBJECT_SIZE)) {
      store<u32>(object - SIZE, <u32>size);
      return object;
    }
  }
  const moved = __new(size, load<u32>(object - CLASS_ID));
  memory.copy(moved, object, min(size, old));
  return moved;
}

/** Nothing to note: no object is moved or looked at while a call runs. */
export function __link(parent: usize, child: usize, expectMultiple: bool): void {}

/** Marks an object as alive. The compiler's visitors call it with everything that an object refers to. */
export function __visit(object: usize, cookie: u32): void {
  if (!object) return;
  const known = load<u32>(object - ALIVE);
  if (known == collection || known == PINNED) return;
  store<u32>(object - ALIVE, collection);
  const id = load<u32>(object - CLASS_ID);
  if (object >= __heap_base && load<u32>(object - SIZE) <= <u32>LARGEST_SMALL) {
    const chunk = chunkOf(object);
    store<u32>(chunk, load<u32>(chunk, LIVE) + 1, LIVE);
  }
  // Strings and buffers refer to nothing.
  if (id <= idof<String>()) return;
  store<usize>(object - LINK, grey);
  grey = object;
}

/** Keeps an object until {@link __unpin}. */
export function __pin(object: usize): usize {
  if (object) pinned.push(object);
  return object;
}

export function __unpin(object: usize): void {
  const index = pinned.indexOf(object);
  if (index >= 0) pinned.splice(index, 1);
}

/** Frees what nothing refers to. Only while no call runs: the stack is not looked at. */
export function __collect(): void {
  mark();
  let live = sweepChunks();
  live += sweepLarge();
  budget = max(LEAST_BUDGET, <isize>live);
}

/** Collects if enough has been allocated since the last time. */
// @ts-ignore: decorator
@inline
export function collectBetweenCalls(): void {
  if (budget < 0) __collect();
}

function mark(): void {
  collection++;
  // Zero is a new object's number.
  if (collection == PINNED) collection = 1;
  for (let chunk = chunks; chunk; chunk = load<usize>(chunk, NEXT_CHUNK)) store<u32>(chunk, 0, LIVE);
  grey = 0;
  __visit_globals(0);
  for (let i = 0; i < pinned.length; i++) __visit(unchecked(pinned[i]), 0);
  while (grey) {
    const object = grey;
    grey = load<usize>(object - LINK);
    __visit_members(object, 0);
  }
}

// Answers how many bytes are live.
function sweepChunks(): usize {
  memory.fill(classes, 0, CLASSES << 4);
  let live: usize = 0;
  let kept: usize = 0;
  let chunk = chunks;
  while (chunk) {
    const next = load<usize>(chunk, NEXT_CHUNK);
    const count = <usize>load<u32>(chunk, LIVE);
    if (!count) {
      store<usize>(chunk, freeChunks, NEXT_CHUNK);
      freeChunks = chunk;
    } else {
      store<usize>(chunk, kept, NEXT_CHUNK);
      kept = chunk;
      live += count * load<usize>(chunk, OBJECT_SIZE);
      findRuns(chunk, load<usize>(chunk, OBJECT_SIZE));
    }
    chunk = next;
  }
  chunks = kept;
  return live;
}

// Lists the stretches of dead objects between live ones.
function findRuns(chunk: usize, size: usize): void {
  const entry = classes + size;
  const end = chunk + CHUNK - size;
  let slot = chunk + CHUNK_HEADER;
  while (slot <= end) {
    if (load<u32>(slot) == collection) {
      slot += size;
      continue;
    }
    const start = slot;
    do slot += size;
    while (slot <= end && load<u32>(slot) != collection);
    store<usize>(start, load<usize>(entry, RUNS), NEXT_RUN);
    store<usize>(start, slot, RUN_END);
    store<usize>(entry, start, RUNS);
  }
}

function sweepLarge(): usize {
  let live: usize = 0;
  let object = large;
  while (object) {
    const next = load<usize>(object - NEXT_LARGE);
    if (load<u32>(object - ALIVE) == collection) live += load<u32>(object - SIZE);
    else freeLarge(object);
    object = next;
  }
  return live;
}

// The start of a free run of the class: one that a collection found, or a chunk of its own.
function nextRun(entry: usize, total: usize): usize {
  const run = load<usize>(entry, RUNS);
  if (run) {
    store<usize>(entry, load<usize>(run, NEXT_RUN), RUNS);
    const end = load<usize>(run, RUN_END);
    store<usize>(entry, end, LIMIT);
    budget -= end - run;
    return run;
  }
  if (!freeChunks) addChunks();
  const chunk = freeChunks;
  freeChunks = load<usize>(chunk, NEXT_CHUNK);
  store<usize>(chunk, chunks, NEXT_CHUNK);
  store<usize>(chunk, total, OBJECT_SIZE);
  chunks = chunk;
  store<usize>(entry, chunk + CHUNK, LIMIT);
  budget -= CHUNK;
  // What an earlier use has left may look like a live object to findRuns. That wastes its slot until the next
  // collection, and no more: only objects that were visited are looked into.
  return chunk + CHUNK_HEADER;
}

function addChunks(): void {
  // The allocator claims all the memory there is when it is first used: that has to come before.
  __free(__alloc(0));
  let pages = min(chunkPages + 1, 64);
  let start = memory.grow(pages);
  if (start < 0) {
    pages = 1;
    start = memory.grow(pages);
    if (start < 0) throw new Error("out of memory");
  }
  chunkPages += pages;
  let chunk = (<usize>start << 16) + (<usize>pages << 16);
  while (chunk > <usize>start << 16) {
    chunk -= CHUNK;
    store<usize>(chunk, freeChunks, NEXT_CHUNK);
    freeChunks = chunk;
  }
}

function newLarge(size: usize, id: i32): usize {
  if (size > LARGEST) throw new Error("an object can't be larger than 1 GiB");
  const object = __alloc(size + LARGE_HEADER) + LARGE_HEADER;
  budget -= size;
  store<usize>(object - PREVIOUS_LARGE, 0);
  store<usize>(object - NEXT_LARGE, large);
  if (large) store<usize>(large - PREVIOUS_LARGE, object);
  large = object;
  store<u32>(object - ALIVE, 0);
  store<u32>(object - CLASS_ID, id);
  store<u32>(object - SIZE, <u32>size);
  return object;
}

function renewLarge(object: usize, size: usize): usize {
  if (size > LARGEST) throw new Error("an object can't be larger than 1 GiB");
  budget -= size;
  const moved = __realloc(object - LARGE_HEADER, size + LARGE_HEADER) + LARGE_HEADER;
  const previous = load<usize>(moved - PREVIOUS_LARGE);
  const next = load<usize>(moved - NEXT_LARGE);
  if (previous) store<usize>(previous - NEXT_LARGE, moved);
  else large = moved;
  if (next) store<usize>(next - PREVIOUS_LARGE, moved);
  store<u32>(moved - SIZE, <u32>size);
  return moved;
}

function freeLarge(object: usize): void {
  const previous = load<usize>(object - PREVIOUS_LARGE);
  const next = load<usize>(object - NEXT_LARGE);
  if (previous) store<usize>(previous - NEXT_LARGE, next);
  else large = next;
  if (next) store<usize>(next - PREVIOUS_LARGE, previous);
  __free(object - LARGE_HEADER);
}

// @ts-ignore: decorator
@inline
function chunkOf(object: usize): usize {
  return object & ~(CHUNK - 1);
}
