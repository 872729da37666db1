// Where in a value the work is, kept as it goes and turned into JavaScript only when something is wrong.

import {
  Atom, JS_AtomToString, JS_NewArrayFrom, Value, newInt,
} from "./quickjs";
import { allocate, deallocate } from "./memory";
import { DEEPEST } from "./reader";
import { ctx } from "./state";

const NOWHERE: u32 = 0;
const INDEX: u32 = 1;
const KEY: u32 = 2;

let steps: usize = 0;
export let depth: i32 = 0;

export function beginPath(): void {
  if (steps == 0) steps = allocate(<usize>DEEPEST * 8);
  depth = 0;
}

/** Goes into a container; false when that is too deep. The step is set with {@link atIndex} or {@link atKey}. */
export function enter(): bool {
  if (depth >= DEEPEST) return false;
  depth++;
  atNoEntry();
  return true;
}

export function leave(): void {
  depth--;
}

/** Before, between and behind the entries of a container: there, a key that was set may be gone. */
// @ts-ignore: decorator
@inline
export function atNoEntry(): void {
  setStep(NOWHERE, 0);
}

// @ts-ignore: decorator
@inline
export function atIndex(index: u32): void {
  setStep(INDEX, index);
}

// @ts-ignore: decorator
@inline
export function atKey(key: Atom): void {
  setStep(KEY, key);
}

/** The path as an array of numbers and strings. */
export function pathValue(): Value {
  const values = allocate(<usize>depth * 8 + 8);
  let count = 0;
  for (let i = 0; i < depth; i++) {
    const at = steps + (<usize>i << 3);
    const kind = load<u32>(at);
    const what = load<u32>(at, 4);
    if (kind == NOWHERE) continue;
    store<u64>(values + (<usize>count << 3), kind == KEY ? JS_AtomToString(ctx, what) : newInt(what));
    count++;
  }
  const array = JS_NewArrayFrom(ctx, count, values);
  deallocate(values);
  return array;
}

// @ts-ignore: decorator
@inline
function setStep(kind: u32, what: u32): void {
  const at = steps + (<usize>(depth - 1) << 3);
  store<u32>(at, kind);
  store<u32>(at, what, 4);
}
