// QuickJS's allocator, on top of the C library's. It exists for two things: to notice when memory runs out, and to
// leave no rubbish in a snapshot, where each freed byte that is not zero would be a byte of the plug-in's file.

import { calloc, free, js_free_rt, js_malloc_rt, malloc, realloc } from "./quickjs";
import { building, rt, setOutOfMemory } from "./state";

/** The five function pointers that `JS_NewRuntime2` wants, in its order. It copies them. */
export function allocatorFunctions(at: usize): usize {
  store<u32>(at, engineCalloc.index);
  store<u32>(at, engineMalloc.index, 4);
  store<u32>(at, engineFree.index, 8);
  store<u32>(at, engineRealloc.index, 12);
  store<u32>(at, usableSize.index, 16);
  return at;
}

/** Allocates, or notes that memory has run out and answers 0. */
export function allocate(size: usize): usize {
  const pointer = malloc(size);
  if (pointer == 0) setOutOfMemory(true);
  return pointer;
}

/** Gives back a block of {@link allocate}; while a plug-in is built, its contents too. */
export function deallocate(pointer: usize): void {
  if (pointer == 0) return;
  if (building) memory.fill(pointer, 0, usableSize(pointer));
  free(pointer);
}

/** QuickJS keeps blocks of up to this size in pools of its own, one for each multiple of eight bytes at most. */
const LARGEST_POOLED: usize = 512;

/** How often QuickJS asked for memory: pools are what it asks for when it has no free block of a size. */
let requests: u32 = 0;

/** Zeroes the free blocks of QuickJS's pools, by taking every one of them and giving it back. */
export function cleanPools(): void {
  for (let size: usize = 8; size <= LARGEST_POOLED; size += 8) {
    let last: usize = 0;
    const before = requests;
    while (requests == before) {
      const block = js_malloc_rt(rt, size);
      if (block == 0) break;
      memory.fill(block, 0, size);
      store<u32>(block, last);
      last = block;
    }
    while (last != 0) {
      const block = last;
      last = load<u32>(block);
      store<u32>(block, 0);
      js_free_rt(rt, block);
    }
  }
}

function engineCalloc(_: usize, count: usize, size: usize): usize {
  const pointer = calloc(count, size);
  if (pointer == 0) setOutOfMemory(true);
  return pointer;
}

function engineMalloc(_: usize, size: usize): usize {
  requests++;
  return allocate(size);
}

function engineFree(_: usize, pointer: usize): void {
  deallocate(pointer);
}

function engineRealloc(_: usize, pointer: usize, size: usize): usize {
  if (building && pointer != 0) return reallocClean(pointer, size);
  const moved = realloc(pointer, size);
  if (moved == 0 && size != 0) setOutOfMemory(true);
  return moved;
}

/** As realloc, but what was behind the new end, or at the old place, is zeroed. */
function reallocClean(pointer: usize, size: usize): usize {
  const moved = allocate(size);
  if (moved == 0) return 0;
  memory.copy(moved, pointer, min(size, usableSize(pointer)));
  deallocate(pointer);
  return moved;
}

/** dlmalloc keeps the size of a chunk, with three flags in the low bits, in the word before its contents. */
function usableSize(pointer: usize): usize {
  return (load<u32>(pointer - 4) & ~7) - 4;
}
