// Values of any shape in MessagePack.

import { expected, fail, Failure } from "./failure";
import { Input, MAX_DEPTH } from "./input";
import * as reader from "./messagepack-reader";
import * as writer from "./messagepack-writer";
import { Output } from "./output";
import { Value, ValueKind } from "./value";

/** Reads any value. An extension is none: there is nothing in the interface that it could be. */
export function readAny(): Value {
  return readPacked(1);
}

/** Writes any value. */
export function writeAny(value: Value): void {
  writePacked(value, 1);
}

function readPacked(depth: i32): Value {
  const at = Input.position;
  if (at >= Input.end) {
    fail("the data ends too early", at);
    return changetype<Value>(0);
  }
  const first = load<u8>(at);
  if (first < 0x80 || first >= 0xe0 || (first >= 0xcc && first <= 0xd3)) {
    return first == 0xcf ? Value.unsigned(reader.uint64()) : Value.integer(reader.int64());
  }
  if ((first & 0xe0) == 0xa0 || (first >= 0xd9 && first <= 0xdb)) return Value.text(reader.text());
  if ((first & 0xf0) == 0x80 || first == 0xde || first == 0xdf) {
    if (tooDeep(depth, at)) return changetype<Value>(0);
    const result = new Map<string, Value>();
    for (let left = reader.map(); left && !Failure.active; left--) {
      const key = reader.text();
      result.set(key, readPacked(depth + 1));
    }
    return Value.map(result);
  }
  if ((first & 0xf0) == 0x90 || first == 0xdc || first == 0xdd) {
    if (tooDeep(depth, at)) return changetype<Value>(0);
    const length = reader.list();
    const result = reader.blankList<Value>(length);
    for (let i = 0; i < length && !Failure.active; i++) unchecked(result[i] = readPacked(depth + 1));
    return Value.list(result);
  }
  switch (first) {
    case 0xc0:
      Input.position++;
      return Value.nil();
    case 0xc2: case 0xc3: return Value.bool(reader.boolean());
    case 0xc4: case 0xc5: case 0xc6: return Value.bytes(reader.bytes());
    case 0xca: case 0xcb: return Value.float(reader.float64());
    default:
      expected("any value", at);
      return changetype<Value>(0);
  }
}

function writePacked(value: Value, depth: i32): void {
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
      writer.list(items.length);
      for (let i = 0; i < items.length; i++) writePacked(items[i], depth + 1);
      return;
    }
    default: {
      if (tooDeep(depth, Output.position)) return;
      const entries = value.asMap();
      const keys = entries.keys();
      writer.map(keys.length);
      for (let i = 0; i < keys.length; i++) {
        writer.text(keys[i]);
        writePacked(entries.get(keys[i]), depth + 1);
      }
    }
  }
}

function tooDeep(depth: i32, at: usize): bool {
  if (depth <= MAX_DEPTH) return false;
  fail("nested deeper than 512 levels", at);
  return true;
}
