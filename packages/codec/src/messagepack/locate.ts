import { Walk } from "./walk.js";

/** How many maps are looked at, at most, for the one that lacks a key: each is read again for that. */
const MAX_CANDIDATES = 16;

/** Where the item began that ends at `end`: the innermost, if several do. */
export function itemEndingAt(view: DataView, start: number, end: number): number {
  const walk = walkTo(view, start, end);
  return walk.pos === end ? walk.previous : end;
}

/** Where the maps began that end at `end`, the innermost first. */
export function mapsEndingAt(view: DataView, start: number, end: number): readonly number[] {
  const walk = walkTo(view, start, end);
  return walk.pos === end ? walk.completedMaps.slice(0, MAX_CANDIDATES) : [];
}

/** Walks through one value as far as `target`, or to the last item that begins before it when one lies across. */
export function walkTo(view: DataView, start: number, target: number): Walk {
  const walk = new Walk(view, start, target);
  while (walk.pos < target && walk.step(target) && walk.frames.length > 0);
  return walk;
}
