// JavaScript values to bytes, by a shape, into the writer's buffer. Getters and proxies may run code of the plug-in
// in between; the primitives refuse to be entered then, so that the buffer and the path stay what they are.

import { encodeBase64 } from "./base64";
import { fail, failType } from "./fail";
import { packBinaryHeader, packFloat, packFloat32, packInteger, packListHeader, packMapHeader, packStringHeader, packUnsigned } from "./pack";
import { atIndex, atKey, beginPath, enter, leave, pathValue } from "./path";
import {
  Atom, JS_AtomToString, JS_Call, JS_FreePropertyEnum, JS_GetLength, JS_GetOwnPropertyNames, JS_GetProperty, JS_GetPropertyStr, JS_GetPropertyUint32,
  JS_GetTypedArrayType, JS_GetUint8Array, JS_IsArray, JS_IsFunction, JS_IsStrictEqual, JS_NewBigInt64, JS_NewBigUint64, JS_ToBigInt64, NAMES_ENUMERABLE_STRINGS,
  TAG_BOOL, TAG_FLOAT64, TAG_INT, TAG_NULL, TAG_UNDEFINED, TYPED_ARRAY_UINT8, UNDEFINED, Value,
  floatOf, isBigInt, isException, newFloat, isObject, isString, release, tagOf,
} from "./quickjs";
import * as shape from "./shape";
import { JSON } from "./source";
import { ctx, scratch } from "./state";
import { cstring, newText } from "./text";
import { charCount, chars, closeString, openString, writeJsonString, writeUtf8 } from "./utf8";
import { advance, beginWriting, buffer, length, reserve, tip, truncate, writeByte, writeBytes } from "./writer";

const LARGEST_SAFE: f64 = 9007199254740991;
let json: bool = false;

/** Encodes one value into the empty buffer; false when an exception was thrown. */
export function encode(as: u32, node: usize, value: Value): bool {
  json = as == JSON;
  beginWriting();
  beginPath();
  return encodeValue(node, value);
}

function encodeValue(node: usize, value: Value): bool {
  switch (shape.kindOf(node)) {
    case shape.ANY: return encodeAny(value);
    case shape.STRING:
    case shape.DATE_TIME: return isString(value) ? encodeString(value) : mismatch(node, value);
    case shape.BOOL: return tagOf(value) == TAG_BOOL ? encodeBoolean(value) : mismatch(node, value);
    case shape.INTEGER: return encodeInteger(node, value, -LARGEST_SAFE, LARGEST_SAFE);
    case shape.INT8: return encodeInteger(node, value, -128, 127);
    case shape.INT16: return encodeInteger(node, value, -32768, 32767);
    case shape.INT32: return encodeInteger(node, value, -2147483648, 2147483647);
    case shape.UINT8: return encodeInteger(node, value, 0, 255);
    case shape.UINT16: return encodeInteger(node, value, 0, 65535);
    case shape.UINT32: return encodeInteger(node, value, 0, 4294967295);
    case shape.INT64:
    case shape.UINT64: return isBigInt(value) ? encodeBigInt(node, value, shape.kindOf(node) == shape.UINT64) : mismatch(node, value);
    case shape.FLOAT32:
    case shape.FLOAT64: return encodeFloat(node, value);
    case shape.BINARY: return isBytes(value) ? encodeBytes(value) : mismatch(node, value);
    case shape.LIST: return isObject(value) && JS_IsArray(value) ? encodeList(shape.childOf(node), value) : mismatch(node, value);
    case shape.MAP: return isPlain(value) ? encodeMap(shape.childOf(node), value) : mismatch(node, value);
    case shape.NULLABLE: return tagOf(value) == TAG_NULL ? encodeNull() : encodeValue(shape.childOf(node), value);
    case shape.RECORD: return isPlain(value) ? encodeRecord(node, value) : mismatch(node, value);
    case shape.ENUM: return encodeEnum(node, value);
    default: return mismatch(node, value);
  }
}

