// Values of any shape in JSON.

import { expected, fail, Failure } from "./failure";
import { Input, MAX_DEPTH } from "./input";
import { isPlainInteger, Magnitude, parseFloat, parseInteger } from "./decimal";
import * as reader from "./json-reader";
import { peek } from "./json-space";
import * as writer from "./json-writer";
import { Output } from "./output";
import { Value, ValueKind } from "./value";

/** Reads any value. A number without a fraction and an exponent is an integer if it fits in 64 bits. */
export function readAny(): Value {
  return readText(1);
}

/** Writes any value; bytes become base64 text. */
export function writeAny(value: Value): void {
  writeText(value, 1);
}

function readText(depth: i32): Value {
  const first = peek();
  const at = Input.position;
  switch (first) {
    case 0x22: return Value.text(reader.text());
    case 0x74: case 0x66: return Value.bool(reader.boolean());
    case 0x6e:
      reader.nil();
      return Value.nil();
    case 0x7b: {
      if (tooDeep(depth, at)) return changetype<Value>(0);
      const result = new Map<string, Value>();
      for (let next = reader.object(); next; next = reader.more()) {
        const key = reader.keyText();
        result.set(key, readText(depth + 1));
      }
      return Value.map(result);
    }
    case 0x5b: {
      if (tooDeep(depth, at)) return changetype<Value>(0);
      const result = new Array<Value>();
      for (let next = reader.list(); next; next = reader.moreItems()) result.push(readText(depth + 1));
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
    case ValueKind.Nil: return writer.nil();
    case ValueKind.Bool: return writer.boolean(value.asBool());
    case ValueKind.Integer: return writer.int64(value.asInteger());
    case ValueKind.Unsigned: return writer.uint64(value.asUnsigned());
    case ValueKind.Float: return writer.float64(value.asFloat());
    case ValueKind.Text: return writer.text(value.asText());
    case ValueKind.Bytes: return writer.bytes(value.asBytes());
    case ValueKind.List: {
      if (tooDeep(depth, Output.position)) return;
      const items = value.asList();
      writer.mark(0x5b);
      for (let i = 0; i < items.length; i++) {
        if (i) writer.mark(0x2c);
        writeText(items[i], depth + 1);
      }
      return writer.mark(0x5d);
    }
    default: {
      if (tooDeep(depth, Output.position)) return;
      const entries = value.asMap();
      const keys = entries.keys();
      writer.mark(0x7b);
      for (let i = 0; i < keys.length; i++) {
        if (i) writer.mark(0x2c);
        writer.text(keys[i]);
        writer.mark(0x3a);
        writeText(entries.get(keys[i]), depth + 1);
      }
      writer.mark(0x7d);
    }
  }
}

function tooDeep(depth: i32, at: usize): bool {
  if (depth <= MAX_DEPTH) return false;
  fail("nested deeper than 512 levels", at);
  return true;
}
