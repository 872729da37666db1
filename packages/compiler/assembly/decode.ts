// Bytes to JavaScript values, by a shape. Everything is checked as it is read. No code of the plug-in runs meanwhile:
// objects are fresh, and their properties are defined, not set.

import { base64Length, decodeBase64 } from "./base64";
import { failData, failType } from "./fail";
import { allocate, deallocate } from "./memory";
import { atIndex, atKey, atNoEntry, beginPath, depth, enter, leave, pathValue } from "./path";
import {
  Atom, EXCEPTION, FALSE, JS_AtomToString, JS_DefinePropertyValue, JS_FreeAtom, JS_NewArrayFrom, JS_NewAtomLen,
  JS_NewBigInt64, JS_NewBigUint64, JS_NewObject, JS_NewStringLen, JS_NewUint8ArrayCopy, NULL, PLAIN, TRUE, UNINITIALIZED, Value,
  isException, newFloat, newInt, newNumber, release, retain,
} from "./quickjs";
import { atEnd, moreInList, moreInMap, next, nextKey, skip } from "./reader";
import * as shape from "./shape";
import { format, JSON, MESSAGEPACK, malformed, openSource, problem } from "./source";
import { ctx } from "./state";
import { newText } from "./text";
import * as token from "./token";
import { addressOf, dropTo, popTo, push, resetStack, top } from "./value-stack";

const LARGEST_SAFE: i64 = (1 << 53) - 1;

/** Decodes the whole range as one value, or throws. */
export function decode(as: u32, node: usize, at: usize, length: u32): Value {
  openSource(as, at, length);
  beginPath();
  resetStack();
  const value = decodeNext(node);
  if (isException(value) || atEnd()) return value;
  release(ctx, value);
  malformed("there is data behind the value");
  return broken();
}

function decodeNext(node: usize): Value {
  const next_ = next();
  if (next_ == token.FAILED) return broken();
  return decodeToken(node, next_);
}

function decodeToken(node: usize, found: i32): Value {
  switch (shape.kindOf(node)) {
    case shape.ANY: return decodeAny(found);
    case shape.STRING:
    case shape.DATE_TIME:
      if (found == token.TEXT) return JS_NewStringLen(ctx, token.start, token.size);
      break;
    case shape.BOOL:
      if (found == token.BOOLEAN) return token.integer != 0 ? TRUE : FALSE;
      break;
    case shape.INTEGER: return decodeInteger(node, found, -LARGEST_SAFE, LARGEST_SAFE);
    case shape.INT8: return decodeInteger(node, found, -128, 127);
    case shape.INT16: return decodeInteger(node, found, -32768, 32767);
    case shape.INT32: return decodeInteger(node, found, i32.MIN_VALUE, i32.MAX_VALUE);
    case shape.UINT8: return decodeInteger(node, found, 0, 255);
    case shape.UINT16: return decodeInteger(node, found, 0, 65535);
    case shape.UINT32: return decodeInteger(node, found, 0, u32.MAX_VALUE);
    case shape.INT64: return decodeInt64(node, found);
    case shape.UINT64: return decodeUint64(node, found);
    case shape.FLOAT32:
    case shape.FLOAT64:
      if (found == token.FLOAT) return newNumber(token.float);
      if (found == token.INTEGER) return wholeNumber();
      break;
    case shape.BINARY: return decodeBinary(node, found);
    case shape.LIST:
      if (found == token.LIST) return decodeList(shape.childOf(node));
      break;
    case shape.MAP:
      if (found == token.MAP) return decodeMap(shape.childOf(node));
      break;
    case shape.NULLABLE:
      return found == token.NULL_TOKEN ? NULL : decodeToken(shape.childOf(node), found);
    case shape.RECORD:
      if (found == token.MAP) return decodeRecord(node);
      break;
    case shape.ENUM: return decodeEnum(node, found);
  }
  return mismatch(node, found);
}

function decodeAny(found: i32): Value {
  switch (found) {
    case token.NULL_TOKEN: return NULL;
    case token.BOOLEAN: return token.integer != 0 ? TRUE : FALSE;
    case token.INTEGER: return anyInteger();
    case token.FLOAT: return newNumber(token.float);
    case token.TEXT: return JS_NewStringLen(ctx, token.start, token.size);
    case token.BYTES: return JS_NewUint8ArrayCopy(ctx, token.start, token.size);
    case token.LIST: return decodeList(shape.ANY_NODE);
    case token.MAP: return decodeMap(shape.ANY_NODE);
    default: return failType(newText("a value"), newText("a MessagePack extension"), pathValue());
  }
}