/** What JSON.stringify would write, and besides: bytes, and 64-bit integers with all their digits. */
function encodeAny(value: Value): bool {
  const tag = tagOf(value);
  if (tag == TAG_NULL) return encodeNull();
  if (tag == TAG_BOOL) return encodeBoolean(value);
  if (tag == TAG_INT) return encodeInt64(<i32>value);
  if (tag == TAG_FLOAT64) return encodeAnyFloat(floatOf(value));
  if (isString(value)) return encodeString(value);
  if (isBigInt(value)) return encodeAnyBigInt(value);
  if (!isObject(value) || JS_IsFunction(ctx, value)) return mismatch(shape.ANY_NODE, value);
  if (isBytes(value)) return encodeBytes(value);
  if (JS_IsArray(value)) return encodeList(shape.ANY_NODE, value);
  const toJson = JS_GetPropertyStr(ctx, value, cstring("toJSON"));
  if (isException(toJson)) return false;
  if (!JS_IsFunction(ctx, toJson)) {
    release(ctx, toJson);
    return encodeMap(shape.ANY_NODE, value);
  }
  const simple = JS_Call(ctx, toJson, value, 0, 0);
  release(ctx, toJson);
  if (isException(simple)) return false;
  // A toJSON that answers objects with a toJSON of their own could go on for ever.
  if (!enter()) return tooDeep(simple);
  atIndex(0);
  const written = encodeAny(simple);
  leave();
  release(ctx, simple);
  return written;
}

function encodeNull(): bool {
  return roomy(json ? writeWord(0x6c6c756e, 4) : writeByte(0xc0));
}

function encodeBoolean(value: Value): bool {
  const on = <i32>value != 0;
  if (!json) return roomy(writeByte(on ? 0xc3 : 0xc2));
  return roomy(on ? writeWord(0x65757274, 4) : writeWord(0x736c6166, 4) && writeByte(0x65));
}

function writeWord(letters: u32, count: u32): bool {
  if (!reserve(count)) return false;
  store<u32>(tip(), letters);
  advance(count);
  return true;
}

function encodeString(value: Value): bool {
  if (!openString(value)) return false;
  const at = chars;
  const done = json
    ? writeJsonString(at, charCount)
    : packStringHeader(charCount) && writeUtf8(at, charCount);
  closeString(at);
  return roomy(done);
}

function encodeInteger(node: usize, value: Value, least: f64, most: f64): bool {
  const tag = tagOf(value);
  if (tag == TAG_INT) {
    const int = <i32>value;
    return int >= least && int <= most ? encodeInt64(int) : mismatch(node, value);
  }
  if (tag != TAG_FLOAT64) return mismatch(node, value);
  const float = floatOf(value);
  if (float != Math.floor(float) || float < least || float > most) return mismatch(node, value);
  return encodeInt64(<i64>float);
}

function encodeInt64(value: i64): bool {
  if (!json) return roomy(packInteger(value));
  if (value < 0) return roomy(writeByte(0x2d)) && encodeDigits(0 - <u64>value);
  return encodeDigits(value);
}

/** At most twenty digits, from the last to the first. */
function encodeDigits(value: u64): bool {
  if (!reserve(20)) return roomy(false);
  let count: u32 = 1;
  for (let rest = value; rest >= 10; rest /= 10) count++;
  let at = tip() + count;
  do {
    store<u8>(--at, 0x30 + <u32>(value % 10));
    value /= 10;
  } while (value != 0);
  advance(count);
  return true;
}

/** Wraps the bigint to 64 bits, and looks whether that changed it. */
function encodeBigInt(node: usize, value: Value, isUnsigned: bool): bool {
  if (JS_ToBigInt64(ctx, scratch, value) < 0) return false;
  const bits = load<i64>(scratch);
  const back = isUnsigned ? JS_NewBigUint64(ctx, bits) : JS_NewBigInt64(ctx, bits);
  const fits = JS_IsStrictEqual(ctx, back, value);
  release(ctx, back);
  if (!fits) return mismatch(node, value);
  if (!isUnsigned) return encodeInt64(bits);
  return json ? encodeDigits(bits) : roomy(packUnsigned(bits));
}

const INT64_NODE: usize = memory.data(4);
const UINT64_NODE: usize = memory.data(4);

function encodeAnyBigInt(value: Value): bool {
  store<u32>(INT64_NODE, shape.INT64);
  store<u32>(UINT64_NODE, shape.UINT64);
  if (JS_ToBigInt64(ctx, scratch, value) < 0) return false;
  const back = JS_NewBigInt64(ctx, load<i64>(scratch));
  const isSigned = JS_IsStrictEqual(ctx, back, value);
  release(ctx, back);
  return encodeBigInt(isSigned ? INT64_NODE : UINT64_NODE, value, !isSigned);
}

