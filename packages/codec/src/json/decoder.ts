import { decodeBase64 } from "../base64.js";
import { CodecError } from "../errors.js";
import { overflowsFloat32 } from "../float32.js";
import { parseDateTime } from "../rfc3339.js";
import { JsonPlace, type Key } from "./place.js";

/**
 * Checks what {@link parseJson} returned, value by value, and turns it into what the type says: bytes, dates,
 * 64-bit integers. The value given is trusted to be parsed JSON, and nothing more.
 */
export class JsonDecoder extends JsonPlace {
  object(v: unknown, key?: Key): Record<string, unknown> {
    if (typeof v !== "object" || v === null || Array.isArray(v)) this.fail("object", v, key);
    // Parsed JSON that is neither null nor an array has string keys only.
    return v as Record<string, unknown>;
  }

  array(v: unknown, key?: Key): unknown[] {
    if (!Array.isArray(v)) this.fail("array", v, key);
    return v;
  }

  /** An own property, or undefined: for names that every object inherits something under. */
  own(o: Record<string, unknown>, name: string): unknown {
    return Object.hasOwn(o, name) ? o[name] : undefined;
  }

  string(v: unknown, key?: Key): string {
    if (typeof v !== "string") this.fail("string", v, key);
    return v;
  }

  boolean(v: unknown, key?: Key): boolean {
    if (typeof v !== "boolean") this.fail("boolean", v, key);
    return v;
  }

  /** A whole number from -(2^53 - 1) to 2^53 - 1. Here and below, -0 becomes 0. */
  integer(v: unknown, key?: Key): number {
    if (typeof v !== "number" || !Number.isSafeInteger(v)) this.refuseNumber("integer", v, key);
    return v + 0;
  }

  int8(v: unknown, key?: Key): number {
    if (typeof v !== "number" || (v << 24) >> 24 !== v) this.refuseNumber("int8", v, key);
    return v + 0;
  }

  int16(v: unknown, key?: Key): number {
    if (typeof v !== "number" || (v << 16) >> 16 !== v) this.refuseNumber("int16", v, key);
    return v + 0;
  }

  int32(v: unknown, key?: Key): number {
    if (typeof v !== "number" || (v | 0) !== v) this.refuseNumber("int32", v, key);
    return v + 0;
  }

  uint8(v: unknown, key?: Key): number {
    if (typeof v !== "number" || (v & 0xff) !== v) this.refuseNumber("uint8", v, key);
    return v + 0;
  }

  uint16(v: unknown, key?: Key): number {
    if (typeof v !== "number" || (v & 0xffff) !== v) this.refuseNumber("uint16", v, key);
    return v + 0;
  }

  uint32(v: unknown, key?: Key): number {
    if (typeof v !== "number" || v >>> 0 !== v) this.refuseNumber("uint32", v, key);
    return v + 0;
  }

  /** A 64-bit integer, from a safe integer or a bigint. */
  int64(v: unknown, key?: Key): bigint {
    const big = typeof v === "number" && Number.isSafeInteger(v) ? BigInt(v) : v;
    if (typeof big !== "bigint" || BigInt.asIntN(64, big) !== big) this.refuseNumber("int64", v, key);
    return big;
  }

  /** A 64-bit integer without a sign, from a safe integer or a bigint. */
  uint64(v: unknown, key?: Key): bigint {
    const big = typeof v === "number" && Number.isSafeInteger(v) ? BigInt(v) : v;
    if (typeof big !== "bigint" || BigInt.asUintN(64, big) !== big) this.refuseNumber("uint64", v, key);
    return big;
  }

  /** The nearest float 32. A number that is too large for one is refused. */
  float32(v: unknown, key?: Key): number {
    const number = this.float64(v, key, "float32");
    if (overflowsFloat32(number)) this.refuseNumber("float32", v, key);
    return Math.fround(number);
  }

  /** A number. One that is too large for a double, which the parser made infinite, is refused. */
  float64(v: unknown, key?: Key, expected = "float64"): number {
    const number = typeof v === "bigint" ? Number(v) : v;
    if (typeof number !== "number" || !Number.isFinite(number)) this.refuseNumber(expected, v, key);
    return number;
  }

  /** Bytes, from strict base64 text with padding. */
  bytes(v: unknown, key?: Key): Uint8Array {
    const text = typeof v === "string" ? v : this.fail("base64 string", v, key);
    try {
      return decodeBase64(text);
    } catch (error) {
      if (error instanceof CodecError) error.path = this.path(key);
      throw error;
    }
  }

  /** A date, from an RFC 3339 text. */
  date(v: unknown, key?: Key): Date {
    const text = typeof v === "string" ? v : this.fail("date-time string", v, key);
    const time = parseDateTime(text);
    if (Number.isNaN(time)) {
      this.fault("syntax", "expected an RFC 3339 date-time, got other text", key, "date-time", "string");
    }
    return new Date(time);
  }

  /** Any value, as it was parsed. */
  value(v: unknown, key?: Key): unknown {
    if (v === undefined) this.fail("a JSON value", v, key);
    return v;
  }
}
