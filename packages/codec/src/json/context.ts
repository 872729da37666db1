import { encodeBase64 } from "../base64.js";
import { overflowsFloat32 } from "../float32.js";
import { isPlainObject } from "../plain-object.js";
import { formatDateTime } from "../rfc3339.js";
import { JsonDecoder } from "./decoder.js";
import type { Key } from "./place.js";
import { quoteJson } from "./quote.js";

/**
 * What generated code decodes and encodes JSON with. Each decoding method checks a parsed value; each `write` method
 * checks its argument as the MessagePack {@link Writer} does, and returns JSON text. `key` is where the value is in
 * the container at hand, for the path in the error.
 */
export class JsonContext extends JsonDecoder {
  /** Text in quotes; a lone surrogate in it becomes U+FFFD. */
  writeString(v: string, key?: Key): string {
    if (typeof v !== "string") this.fail("string", v, key);
    return quoteJson(v);
  }

  writeBoolean(v: boolean, key?: Key): string {
    if (typeof v !== "boolean") this.fail("boolean", v, key);
    return v ? "true" : "false";
  }

  writeInteger(v: number, key?: Key): string {
    return `${this.integer(v, key)}`;
  }

  writeInt8(v: number, key?: Key): string {
    return `${this.int8(v, key)}`;
  }

  writeInt16(v: number, key?: Key): string {
    return `${this.int16(v, key)}`;
  }

  writeInt32(v: number, key?: Key): string {
    return `${this.int32(v, key)}`;
  }

  writeUint8(v: number, key?: Key): string {
    return `${this.uint8(v, key)}`;
  }

  writeUint16(v: number, key?: Key): string {
    return `${this.uint16(v, key)}`;
  }

  writeUint32(v: number, key?: Key): string {
    return `${this.uint32(v, key)}`;
  }

  writeInt64(v: bigint, key?: Key): string {
    if (typeof v !== "bigint") this.fail("bigint", v, key);
    return `${this.int64(v, key)}`;
  }

  writeUint64(v: bigint, key?: Key): string {
    if (typeof v !== "bigint") this.fail("bigint", v, key);
    return `${this.uint64(v, key)}`;
  }

  /** The shortest text that reads back as the same float 32. */
  writeFloat32(v: number, key?: Key): string {
    if (typeof v !== "number") this.fail("float32", v, key);
    if (v - v !== 0) this.notFinite(v, key);
    if (overflowsFloat32(v)) this.refuseNumber("float32", v, key);
    const single = Math.fround(v);
    if (Number.isInteger(single)) return this.writeFloat64(single, key);
    // Six digits survive the way to a float 32 and back, and nine are enough for every one.
    for (let digits = 6; digits < 9; digits++) {
      const short = Number(single.toPrecision(digits));
      if (Math.fround(short) === single) return `${short}`;
    }
    return this.writeFloat64(Number(single.toPrecision(9)), key);
  }

  /** A number; -0 keeps its sign. NaN and the infinities have no JSON form. */
  writeFloat64(v: number, key?: Key): string {
    if (typeof v !== "number") this.fail("float64", v, key);
    // Infinity - Infinity is NaN, too.
    if (v - v !== 0) this.notFinite(v, key);
    return v === 0 && 1 / v < 0 ? "-0" : `${v}`;
  }

  private notFinite(v: number, key: Key): never {
    this.fault(
      "unencodable",
      `expected a finite number, got ${v}: JSON has no form for it`,
      key,
      "number",
      `${v}`,
    );
  }

  /** Bytes as base64 text. */
  writeBytes(v: Uint8Array, key?: Key): string {
    if (!(v instanceof Uint8Array)) this.fail("Uint8Array", v, key);
    return `"${encodeBase64(v)}"`;
  }

  /** A date as RFC 3339 text in UTC. An invalid date, or a year outside 0 to 9999, is refused. */
  writeDate(v: Date, key?: Key): string {
    if (!(v instanceof Date)) this.fail("Date", v, key);
    const text = formatDateTime(v);
    if (text === undefined) this.noDateTime(key);
    return `"${text}"`;
  }

  private noDateTime(key: Key): never {
    const detail = "this Date has no RFC 3339 text: it is invalid, or its year has over four digits";
    this.fault("unencodable", detail, key, "Date", "Date");
  }

  /**
   * Any JSON-like value, and bytes, bigints and dates in the form that the typed methods give them. Undefined
   * properties are skipped. Functions, symbols, objects that aren't plain data, and values nested too deep, as cycles
   * are, are refused.
   */
  writeValue(v: unknown, key?: Key): string {
    switch (typeof v) {
      case "string":
        return quoteJson(v);
      case "number":
        return this.writeFloat64(v, key);
      case "boolean":
        return v ? "true" : "false";
      case "bigint":
        return this.writeBigInt(v, key);
      case "object":
        return v === null ? "null" : this.writeObject(v, key);
      default:
        return this.fail("a value that can be encoded", v, key);
    }
  }

  private writeBigInt(v: bigint, key: Key): string {
    return v < 0n ? this.writeInt64(v, key) : this.writeUint64(v, key);
  }

  private writeObject(v: object, key: Key): string {
    if (v instanceof Uint8Array) return this.writeBytes(v, key);
    if (v instanceof Date) return this.writeDate(v, key);
    const array = Array.isArray(v);
    if (!array && !isPlainObject(v)) return this.fail("a value that can be encoded", v, key);
    if (key === undefined) return array ? this.writeArray(v) : this.writeMap(v);
    this.enter(key);
    const text = array ? this.writeArray(v) : this.writeMap(v);
    this.leave();
    return text;
  }

  private writeArray(v: readonly unknown[]): string {
    let text = "";
    for (let i = 0; i < v.length; i++) {
      if (i > 0) text += ",";
      text += this.writeValue(v[i], i);
    }
    return `[${text}]`;
  }

  private writeMap(v: Readonly<Record<string, unknown>>): string {
    let text = "";
    for (const key of Object.keys(v)) {
      const item = v[key];
      if (item === undefined) continue;
      if (text !== "") text += ",";
      text += `${quoteJson(key)}:${this.writeValue(item, key)}`;
    }
    return `{${text}}`;
  }
}
