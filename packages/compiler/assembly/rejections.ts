// Promises that were rejected while nobody listened. If somebody listens later, before the call is over, all is well.

import { allocate, deallocate } from "./memory";
import { JS_SetHostPromiseRejectionTracker, JS_Throw, UNDEFINED, Value, release, retain } from "./quickjs";
import { ctx, rt } from "./state";

/** Words: next, unused, promise (two), reason (two). */
const ENTRY_BYTES: usize = 24;
let first: usize = 0;

export function trackRejections(): void {
  JS_SetHostPromiseRejectionTracker(rt, onRejection.index, 0);
}

/** Throws the reason of one of them, and forgets all; false when there is none. */
export function takeRejection(): bool {
  if (first == 0) return false;
  const reason = retain(ctx, load<u64>(first, 16));
  clearRejections();
  JS_Throw(ctx, reason);
  return true;
}

export function clearRejections(): void {
  while (first != 0) remove(0, first);
}

/** Counts an exception of a job, which has no promise, as one that nobody handles. */
export function addUncaught(reason: Value): void {
  add(UNDEFINED, reason);
  release(ctx, reason);
}

function onRejection(_: usize, promise: Value, reason: Value, isHandled: i32, __: usize): void {
  if (isHandled) forget(promise);
  else add(promise, reason);
}

function add(promise: Value, reason: Value): void {
  const entry = allocate(ENTRY_BYTES);
  if (entry == 0) return;
  store<u32>(entry, first);
  store<u64>(entry, retain(ctx, promise), 8);
  store<u64>(entry, retain(ctx, reason), 16);
  first = entry;
}

function forget(promise: Value): void {
  let before: usize = 0;
  for (let entry = first; entry != 0; before = entry, entry = load<u32>(entry)) {
    if (load<u64>(entry, 8) != promise) continue;
    remove(before, entry);
    return;
  }
}

function remove(before: usize, entry: usize): void {
  const next = load<u32>(entry);
  if (before == 0) first = next;
  else store<u32>(before, next);
  release(ctx, load<u64>(entry, 8));
  release(ctx, load<u64>(entry, 16));
  deallocate(entry);
}