function encodeFloat(node: usize, value: Value): bool {
  const tag = tagOf(value);
  if (tag != TAG_INT && tag != TAG_FLOAT64) return mismatch(node, value);
  const float = tag == TAG_INT ? <f64>(<i32>value) : floatOf(value);
  if (json) return encodeJsonFloat(node, value, float);
  return roomy(shape.kindOf(node) == shape.FLOAT32 ? packFloat32(float) : packFloat(float));
}

/** Without a shape, a whole number travels as an integer. */
function encodeAnyFloat(value: f64): bool {
  const isWhole = value == Math.floor(value) && Math.abs(value) <= LARGEST_SAFE && (value != 0 || reinterpret<u64>(value) == 0);
  if (isWhole) return encodeInt64(<i64>value);
  return json ? encodeJsonFloat(shape.ANY_NODE, newFloat(value), value) : roomy(packFloat(value));
}

function encodeJsonFloat(node: usize, value: Value, float: f64): bool {
  if (!isFinite(float)) return mismatch(node, value);
  if (float == Math.floor(float) && Math.abs(float) <= LARGEST_SAFE) {
    if (float == 0 && reinterpret<u64>(float) != 0) return roomy(writeByte(0x2d) && writeByte(0x30));
    return encodeInt64(<i64>float);
  }
  if (!openString(value)) return false;
  const at = chars;
  const done = writeBytes(at, charCount);
  closeString(at);
  return roomy(done);
}

function encodeBytes(value: Value): bool {
  const from = JS_GetUint8Array(ctx, scratch, value);
  const count = load<u32>(scratch);
  if (from == 0 && count != 0) return false;
  if (!json) return roomy(packBinaryHeader(count) && writeBytes(from, count));
  const encoded = ((<u64>count + 2) / 3) * 4;
  if (encoded > <u64>i32.MAX_VALUE || !reserve(<u32>encoded + 2)) return roomy(false);
  writeByte(0x22);
  encodeBase64(from, count, tip());
  advance(<u32>encoded);
  return writeByte(0x22);
}

function encodeEnum(node: usize, value: Value): bool {
  if (!isString(value)) return mismatch(node, value);
  if (!openString(value)) return false;
  const at = chars;
  let known = false;
  for (let i: u32 = 0; i < shape.countOf(node) && !known; i++) {
    const option = shape.optionAt(node, i);
    known = shape.optionLength(option) == charCount && memory.compare(shape.optionText(option), at, charCount) == 0;
  }
  const done = !known || (json ? writeJsonString(at, charCount) : packStringHeader(charCount) && writeBytes(at, charCount));
  closeString(at);
  return known ? roomy(done) : mismatch(node, value);
}

function encodeList(child: usize, value: Value): bool {
  if (JS_GetLength(ctx, value, scratch) < 0) return false;
  const count = load<i64>(scratch);
  if (!enter() || count > <i64>u32.MAX_VALUE) return tooDeep(UNDEFINED);
  if (!roomy(json ? writeByte(0x5b) : packListHeader(<u32>count))) return false;
  for (let i: u32 = 0; i < <u32>count; i++) {
    if (json && i > 0 && !roomy(writeByte(0x2c))) return false;
    atIndex(i);
    const item = JS_GetPropertyUint32(ctx, value, i);
    if (isException(item)) return false;
    const done = json && child == shape.ANY_NODE && isAbsent(item) ? encodeNull() : encodeValue(child, item);
    release(ctx, item);
    if (!done) return false;
  }
  leave();
  return !json || roomy(writeByte(0x5d));
}

function encodeMap(child: usize, value: Value): bool {
  if (JS_GetOwnPropertyNames(ctx, scratch, scratch + 4, value, NAMES_ENUMERABLE_STRINGS) < 0) return false;
  const table = load<u32>(scratch);
  const count = load<u32>(scratch + 4);
  const done = enter() ? encodeEntries(child, value, table, count) : tooDeep(UNDEFINED);
  JS_FreePropertyEnum(ctx, table, count);
  return done;
}

function encodeEntries(child: usize, value: Value, table: usize, count: u32): bool {
  const header = length;
  if (!roomy(json ? writeByte(0x7b) : packMapHeader(count))) return false;
  let written: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    // JSPropertyEnum: a flag, then the atom.
    const key: Atom = load<u32>(table + (<usize>i << 3), 4);
    atKey(key);
    const item = JS_GetProperty(ctx, value, key);
    if (isException(item)) return false;
    if (isAbsent(item)) continue;
    const done = encodeKey(key, written) && encodeValue(child, item);
    release(ctx, item);
    if (!done) return false;
    written++;
  }
  leave();
  if (json) return roomy(writeByte(0x7d));
  return written == count || mendMapHeader(header, count, written);
}

