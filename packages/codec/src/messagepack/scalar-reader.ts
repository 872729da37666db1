import { overflowsFloat32 } from "../float32.js";
import { parseDateTime } from "../rfc3339.js";
import { extensionAt } from "./extension.js";
import * as format from "./format.js";
import { Input } from "./input.js";
import { readTime } from "./timestamp.js";

/**
 * What a {@link Reader} reads that has no parts. A method that fails leaves the position at the item that it was
 * to read.
 */
export class ScalarReader extends Input {
  /** Whether nil comes next; passes it when it does. */
  isNil(): boolean {
    const pos = this.pos;
    if (pos >= this.end || this.view.getUint8(pos) !== format.NIL) return false;
    this.pos = pos + 1;
    return true;
  }

  boolean(): boolean {
    const pos = this.pos;
    if (pos >= this.end) this.wrong("boolean", pos);
    const c = this.view.getUint8(pos);
    if (c !== format.TRUE && c !== format.FALSE) this.wrong("boolean", pos);
    this.pos = pos + 1;
    return c === format.TRUE;
  }

  /** Reads a whole number from -(2^53 - 1) to 2^53 - 1; like all the integers, in any format that has its value. */
  integer(): number {
    return this.whole("integer");
  }

  int8(): number {
    const pos = this.pos;
    const v = this.whole("int8");
    return v >= -0x80 && v <= 0x7f ? v : this.outside("int8", pos);
  }

  int16(): number {
    const pos = this.pos;
    const v = this.whole("int16");
    return v >= -0x8000 && v <= 0x7fff ? v : this.outside("int16", pos);
  }

  int32(): number {
    const pos = this.pos;
    const v = this.whole("int32");
    return v >= -0x80000000 && v <= 0x7fffffff ? v : this.outside("int32", pos);
  }

  uint8(): number {
    const pos = this.pos;
    const v = this.whole("uint8");
    return v >= 0 && v <= 0xff ? v : this.outside("uint8", pos);
  }

  uint16(): number {
    const pos = this.pos;
    const v = this.whole("uint16");
    return v >= 0 && v <= 0xffff ? v : this.outside("uint16", pos);
  }

  uint32(): number {
    const pos = this.pos;
    const v = this.whole("uint32");
    return v >= 0 && v <= 0xffffffff ? v : this.outside("uint32", pos);
  }

  int64(): bigint {
    const pos = this.pos;
    const v = this.bigWhole("int64");
    return BigInt.asIntN(64, v) === v ? v : this.outside("int64", pos);
  }

  uint64(): bigint {
    const pos = this.pos;
    const v = this.bigWhole("uint64");
    return BigInt.asUintN(64, v) === v ? v : this.outside("uint64", pos);
  }

  private outside(expected: string, at: number): never {
    this.pos = at;
    this.outOfRange(expected, at);
  }

  private whole(expected: string): number {
    const pos = this.pos;
    if (pos < this.end) {
      const c = this.view.getUint8(pos);
      if (c < format.FIXMAP) {
        this.pos = pos + 1;
        return c;
      }
    }
    return this.wideWhole(expected);
  }

  private wideWhole(expected: string): number {
    const { view, pos } = this;
    const v = this.number(expected);
    // Also turns -0 into 0.
    if (Number.isSafeInteger(v)) return v + 0;
    this.pos = pos;
    const c = view.getUint8(pos);
    const fraction = (c === format.FLOAT32 || c === format.FLOAT64) && !Number.isInteger(v);
    return fraction ? this.wrong(expected, pos) : this.outOfRange(expected, pos);
  }

  private bigWhole(expected: string): bigint {
    const { view, pos, end } = this;
    if (end - pos >= 9) {
      const c = view.getUint8(pos);
      if (c === format.INT64 || c === format.UINT64) {
        this.pos = pos + 9;
        return c === format.INT64 ? view.getBigInt64(pos + 1) : view.getBigUint64(pos + 1);
      }
    }
    const v = this.number(expected);
    if (Number.isInteger(v)) return BigInt(v);
    this.pos = pos;
    return this.wrong(expected, pos);
  }

  /** Reads any number as the nearest float 32. A finite one that is too large for that is refused. */
  float32(): number {
    const pos = this.pos;
    const v = this.number("float32");
    return overflowsFloat32(v) ? this.outside("float32", pos) : Math.fround(v);
  }

