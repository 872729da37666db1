import { isPlainObject } from "../plain-object.js";
import { ExtensionValue } from "./extension.js";
import * as format from "./format.js";
import { ScalarWriter } from "./scalar-writer.js";
import { splitTime } from "./timestamp.js";

/**
 * Writes MessagePack into memory it is given, and asks its {@link Sink} for more. Every method checks its argument,
 * so that nothing wrong is ever encoded silently; what fails throws a {@link CodecError} whose offset is where the
 * value would have begun.
 */
export class Writer extends ScalarWriter {
  /** Goes one level down, and refuses to go deeper than 512: an object graph with a cycle would never end. */
  enter(): void {
    if (++this.depth > format.MAX_DEPTH) this.tooDeep();
  }

  /** Comes back from the level that {@link enter} began. */
  leave(): void {
    this.depth--;
  }

  private tooDeep(): never {
    this.fault(
      "depth",
      `nested deeper than ${format.MAX_DEPTH} levels; is there a cycle?`,
      "value",
      undefined,
    );
  }

  /** Begins an array: `length` values follow. */
  array(length: number): void {
    if (typeof length !== "number" || length >>> 0 !== length) this.refuseNumber("array length", length);
    this.reserve(5);
    if (length < 16) {
      this.put1(format.FIXARRAY | length);
    } else if (length < 0x10000) {
      this.put3((format.ARRAY16 << 16) | length);
    } else {
      this.put1(format.ARRAY32);
      this.put4(length);
    }
  }

  /** Begins a map: `size` times a key and a value follow. */
  map(size: number): void {
    if (typeof size !== "number" || size >>> 0 !== size) this.refuseNumber("map size", size);
    this.reserve(5);
    if (size < 16) {
      this.put1(format.FIXMAP | size);
    } else if (size < 0x10000) {
      this.put3((format.MAP16 << 16) | size);
    } else {
      this.put1(format.MAP32);
      this.put4(size);
    }
  }

  /** Writes a date as MessagePack's timestamp extension, in the shortest of its three forms. */
  timestamp(v: Date): void {
    if (!(v instanceof Date)) this.refuse("Date", v);
    const time = v.getTime();
    if (Number.isNaN(time)) this.fault("unencodable", "expected Date, got an invalid one", "Date", v);
    const { seconds, nanoseconds } = splitTime(time);
    this.reserve(15);
    if (seconds < 0 || seconds >= 0x400000000) {
      this.put3((format.EXT8 << 16) | (12 << 8) | (format.TIMESTAMP & 0xff));
      this.put4(nanoseconds);
      this.put4(Math.floor(seconds / 0x100000000));
    } else if (nanoseconds > 0 || seconds > 0xffffffff) {
      this.put2((format.FIXEXT8 << 8) | (format.TIMESTAMP & 0xff));
      // 30 bits of nanoseconds, then 34 bits of seconds.
      this.put4(nanoseconds * 4 + Math.floor(seconds / 0x100000000));
    } else {
      this.put2((format.FIXEXT4 << 8) | (format.TIMESTAMP & 0xff));
    }
    this.put4(seconds % 0x100000000);
  }

  /** Writes an extension value of a type from -128 to 127. */
  extension(type: number, bytes: Uint8Array): void {
    if (typeof type !== "number" || (type << 24) >> 24 !== type) this.refuseNumber("extension type", type);
    if (!(bytes instanceof Uint8Array)) this.refuse("Uint8Array", bytes);
    const length = bytes.length;
    if (length > 0xffffffff) this.fault("oversized", "expected at most 2^32 - 1 bytes", "Uint8Array", bytes);
    this.reserve(6 + length);
    const fixed = fixedExtension(length);
    if (fixed !== 0) {
      this.put1(fixed);
    } else if (length < 0x100) {
      this.put2((format.EXT8 << 8) | length);
    } else if (length < 0x10000) {
      this.put3((format.EXT16 << 16) | length);
    } else {
      this.put1(format.EXT32);
      this.put4(length);
    }
    this.put1(type);
    this.raw(bytes);
  }

  /**
   * Writes any JSON-like value, and bytes, bigints of 64 bits, dates (as timestamps) and {@link ExtensionValue}s.
   * Whole numbers are written as integers. Undefined properties are skipped. Functions, symbols, objects that
   * aren't plain data (such as a Map), and values nested deeper than 512 levels, as cycles are, are refused.
   */
  value(v: unknown): void {
    if (typeof v === "string") this.string(v);
    else if (typeof v === "number") this.anyNumber(v);
    else if (typeof v === "boolean") this.boolean(v);
    else if (v === null) this.nil();
    else if (typeof v === "object") this.anyObject(v);
    else if (typeof v === "bigint") this.anyBigInt(v);
    else this.refuse("a value that can be encoded", v);
  }

  private anyNumber(v: number): void {
    // -0 has no integer form.
    if (Number.isSafeInteger(v) && !Object.is(v, -0)) this.integer(v);
    else this.float64(v);
  }

  private anyBigInt(v: bigint): void {
    if (v < 0n) this.int64(v);
    else this.uint64(v);
  }

  private anyObject(v: object): void {
    if (Array.isArray(v)) this.anyArray(v);
    else if (v instanceof Uint8Array) this.binary(v);
    else if (v instanceof Date) this.timestamp(v);
    else if (v instanceof ExtensionValue) this.extension(v.type, v.data);
    else if (isPlainObject(v)) this.anyMap(v);
    else this.refuse("a value that can be encoded", v);
  }

  private anyArray(v: readonly unknown[]): void {
    const length = v.length;
    this.enter();
    this.array(length);
    for (let i = 0; i < length; i++) this.value(v[i]);
    this.leave();
  }

  private anyMap(v: Readonly<Record<string, unknown>>): void {
    const keys = Object.keys(v);
    let size = 0;
    for (const key of keys) if (v[key] !== undefined) size++;
    this.enter();
    this.map(size);
    for (const key of keys) {
      const item = v[key];
      if (item === undefined) continue;
      this.string(key);
      this.value(item);
      size--;
    }
    // Only a getter or a proxy can do this; the header would be a lie.
    if (size !== 0) this.fault("unencodable", "the object changed while it was encoded", "object", v);
    this.leave();
  }
}

/** The format byte for extension data of a length that has one of its own, or 0. */
function fixedExtension(length: number): number {
  switch (length) {
    case 1:
      return format.FIXEXT1;
    case 2:
      return format.FIXEXT2;
    case 4:
      return format.FIXEXT4;
    case 8:
      return format.FIXEXT8;
    case 16:
      return format.FIXEXT16;
    default:
      return 0;
  }
}
