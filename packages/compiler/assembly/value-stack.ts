// What is decoded and not yet in its container. Positions are offsets, because the stack moves as it grows.

import { fail } from "./fail";
import { allocate, deallocate } from "./memory";
import { Value, release } from "./quickjs";
import { ctx } from "./state";

let stack: usize = 0;
let capacity: u32 = 0;
export let top: u32 = 0;

/** Empties the stack; what a failed decoding left there has been released. */
export function resetStack(): void {
  top = 0;
}

/** Takes a value over; false, with an exception, when there is no memory. */
export function push(value: Value): bool {
  if (top == capacity && !grow()) {
    release(ctx, value);
    fail("out of memory");
    return false;
  }
  store<u64>(stack + top, value);
  top += 8;
  return true;
}

/** Releases everything from `base` on. */
export function popTo(base: u32): void {
  while (top > base) {
    top -= 8;
    release(ctx, load<u64>(stack + top));
  }
}

/** Forgets everything from `base` on: somebody else has it now. */
export function dropTo(base: u32): void {
  top = base;
}

/** Where the value at an offset is, until the next push. */
export function addressOf(offset: u32): usize {
  return stack + offset;
}

function grow(): bool {
  const wanted = max<u32>(capacity * 2, 1024);
  const moved = allocate(wanted);
  if (moved == 0) return false;
  memory.copy(moved, stack, top);
  deallocate(stack);
  stack = moved;
  capacity = wanted;
  return true;
}