  /** Reads any number. */
  float64(): number {
    const pos = this.pos;
    if (this.end - pos >= 9 && this.view.getUint8(pos) === format.FLOAT64) {
      this.pos = pos + 9;
      return this.view.getFloat64(pos + 1);
    }
    return this.number("float64");
  }

  /** A number in any format; an integer of 64 bits as the nearest double. */
  private number(expected: string): number {
    const { view, pos, end } = this;
    if (pos >= end) this.wrong(expected, pos);
    const c = view.getUint8(pos);
    if (c >= format.NEGATIVE_FIXINT || c < format.FIXMAP) {
      this.pos = pos + 1;
      return view.getInt8(pos);
    }
    if (c < format.FLOAT32 || c > format.INT64) this.wrong(expected, pos);
    const after = format.itemEnd(view, pos, end);
    if (after > end) this.wrong(expected, pos);
    this.pos = after;
    switch (c) {
      case format.FLOAT32:
        return view.getFloat32(pos + 1);
      case format.FLOAT64:
        return view.getFloat64(pos + 1);
      case format.UINT8:
        return view.getUint8(pos + 1);
      case format.UINT16:
        return view.getUint16(pos + 1);
      case format.UINT32:
        return view.getUint32(pos + 1);
      case format.UINT64:
        return Number(view.getBigUint64(pos + 1));
      case format.INT8:
        return view.getInt8(pos + 1);
      case format.INT16:
        return view.getInt16(pos + 1);
      case format.INT32:
        return view.getInt32(pos + 1);
      default:
        return Number(view.getBigInt64(pos + 1));
    }
  }

  /** Reads text, as strict UTF-8. */
  string(): string {
    return this.stringOf("string");
  }

  /** Reads a map's key, which has to be text. */
  key(): string {
    return this.stringOf("a string as the map's key");
  }

  private stringOf(expected: string): string {
    const pos = this.pos;
    if (pos < this.end) {
      const c = this.view.getUint8(pos);
      const after = pos + 1 + (c & 0x1f);
      if ((c & 0xe0) === format.FIXSTR && after <= this.end) {
        const text = this.decodeText(pos + 1, after);
        this.pos = after;
        return text;
      }
    }
    return this.sizedString(expected);
  }

  private sizedString(expected: string): string {
    const pos = this.pos;
    const c = pos < this.end ? this.view.getUint8(pos) : 0;
    if (c !== format.STR8 && c !== format.STR16 && c !== format.STR32) this.wrong(expected, pos);
    const after = format.itemEnd(this.view, pos, this.end);
    if (after > this.end) this.wrong(expected, pos);
    const header = c === format.STR8 ? 2 : c === format.STR16 ? 3 : 5;
    const text = this.decodeText(pos + header, after);
    this.pos = after;
    return text;
  }

  /** Reads bytes, as a copy. */
  binary(): Uint8Array {
    const pos = this.pos;
    const c = pos < this.end ? this.view.getUint8(pos) : 0;
    if (c !== format.BIN8 && c !== format.BIN16 && c !== format.BIN32) this.wrong("binary", pos);
    const after = format.itemEnd(this.view, pos, this.end);
    if (after > this.end) this.wrong("binary", pos);
    const header = c === format.BIN8 ? 2 : c === format.BIN16 ? 3 : 5;
    this.pos = after;
    return this.copy(pos + header, after);
  }

  /** Reads a date: RFC 3339 text, or a timestamp extension. */
  date(): Date {
    const pos = this.pos;
    const c = pos < this.end ? this.view.getUint8(pos) : 0;
    const text = (c & 0xe0) === format.FIXSTR || (c >= format.STR8 && c <= format.STR32);
    const time = text ? parseDateTime(this.stringOf("date-time")) : this.timestamp();
    if (Number.isNaN(time)) {
      this.pos = pos;
      this.fault("syntax", "expected an RFC 3339 date-time, got other text", pos, "date-time", "string");
    }
    return new Date(time);
  }

  protected timestamp(): number {
    const pos = this.pos;
    const at = extensionAt(this.view, pos, this.end);
    if (at === undefined || at.type !== format.TIMESTAMP) this.wrong("date-time", pos);
    const time = readTime(this.view, at.data, at.end - at.data);
    if (Number.isNaN(time)) this.badTimestamp(pos);
    this.pos = at.end;
    return time;
  }

  private badTimestamp(at: number): never {
    this.fault(
      "range",
      "expected a timestamp that a Date can hold, got another",
      at,
      "date-time",
      "extension",
    );
  }
}
