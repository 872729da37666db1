import { quoteForMessage } from "../errors.js";
import { setProperty } from "../property.js";
import { ExtensionValue, extensionAt } from "./extension.js";
import * as format from "./format.js";
import { itemEndingAt, mapsEndingAt } from "./locate.js";
import { ScalarReader } from "./scalar-reader.js";

/** What a {@link Reader} can be told. */
export interface ReaderOptions {
  /** How deep values may nest. @default 512 */
  readonly maxDepth?: number;
}

/**
 * Reads MessagePack that may be hostile: it checks types, bounds, depth and declared sizes as it goes, and throws
 * a {@link CodecError} at the first thing that is wrong. The error's offset is where the item at fault begins;
 * {@link pathAt} turns it into a path.
 */
export class Reader extends ScalarReader {
  private readonly maxDepth: number;
  private depth: number;

  constructor(options: ReaderOptions = {}) {
    super();
    this.maxDepth = options.maxDepth ?? format.MAX_DEPTH;
    this.depth = 0;
  }

  override source(bytes: Uint8Array, view: DataView, start: number, end: number): void {
    super.source(bytes, view, start, end);
    this.depth = 0;
  }

  /** Reads an array's header: its length, which is at most the number of bytes that follow. */
  array(): number {
    const { pos, end } = this;
    if (pos < end) {
      const c = this.view.getUint8(pos);
      const length = c & 0x0f;
      if ((c & 0xf0) === format.FIXARRAY && length <= end - pos - 1) {
        this.pos = pos + 1;
        return length;
      }
    }
    return this.container("array", format.FIXARRAY, format.ARRAY16, 1);
  }

  /** Reads a map's header: its number of entries, which is at most half the number of bytes that follow. */
  map(): number {
    const { pos, end } = this;
    if (pos < end) {
      const c = this.view.getUint8(pos);
      const size = c & 0x0f;
      if ((c & 0xf0) === format.FIXMAP && size * 2 <= end - pos - 1) {
        this.pos = pos + 1;
        return size;
      }
    }
    return this.container("map", format.FIXMAP, format.MAP16, 2);
  }

  private container(expected: "array" | "map", fix: number, sized: number, items: number): number {
    const { view, pos, end } = this;
    const c = pos < end ? view.getUint8(pos) : 0;
    if ((c & 0xf0) !== fix && c !== sized && c !== sized + 1) this.wrong(expected, pos);
    const after = format.itemEnd(view, pos, end);
    if (after > end) this.wrong(expected, pos);
    const size = format.itemChildren(view, pos) / items;
    if (size * items > end - after) this.lyingSize(expected, size, end - after);
    this.pos = after;
    return size;
  }

  private lyingSize(what: "array" | "map", size: number, left: number): never {
    const parts = what === "map" ? "entries" : "elements";
    const got = `${what} of ${size} ${parts}`;
    this.fault(
      "oversized",
      `expected ${what}, got one of ${size} ${parts} in ${left} bytes`,
      this.pos,
      what,
      got,
    );
  }

  /** Goes one level down, and refuses to go deeper than allowed. */
  enter(): void {
    if (++this.depth > this.maxDepth) this.tooDeep();
  }

  /** Comes back from the level that {@link enter} began. */
  leave(): void {
    this.depth--;
  }

  private tooDeep(): never {
    this.depth = 0;
    this.fault("depth", `nested deeper than ${this.maxDepth} levels`, this.pos);
  }

  /** Passes one value, whatever it is. Contents of strings aren't checked. */
  skip(): void {
    const { view, end } = this;
    let { pos } = this;
    let left = 1;
    while (left > 0) {
      // Each of the items left needs a byte at least.
      if (left > end - pos) this.cutOff("a whole value", pos);
      const after = format.itemEnd(view, pos, end);
      if (after < 0 || after > end) this.wrong("a value", pos);
      left += format.itemChildren(view, pos) - 1;
      pos = after;
    }
    this.pos = pos;
  }