/** In JSON a number is a number; in MessagePack an integer that a number can't hold is a bigint. */
function anyInteger(): Value {
  const value = token.integer;
  if (!token.unsigned && value >= -LARGEST_SAFE && value <= LARGEST_SAFE) return wholeNumber();
  if (format == JSON) return wholeNumber();
  return token.unsigned ? JS_NewBigUint64(ctx, value) : JS_NewBigInt64(ctx, value);
}

function wholeNumber(): Value {
  const value = token.integer;
  if (<i64>(<i32>value) == value && !token.unsigned) return newInt(<i32>value);
  return newFloat(token.unsigned ? <f64>(<u64>value) : <f64>value);
}

function decodeInteger(node: usize, found: i32, least: i64, most: i64): Value {
  if (found == token.FLOAT) {
    const float = token.float;
    if (float == Math.floor(float) && float >= <f64>least && float <= <f64>most) return newNumber(float == 0 ? 0 : float);
    return mismatch(node, found);
  }
  if (found != token.INTEGER || token.unsigned || token.integer < least || token.integer > most) return mismatch(node, found);
  return wholeNumber();
}

function decodeInt64(node: usize, found: i32): Value {
  if (found == token.INTEGER && !token.unsigned) return JS_NewBigInt64(ctx, token.integer);
  const float = token.float;
  // 2^63 is a double; the largest i64 is not.
  if (found == token.FLOAT && float == Math.floor(float) && float >= -9223372036854775808.0 && float < 9223372036854775808.0) {
    return JS_NewBigInt64(ctx, <i64>float);
  }
  return mismatch(node, found);
}

function decodeUint64(node: usize, found: i32): Value {
  if (found == token.INTEGER && (token.unsigned || token.integer >= 0)) return JS_NewBigUint64(ctx, token.integer);
  const float = token.float;
  if (found == token.FLOAT && float == Math.floor(float) && float >= 0 && float < 18446744073709551616.0) {
    return JS_NewBigUint64(ctx, <u64>float);
  }
  return mismatch(node, found);
}

function decodeBinary(node: usize, found: i32): Value {
  if (format == MESSAGEPACK) {
    if (found == token.BYTES) return JS_NewUint8ArrayCopy(ctx, token.start, token.size);
    return mismatch(node, found);
  }
  if (found != token.TEXT) return mismatch(node, found);
  const length = base64Length(token.start, token.size);
  const bytes: usize = length < 0 ? 0 : allocate(length + 3);
  if (bytes == 0 || !decodeBase64(token.start, token.size, bytes)) {
    deallocate(bytes);
    return failType(newText("base64"), newText("a string that is not base64"), pathValue());
  }
  const value = JS_NewUint8ArrayCopy(ctx, bytes, length);
  deallocate(bytes);
  return value;
}

function decodeEnum(node: usize, found: i32): Value {
  if (found != token.TEXT) return mismatch(node, found);
  const count = shape.countOf(node);
  for (let i: u32 = 0; i < count; i++) {
    const option = shape.optionAt(node, i);
    if (shape.optionLength(option) == token.size && memory.compare(shape.optionText(option), token.start, token.size) == 0) {
      return retain(ctx, shape.optionValue(option));
    }
  }
  return failType(newText("one of the enum's values"), newText("another string"), pathValue());
}

function decodeList(child: usize): Value {
  const count = token.size;
  if (!enter()) return tooDeep();
  const base = top;
  let more = 0;
  for (let i: u32 = 0; (more = moreInList(i, count)) > 0; i++) {
    atIndex(i);
    const value = decodeNext(child);
    if (isException(value) || !push(value)) {
      popTo(base);
      return EXCEPTION;
    }
  }
  if (more < 0) {
    popTo(base);
    return broken();
  }
  const length = (top - base) >> 3;
  dropTo(base); // The array takes the values over, also when it fails.
  leave();
  return JS_NewArrayFrom(ctx, length, addressOf(base));
}

function decodeMap(child: usize): Value {
  const count = token.size;
  if (!enter()) return tooDeep();
  const object = JS_NewObject(ctx);
  if (isException(object)) return object;
  let more = 0;
  for (let i: u32 = 0; (more = moreInMap(i, count)) > 0; i++) {
    const key = nextKey() ? JS_NewAtomLen(ctx, token.start, token.size) : 0;
    if (key == 0) return abandon(object, broken());
    atKey(key);
    const value = decodeNext(child);
    if (isException(value)) {
      JS_FreeAtom(ctx, key);
      return abandon(object, value);
    }
    const defined = JS_DefinePropertyValue(ctx, object, key, value, PLAIN);
    atNoEntry();
    JS_FreeAtom(ctx, key);
    if (defined < 0) return abandon(object, EXCEPTION);
  }
  if (more < 0) return abandon(object, broken());
  leave();
  return object;
}