function encodeKey(key: Atom, before: u32): bool {
  if (json && before > 0 && !roomy(writeByte(0x2c))) return false;
  const name = JS_AtomToString(ctx, key);
  if (isException(name)) return false;
  const done = encodeString(name);
  release(ctx, name);
  return done && (!json || roomy(writeByte(0x3a)));
}

function encodeRecord(node: usize, value: Value): bool {
  const count = shape.countOf(node);
  const header = length;
  if (!enter()) return tooDeep(UNDEFINED);
  if (!roomy(json ? writeByte(0x7b) : packMapHeader(count))) return false;
  let written: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const field = shape.fieldAt(node, i);
    atKey(shape.fieldAtom(field));
    const item = JS_GetProperty(ctx, value, shape.fieldAtom(field));
    if (isException(item)) return false;
    if (tagOf(item) == TAG_UNDEFINED) {
      if (shape.isOptional(field)) continue;
      return mismatch(shape.fieldNode(field), item);
    }
    const done = encodeFieldName(field, written) && encodeValue(shape.fieldNode(field), item);
    release(ctx, item);
    if (!done) return false;
    written++;
  }
  leave();
  if (json) return roomy(writeByte(0x7d));
  return written == count || mendMapHeader(header, count, written);
}

function encodeFieldName(field: usize, before: u32): bool {
  if (json) {
    if (before > 0 && !roomy(writeByte(0x2c))) return false;
    return roomy(writeBytes(shape.fieldJson(field), shape.fieldJsonLength(field)));
  }
  const header = shape.fieldHeaderLength(field);
  return roomy(writeBytes(shape.fieldName(field) - header, shape.fieldNameLength(field) + header));
}

/** Fewer entries were written than the header says. The shorter count may take a shorter header. */
function mendMapHeader(header: u32, count: u32, written: u32): bool {
  const before = mapHeaderLength(count);
  const after = mapHeaderLength(written);
  const end = length;
  memory.copy(buffer + header + after, buffer + header + before, end - header - before);
  truncate(header);
  packMapHeader(written);
  truncate(end - before + after);
  return true;
}

function mapHeaderLength(count: u32): u32 {
  return count < 16 ? 1 : count <= 0xffff ? 3 : 5;
}

function isBytes(value: Value): bool {
  return isObject(value) && JS_GetTypedArrayType(value) == TYPED_ARRAY_UINT8;
}

/** An object that may be a record or a map: whatever it is, it is not a list or bytes. */
function isPlain(value: Value): bool {
  return isObject(value) && !JS_IsArray(value) && !isBytes(value) && !JS_IsFunction(ctx, value);
}

/** What JSON.stringify leaves out of objects. */
function isAbsent(value: Value): bool {
  return tagOf(value) == TAG_UNDEFINED;
}

function mismatch(node: usize, value: Value): bool {
  const what = describeValue(value);
  failType(newText(shape.expectedName(node)), what, pathValue());
  return false;
}

/** Its type, and a number's value. Contents stay out of messages. */
function describeValue(value: Value): Value {
  const tag = tagOf(value);
  if (tag == TAG_INT || tag == TAG_FLOAT64) return value;
  if (tag == TAG_NULL) return newText("null");
  if (tag == TAG_UNDEFINED) return newText("nothing");
  if (tag == TAG_BOOL) return newText("a boolean");
  if (isString(value)) return newText("a string");
  if (isBigInt(value)) return newText("a bigint");
  if (!isObject(value)) return newText("a symbol");
  if (JS_IsArray(value)) return newText("an array");
  if (JS_IsFunction(ctx, value)) return newText("a function");
  return isBytes(value) ? newText("a Uint8Array") : newText("an object");
}

function tooDeep(value: Value): bool {
  release(ctx, value);
  failType(newText("at most 512 levels of nesting"), newText("more; is the value part of itself?"), pathValue());
  return false;
}

/** Turns a failed write into an exception: the only reason for one is memory. */
// @ts-ignore: decorator
@inline
function roomy(done: bool): bool {
  return done ? true : noRoom();
}

function noRoom(): bool {
  fail("out of memory");
  return false;
}
