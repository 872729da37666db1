// A value of any shape: what the interface's `any` is to a plug-in.

import * as jsonReader from "./json-reader";
import * as jsonWriter from "./json-writer";
import * as packReader from "./messagepack-reader";
import * as packWriter from "./messagepack-writer";
import { isPlainInteger, Magnitude, parseFloat, parseInteger } from "./json-number";
import { expected, fail, Failure } from "./failure";
import { Input, MAX_DEPTH } from "./input";
import { Output } from "./output";

/** What a {@link Value} is. An integer above the largest i64 is an `Unsigned`; every other one is an `Integer`. */
export enum ValueKind {
  Nil,
  Bool,
  Integer,
  Unsigned,
  Float,
  Text,
  Bytes,
  List,
  Map,
}

/** A value of any shape. Ask for its `kind` first: reading it as another one traps. */
@final
export class Value {
  private constructor(
    readonly kind: ValueKind,
    private bits: u64,
    private object: Object | null,
  ) {}

  static nil(): Value {
    return new Value(ValueKind.Nil, 0, null);
  }

  static bool(value: bool): Value {
    return new Value(ValueKind.Bool, value, null);
  }

  static integer(value: i64): Value {
    return new Value(ValueKind.Integer, value, null);
  }

  static unsigned(value: u64): Value {
    return new Value(value > <u64>i64.MAX_VALUE ? ValueKind.Unsigned : ValueKind.Integer, value, null);
  }

  static float(value: f64): Value {
    return new Value(ValueKind.Float, reinterpret<u64>(value), null);
  }

  static text(value: string): Value {
    return new Value(ValueKind.Text, 0, changetype<Object>(value));
  }

  static bytes(value: Uint8Array): Value {
    return new Value(ValueKind.Bytes, 0, changetype<Object>(value));
  }

  static list(value: Array<Value>): Value {
    return new Value(ValueKind.List, 0, changetype<Object>(value));
  }

  static map(value: Map<string, Value>): Value {
    return new Value(ValueKind.Map, 0, changetype<Object>(value));
  }

  get isNil(): bool {
    return this.kind == ValueKind.Nil;
  }

  get isNumber(): bool {
    return this.kind == ValueKind.Integer || this.kind == ValueKind.Unsigned || this.kind == ValueKind.Float;
  }

  asBool(): bool {
    this.expect(ValueKind.Bool, "a boolean");
    return this.bits != 0;
  }

  asInteger(): i64 {
    this.expect(ValueKind.Integer, "an integer");
    return this.bits;
  }

  asUnsigned(): u64 {
    if (this.kind != ValueKind.Unsigned) this.expect(ValueKind.Integer, "an integer");
    assert(this.kind == ValueKind.Unsigned || <i64>this.bits >= 0, "the value is negative");
    return this.bits;
  }

  /** Any number, as the nearest float. */
  asFloat(): f64 {
    if (this.kind == ValueKind.Integer) return <f64>(<i64>this.bits);
    if (this.kind == ValueKind.Unsigned) return <f64>this.bits;
    this.expect(ValueKind.Float, "a number");
    return reinterpret<f64>(this.bits);
  }

  asText(): string {
    this.expect(ValueKind.Text, "a string");
    return changetype<string>(this.object);
  }

  asBytes(): Uint8Array {
    this.expect(ValueKind.Bytes, "bytes");
    return changetype<Uint8Array>(this.object);
  }

  asList(): Array<Value> {
    this.expect(ValueKind.List, "a list");
    return changetype<Array<Value>>(this.object);
  }

  asMap(): Map<string, Value> {
    this.expect(ValueKind.Map, "a map");
    return changetype<Map<string, Value>>(this.object);
  }

  private expect(kind: ValueKind, what: string): void {
    if (this.kind != kind) throw new Error("the value is not " + what);
  }
}

/** Reads any MessagePack value. */
export function readMessagePack(): Value {
  return readPacked(1);
}

/** Writes any value as MessagePack. */
export function writeMessagePack(value: Value): void {
  writePacked(value, 1);
}

/** Reads any JSON value. A number without a fraction and an exponent is an integer if it fits in 64 bits. */
export function readJson(): Value {
  return readText(1);
}

/** Writes any value as JSON; bytes become base64 text. */
export function writeJson(value: Value): void {
  writeText(value, 1);
}

function readPacked(depth: i32): Value {
  const at = Input.position;
  if (at >= Input.end) {
    fail("the data ends too early", at);
    return changetype<Value>(0);
  }
  const first = load<u8>(at);
  if (first < 0x80 || first >= 0xe0 || (first >= 0xcc && first <= 0xd3)) {
    return first == 0xcf ? Value.unsigned(packReader.uint64()) : Value.integer(packReader.int64());
  }
  if ((first & 0xe0) == 0xa0 || (first >= 0xd9 && first <= 0xdb)) return Value.text(packReader.text());
  if ((first & 0xf0) == 0x80 || first == 0xde || first == 0xdf) {
    if (tooDeep(depth, at)) return changetype<Value>(0);
    const result = new Map<string, Value>();
    for (let left = packReader.map(); left && !Failure.active; left--) {
      const key = packReader.text();
      result.set(key, readPacked(depth + 1));
    }
    return Value.map(result);
  }
  if ((first & 0xf0) == 0x90 || first == 0xdc || first == 0xdd) {
    if (tooDeep(depth, at)) return changetype<Value>(0);
    const length = packReader.list();
    const result = packReader.blankList<Value>(length);
    for (let i = 0; i < length && !Failure.active; i++) unchecked(result[i] = readPacked(depth + 1));
    return Value.list(result);
  }
  switch (first) {
    case 0xc0:
      Input.position++;
      return Value.nil();
    case 0xc2: case 0xc3: return Value.bool(packReader.boolean());
    case 0xc4: case 0xc5: case 0xc6: return Value.bytes(packReader.bytes());
    case 0xca: case 0xcb: return Value.float(packReader.float64());
    default:
      expected("any value", at);
      return changetype<Value>(0);
  }
}