/** Fields wait on the value stack, in their declared order, so that every object of a type has the same layout. */
function decodeRecord(node: usize): Value {
  const count = token.size;
  const fields = shape.countOf(node);
  if (!enter()) return tooDeep();
  const base = top;
  for (let i: u32 = 0; i < fields; i++) {
    if (push(UNINITIALIZED)) continue;
    popTo(base);
    return EXCEPTION;
  }
  let expected: u32 = 0;
  let more = 0;
  for (let i: u32 = 0; (more = moreInMap(i, count)) > 0; i++) {
    atNoEntry();
    if (!nextKey()) {
      popTo(base);
      return broken();
    }
    const index = findField(node, fields, expected);
    if (index == fields) {
      if (shape.isClosed(node)) {
        popTo(base);
        return unknownField();
      }
      if (!skip(next(), depth)) {
        popTo(base);
        return broken();
      }
      continue;
    }
    expected = index + 1;
    const field = shape.fieldAt(node, index);
    atKey(shape.fieldAtom(field));
    const value = decodeNext(shape.fieldNode(field));
    if (isException(value)) {
      popTo(base);
      return value;
    }
    const slot = addressOf(base + (index << 3));
    release(ctx, load<u64>(slot)); // Of equal keys the last one counts.
    store<u64>(slot, value);
  }
  if (more < 0) {
    popTo(base);
    return broken();
  }
  return buildRecord(node, fields, base);
}

function buildRecord(node: usize, fields: u32, base: u32): Value {
  const object = JS_NewObject(ctx);
  if (isException(object)) {
    popTo(base);
    return object;
  }
  for (let i: u32 = 0; i < fields; i++) {
    const field = shape.fieldAt(node, i);
    const slot = addressOf(base + (i << 3));
    const value = load<u64>(slot);
    if (value == UNINITIALIZED) {
      if (shape.isOptional(field)) continue;
      atKey(shape.fieldAtom(field));
      popTo(base);
      return abandon(object, failType(newText(shape.expectedName(shape.fieldNode(field))), newText("nothing"), pathValue()));
    }
    store<u64>(slot, UNINITIALIZED);
    if (JS_DefinePropertyValue(ctx, object, shape.fieldAtom(field), value, PLAIN) < 0) {
      popTo(base);
      return abandon(object, EXCEPTION);
    }
  }
  dropTo(base);
  leave();
  return object;
}

/** Keys mostly come in their declared order: the one after the last is tried first. */
function findField(node: usize, fields: u32, expected: u32): u32 {
  if (expected < fields && isField(shape.fieldAt(node, expected))) return expected;
  for (let i: u32 = 0; i < fields; i++) if (isField(shape.fieldAt(node, i))) return i;
  return fields;
}

// @ts-ignore: decorator
@inline
function isField(field: usize): bool {
  return shape.fieldNameLength(field) == token.size
    && memory.compare(shape.fieldName(field), token.start, token.size) == 0;
}

function unknownField(): Value {
  const key = JS_NewAtomLen(ctx, token.start, token.size);
  atKey(key);
  const error = failType(newText("no such key"), newText("one"), pathValue());
  atNoEntry();
  JS_FreeAtom(ctx, key);
  return error;
}

function abandon(object: Value, error: Value): Value {
  release(ctx, object);
  return error;
}

function broken(): Value {
  return failData(problem, pathValue());
}

function tooDeep(): Value {
  return failData("the data is nested deeper than 512 levels", pathValue());
}

function mismatch(node: usize, found: i32): Value {
  return failType(newText(shape.expectedName(node)), describe(found), pathValue());
}

/** What was found: its type, and a number's value. Contents stay out of messages. */
function describe(found: i32): Value {
  switch (found) {
    case token.NULL_TOKEN: return newText("null");
    case token.BOOLEAN: return newText("a boolean");
    case token.INTEGER: return token.unsigned ? JS_NewBigUint64(ctx, token.integer) : JS_NewBigInt64(ctx, token.integer);
    case token.FLOAT: return newFloat(token.float);
    case token.TEXT: return newText("a string");
    case token.BYTES: return newText("binary");
    case token.LIST: return newText("an array");
    case token.MAP: return newText("an object");
    default: return newText("a MessagePack extension");
  }
}