  /**
   * Reads any value. Integers outside the safe range become bigints, binary a Uint8Array, a timestamp a Date, other
   * extensions an {@link ExtensionValue}, and maps plain objects, of whose equal keys the last one counts.
   */
  value(): unknown {
    const { pos, view } = this;
    const c = pos < this.end ? view.getUint8(pos) : format.NEVER_USED;
    if (c < format.FIXMAP || c >= format.NEGATIVE_FIXINT) return this.integer();
    if (c < format.FIXARRAY) return this.anyMap();
    if (c < format.FIXSTR) return this.anyArray();
    if (c < format.NIL) return this.string();
    switch (c) {
      case format.NIL:
        this.pos = pos + 1;
        return null;
      case format.FALSE:
      case format.TRUE:
        return this.boolean();
      case format.BIN8:
      case format.BIN16:
      case format.BIN32:
        return this.binary();
      case format.FLOAT32:
      case format.FLOAT64:
        return this.float64();
      case format.UINT64:
        return narrow(this.uint64());
      case format.INT64:
        return narrow(this.int64());
      case format.UINT8:
      case format.UINT16:
      case format.UINT32:
      case format.INT8:
      case format.INT16:
      case format.INT32:
        return this.integer();
      case format.STR8:
      case format.STR16:
      case format.STR32:
        return this.string();
      case format.ARRAY16:
      case format.ARRAY32:
        return this.anyArray();
      case format.MAP16:
      case format.MAP32:
        return this.anyMap();
      default:
        return this.anyExtension();
    }
  }

  private anyArray(): unknown[] {
    this.enter();
    const length = this.array();
    // Not made with that length: at every level an input could claim as many elements as it has bytes.
    const array: unknown[] = [];
    for (let i = 0; i < length; i++) array.push(this.value());
    this.leave();
    return array;
  }

  private anyMap(): Record<string, unknown> {
    this.enter();
    const map: Record<string, unknown> = {};
    for (let left = this.map(); left > 0; left--) {
      const key = this.key();
      setProperty(map, key, this.value());
    }
    this.leave();
    return map;
  }

  private anyExtension(): ExtensionValue | Date {
    const item = extensionAt(this.view, this.pos, this.end);
    if (item === undefined) return this.wrong("a value", this.pos);
    if (item.type === format.TIMESTAMP) return new Date(this.timestamp());
    this.pos = item.end;
    return new ExtensionValue(item.type, this.copy(item.data, item.end));
  }

  /**
   * Fails because the map just read has no such key. `at` is where the map began; without it, the map is looked
   * for among those that end here.
   */
  missing(field: string, at?: number): never {
    const expected = `the field ${quoteForMessage(field)}`;
    this.fault(
      "missing",
      `expected ${expected}, which is missing`,
      at ?? this.mapWithout(field),
      expected,
      "nothing",
    );
  }

  private mapWithout(field: string): number {
    const maps = mapsEndingAt(this.view, this.start, this.pos);
    const reader = new Reader();
    const found = maps.find((at) => {
      reader.source(this.bytes, this.view, at, this.pos);
      return !reader.hasKey(field);
    });
    return found ?? maps[0] ?? this.pos;
  }

  /** Whether the map at this place, which has been read once, has a key. */
  private hasKey(field: string): boolean {
    for (let left = this.map(); left > 0; left--) {
      if (this.key() === field) return true;
      this.skip();
    }
    return false;
  }

  /** Fails because the key just read is none of a closed record's. `at` is where the key began, if known. */
  unknownField(field: string, at?: number): never {
    const got = `the unknown field ${quoteForMessage(field)}`;
    this.fault(
      "unknown-field",
      `got ${got}`,
      at ?? itemEndingAt(this.view, this.start, this.pos),
      undefined,
      got,
    );
  }

  /** Fails because the string just read isn't one of an enum's. `at` is where it began, if known. */
  notInEnum(expected: string, got: string, at?: number): never {
    const text = quoteForMessage(got);
    const detail = `expected ${expected}, got ${text}`;
    this.fault("enum", detail, at ?? itemEndingAt(this.view, this.start, this.pos), expected, text);
  }
}

function narrow(v: bigint): number | bigint {
  return v >= -MAX_SAFE && v <= MAX_SAFE ? Number(v) : v;
}

const MAX_SAFE = 0x1fffffffffffffn;