function writePacked(value: Value, depth: i32): void {
  switch (value.kind) {
    case ValueKind.Nil: return packWriter.nil();
    case ValueKind.Bool: return packWriter.boolean(value.asBool());
    case ValueKind.Integer: return packWriter.int64(value.asInteger());
    case ValueKind.Unsigned: return packWriter.uint64(value.asUnsigned());
    case ValueKind.Float: return packWriter.float64(value.asFloat());
    case ValueKind.Text: return packWriter.text(value.asText());
    case ValueKind.Bytes: return packWriter.bytes(value.asBytes());
    case ValueKind.List: {
      if (tooDeep(depth, Output.position)) return;
      const items = value.asList();
      packWriter.list(items.length);
      for (let i = 0; i < items.length; i++) writePacked(items[i], depth + 1);
      return;
    }
    default: {
      if (tooDeep(depth, Output.position)) return;
      const entries = value.asMap();
      const keys = entries.keys();
      packWriter.map(keys.length);
      for (let i = 0; i < keys.length; i++) {
        packWriter.text(keys[i]);
        writePacked(entries.get(keys[i]), depth + 1);
      }
    }
  }
}

function readText(depth: i32): Value {
  const first = jsonReader.peek();
  const at = Input.position;
  switch (first) {
    case 0x22: return Value.text(jsonReader.text());
    case 0x74: case 0x66: return Value.bool(jsonReader.boolean());
    case 0x6e:
      jsonReader.nil();
      return Value.nil();
    case 0x7b: {
      if (tooDeep(depth, at)) return changetype<Value>(0);
      const result = new Map<string, Value>();
      for (let next = jsonReader.object(); next; next = jsonReader.more()) {
        const key = jsonReader.keyText();
        result.set(key, readText(depth + 1));
      }
      return Value.map(result);
    }
    case 0x5b: {
      if (tooDeep(depth, at)) return changetype<Value>(0);
      const result = new Array<Value>();
      for (let next = jsonReader.list(); next; next = jsonReader.moreItems()) result.push(readText(depth + 1));
      return Value.list(result);
    }
    default: {
      if (first != 0x2d && (first < 0x30 || first > 0x39)) {
        if (first) expected("any value", at);
        else fail("the data ends too early", at);
        return changetype<Value>(0);
      }
      return readNumber(at);
    }
  }
}

function readNumber(at: usize): Value {
  if (isPlainInteger()) {
    const fits = parseInteger("number");
    const magnitude = Magnitude.value;
    // Minus zero is a float: an integer has no sign without digits.
    if (fits && Magnitude.negative && magnitude && magnitude <= <u64>1 << 63) return Value.integer(-<i64>magnitude);
    if (fits && !Magnitude.negative) return Value.unsigned(magnitude);
    if (Failure.active) return changetype<Value>(0);
    Input.position = at;
  }
  const value = parseFloat();
  if (!isFinite(value)) expected("float64", at);
  return Value.float(value);
}

function writeText(value: Value, depth: i32): void {
  switch (value.kind) {
    case ValueKind.Nil: return jsonWriter.nil();
    case ValueKind.Bool: return jsonWriter.boolean(value.asBool());
    case ValueKind.Integer: return jsonWriter.int64(value.asInteger());
    case ValueKind.Unsigned: return jsonWriter.uint64(value.asUnsigned());
    case ValueKind.Float: return jsonWriter.float64(value.asFloat());
    case ValueKind.Text: return jsonWriter.text(value.asText());
    case ValueKind.Bytes: return jsonWriter.bytes(value.asBytes());
    case ValueKind.List: {
      if (tooDeep(depth, Output.position)) return;
      const items = value.asList();
      jsonWriter.mark(0x5b);
      for (let i = 0; i < items.length; i++) {
        if (i) jsonWriter.mark(0x2c);
        writeText(items[i], depth + 1);
      }
      return jsonWriter.mark(0x5d);
    }
    default: {
      if (tooDeep(depth, Output.position)) return;
      const entries = value.asMap();
      const keys = entries.keys();
      jsonWriter.mark(0x7b);
      for (let i = 0; i < keys.length; i++) {
        if (i) jsonWriter.mark(0x2c);
        jsonWriter.text(keys[i]);
        jsonWriter.mark(0x3a);
        writeText(entries.get(keys[i]), depth + 1);
      }
      jsonWriter.mark(0x7d);
    }
  }
}

function tooDeep(depth: i32, at: usize): bool {
  if (depth <= MAX_DEPTH) return false;
  fail("nested deeper than 512 levels", at);
  return true;
}
