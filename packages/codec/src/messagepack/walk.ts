import * as format from "./format.js";

/** A container that a walk is in. */
export interface Frame {
  /** Where it begins. */
  readonly at: number;
  readonly map: boolean;
  /** How many items it has: two for an entry of a map. */
  readonly size: number;
  /** How many of its items have been passed. */
  passed: number;
  /** Where the item passed last began: when `passed` is odd in a map, the key of the current value. */
  last: number;
  /** Where the item begins that the walk is at, or in. */
  current: number;
}

/** How many containers deep a walk looks; what is deeper it passes as parts of the deepest one. */
const MAX_FRAMES = 1024;

/**
 * Walks over a MessagePack value item by item, knowing the containers it is in, for errors that have to say where
 * they are. It takes one pass over the bytes and bounded memory, believes none of them, and stops where they end
 * or make no sense.
 */
export class Walk {
  /** From the outermost to the innermost. */
  readonly frames: Frame[] = [];
  /** Where the walk is: an item begins here. */
  pos: number;
  /** Where the item before this one began. */
  previous: number;
  /** Where the maps began that the last step completed, the innermost first. */
  readonly completedMaps: number[] = [];
  readonly #view: DataView;
  readonly #end: number;
  /** Items still to pass below the deepest frame. */
  #buried = 0;

  constructor(view: DataView, start: number, end: number) {
    this.#view = view;
    this.#end = Math.min(end, view.byteLength);
    this.pos = start;
    this.previous = start;
  }

  /** Passes one item, or enters one container. False: nothing can be passed any more, or only beyond `limit`. */
  step(limit: number): boolean {
    const at = this.pos;
    if (at >= this.#end) return false;
    const after = format.itemEnd(this.#view, at, this.#end);
    if (after < 0 || after > this.#end || after > limit) return false;
    const size = format.itemChildren(this.#view, at);
    this.previous = at;
    this.pos = after;
    this.completedMaps.length = 0;
    if (size === 0) {
      if (format.isMap(this.#view.getUint8(at))) this.completedMaps.push(at);
      this.#complete();
    } else if (this.frames.length < MAX_FRAMES) {
      const map = format.isMap(this.#view.getUint8(at));
      this.frames.push({ at, map, size, passed: 0, last: after, current: after });
    } else {
      // The item is itself one of the buried, unless it is the deepest frame's own.
      this.#buried += this.#buried > 0 ? size - 1 : size;
    }
    return true;
  }

  #complete(): void {
    if (this.#buried > 0) {
      this.#buried--;
      if (this.#buried > 0) return;
    }
    for (let frame = this.frames.at(-1); frame !== undefined; frame = this.frames.at(-1)) {
      frame.passed++;
      frame.last = frame.current;
      frame.current = this.pos;
      if (frame.passed < frame.size) return;
      this.frames.pop();
      if (frame.map) this.completedMaps.push(frame.at);
    }
  }
}
