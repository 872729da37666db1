import { overflowsFloat32 } from "../float32.js";
import { formatDateTime } from "../rfc3339.js";
import { writeUtf8 } from "../utf8.js";
import * as format from "./format.js";
import { Output } from "./output.js";

/** The longest text, in UTF-16 code units, that `string` encodes in a loop; its UTF-8 has a one-byte length. */
const MAX_LOOP = 48;

/** What a {@link Writer} writes that has no parts. Every method checks its argument before it writes anything. */
export class ScalarWriter extends Output {
  nil(): void {
    this.reserve(1);
    this.bytes[this.pos++] = format.NIL;
  }

  boolean(v: boolean): void {
    if (typeof v !== "boolean") this.refuse("boolean", v);
    this.reserve(1);
    this.bytes[this.pos++] = v ? format.TRUE : format.FALSE;
  }

  /** Writes a whole number from -(2^53 - 1) to 2^53 - 1. */
  integer(v: number): void {
    if (typeof v === "number" && (v | 0) === v) {
      this.putInt32(v);
    } else {
      if (!Number.isSafeInteger(v)) this.refuseNumber("integer", v);
      this.putInt64(Math.floor(v / 0x100000000), v >>> 0);
    }
  }

  int8(v: number): void {
    if (typeof v !== "number" || (v << 24) >> 24 !== v) this.refuseNumber("int8", v);
    this.putInt32(v);
  }

  int16(v: number): void {
    if (typeof v !== "number" || (v << 16) >> 16 !== v) this.refuseNumber("int16", v);
    this.putInt32(v);
  }

  int32(v: number): void {
    if (typeof v !== "number" || (v | 0) !== v) this.refuseNumber("int32", v);
    this.putInt32(v);
  }

  uint8(v: number): void {
    if (typeof v !== "number" || (v & 0xff) !== v) this.refuseNumber("uint8", v);
    this.putInt32(v);
  }

  uint16(v: number): void {
    if (typeof v !== "number" || (v & 0xffff) !== v) this.refuseNumber("uint16", v);
    this.putInt32(v);
  }

  uint32(v: number): void {
    if (typeof v !== "number" || v >>> 0 !== v) this.refuseNumber("uint32", v);
    if (v <= 0x7fffffff) this.putInt32(v);
    else this.putInt64(0, v);
  }

  int64(v: bigint): void {
    if (typeof v !== "bigint") this.refuse("bigint", v);
    if (BigInt.asIntN(64, v) !== v) this.refuseNumber("int64", v);
    this.putBigInt(v);
  }

  uint64(v: bigint): void {
    if (typeof v !== "bigint") this.refuse("bigint", v);
    if (BigInt.asUintN(64, v) !== v) this.refuseNumber("uint64", v);
    if (v > 0x7fffffffffffffffn) {
      this.reserve(9);
      this.bytes[this.pos] = format.UINT64;
      this.view.setBigUint64(this.pos + 1, v);
      this.pos += 9;
    } else {
      this.putBigInt(v);
    }
  }

  private putInt32(v: number): void {
    this.reserve(5);
    const pos = this.pos;
    if (v >= -32 && v < 128) {
      // Both fixints are the low eight bits of the number.
      this.bytes[pos] = v;
      this.pos = pos + 1;
    } else {
      this.pos = writeInt32(this.bytes, this.view, pos, v);
    }
  }

  /** A whole number, as a signed high half and an unsigned low half of 32 bits. */
  private putInt64(high: number, low: number): void {
    this.reserve(9);
    const pos = this.pos;
    if (high === 0 && low > 0x7fffffff) {
      this.bytes[pos] = format.UINT32;
      this.view.setUint32(pos + 1, low);
      this.pos = pos + 5;
    } else if (high === (low | 0) >> 31) {
      this.putInt32(low | 0);
    } else {
      this.bytes[pos] = high < 0 ? format.INT64 : format.UINT64;
      this.view.setInt32(pos + 1, high);
      this.view.setUint32(pos + 5, low);
      this.pos = pos + 9;
    }
  }

  private putBigInt(v: bigint): void {
    // The halves are read back from where they may stay: quicker than shifting a bigint.
    this.reserve(9);
    this.view.setBigInt64(this.pos + 1, v);
    this.putInt64(this.view.getInt32(this.pos + 1), this.view.getUint32(this.pos + 5));
  }

  /** Writes a number as the nearest float 32. A finite one that is too large for that is refused. */
  float32(v: number): void {
    if (typeof v !== "number") this.refuse("float32", v);
    if (overflowsFloat32(v)) this.refuseNumber("float32", v);
    this.reserve(5);
    this.bytes[this.pos] = format.FLOAT32;
    this.view.setFloat32(this.pos + 1, v);
    this.pos += 5;
  }

  float64(v: number): void {
    if (typeof v !== "number") this.refuse("float64", v);
    this.reserve(9);
    this.bytes[this.pos] = format.FLOAT64;
    this.view.setFloat64(this.pos + 1, v);
    this.pos += 9;
  }

  /** Writes text; a lone surrogate in it becomes U+FFFD. */
  string(v: string): void {
    if (typeof v !== "string") this.refuse("string", v);
    const length = v.length;
    if (length > MAX_LOOP) {
      this.longString(v);
    } else if (length > 31) {
      this.reserve(2 + length * 3);
      const pos = this.pos;
      const after = writeUtf8(v, this.bytes, pos + 2);
      this.bytes[pos] = format.STR8;
      this.bytes[pos + 1] = after - pos - 2;
      this.pos = after;
    } else {
      this.reserve(2 + length * 3);
      const pos = this.pos;
      const after = writeUtf8(v, this.bytes, pos + 1);
      if (after - pos <= 32) {
        this.bytes[pos] = format.FIXSTR | (after - pos - 1);
        this.pos = after;
      } else {
        this.widenHeader(pos, after);
      }
    }
  }

  /** Text with so much outside ASCII that its length doesn't fit the one-byte header left for it. */
  private widenHeader(pos: number, after: number): void {
    this.bytes.copyWithin(pos + 2, pos + 1, after);
    this.bytes[pos] = format.STR8;
    this.bytes[pos + 1] = after - pos - 1;
    this.pos = after + 1;
  }

  private longString(v: string): void {
    // ASCII text has as many bytes as units: the header that fits it is right for almost every text.
    const guess = format.stringHeaderSize(v.length);
    this.reserve(guess + v.length);
    const offset = this.pos - this.start;
    this.pos += guess;
    try {
      this.utf8(v);
      const length = this.pos - this.start - offset - guess;
      const size = format.stringHeaderSize(length);
      if (size > guess) this.moveText(offset + guess, length, size - guess);
      this.stringHeader(this.start + offset, size, length);
    } catch (error) {
      this.pos = this.start + offset;
      throw error;
    }
  }

  private moveText(offset: number, length: number, by: number): void {
    this.reserve(by);
    const from = this.start + offset;
    this.bytes.copyWithin(from + by, from, from + length);
    this.pos += by;
  }

  private stringHeader(pos: number, size: number, length: number): void {
    if (size === 2) {
      this.bytes[pos] = format.STR8;
      this.bytes[pos + 1] = length;
    } else if (size === 3) {
      this.bytes[pos] = format.STR16;
      this.view.setUint16(pos + 1, length);
    } else {
      this.bytes[pos] = format.STR32;
      this.view.setUint32(pos + 1, length);
    }
  }

  /** Writes bytes. */
  binary(v: Uint8Array): void {
    if (!(v instanceof Uint8Array)) this.refuse("Uint8Array", v);
    const length = v.length;
    if (length > 0xffffffff) this.fault("oversized", "expected at most 2^32 - 1 bytes", "Uint8Array", v);
    this.reserve(5 + length);
    if (length < 0x100) {
      this.put2((format.BIN8 << 8) | length);
    } else if (length < 0x10000) {
      this.put3((format.BIN16 << 16) | length);
    } else {
      this.put1(format.BIN32);
      this.put4(length);
    }
    this.raw(v);
  }

  /** Writes a date as RFC 3339 text in UTC. An invalid date, or a year outside 0 to 9999, is refused. */
  date(v: Date): void {
    if (!(v instanceof Date)) this.refuse("Date", v);
    const text = formatDateTime(v);
    if (text === undefined) {
      this.fault(
        "unencodable",
        "this Date has no RFC 3339 text: it is invalid, or its year has over four digits",
        "Date",
        v,
      );
    }
    this.string(text);
  }
}

/** A number outside the fixints, in the shortest form. The caller has reserved five bytes. */
function writeInt32(bytes: Uint8Array, view: DataView, pos: number, v: number): number {
  if (v >= 0) {
    if (v < 0x100) {
      bytes[pos] = format.UINT8;
      bytes[pos + 1] = v;
      return pos + 2;
    }
    if (v < 0x10000) {
      bytes[pos] = format.UINT16;
      view.setUint16(pos + 1, v);
      return pos + 3;
    }
    bytes[pos] = format.UINT32;
  } else {
    if (v >= -0x80) {
      bytes[pos] = format.INT8;
      bytes[pos + 1] = v;
      return pos + 2;
    }
    if (v >= -0x8000) {
      bytes[pos] = format.INT16;
      view.setInt16(pos + 1, v);
      return pos + 3;
    }
    bytes[pos] = format.INT32;
  }
  view.setInt32(pos + 1, v);
  return pos + 5;
}
