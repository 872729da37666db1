// The reader of JSON (RFC 8259). Containers are only begun here; `afterEntry` finds their commas and ends.

import { allocate, deallocate } from "./memory";
import { strtod } from "./quickjs";
import { end, malformed, pos, setPos } from "./source";
import {
  LIST, MAP, NULL_TOKEN, TEXT, UNCOUNTED, setBoolean, setFloat, setInteger, setRange,
} from "./token";

const QUOTE: u32 = 0x22;
const BACKSLASH: u32 = 0x5c;
const MINUS: u32 = 0x2d;
const COMMA: u32 = 0x2c;
const COLON: u32 = 0x3a;

/** Text with escapes is unescaped here; the next such text overwrites it. */
let unescaped: usize = 0;
let unescapedCapacity: u32 = 0;

export function nextJson(): i32 {
  skipSpace();
  if (pos >= end) return malformed("the JSON text ends too early");
  const c = <u32>load<u8>(pos);
  if (c == QUOTE) return text();
  if (c - 0x30 < 10 || c == MINUS) return number();
  if (c == 0x7b) return opened(MAP);
  if (c == 0x5b) return opened(LIST);
  if (c == 0x74 && word(0x65757274, 4)) return setBoolean(true);
  if (c == 0x6e && word(0x6c6c756e, 4)) return NULL_TOKEN;
  if (c == 0x66 && end - pos > 4 && load<u8>(pos + 4) == 0x65 && word(0x736c6166, 5)) return setBoolean(false);
  return malformed("the JSON text has a character that begins no value");
}

/** Whether another entry follows: 1, or 0 behind the closing bracket, or -1 for neither. */
export function moreJson(isFirst: bool, close: u32): i32 {
  skipSpace();
  if (pos >= end) return malformed("the JSON text ends too early");
  const c = <u32>load<u8>(pos);
  if (c == close) {
    setPos(pos + 1);
    return 0;
  }
  if (isFirst) return 1;
  if (c != COMMA) return malformed("the JSON text lacks a comma or a closing bracket");
  setPos(pos + 1);
  return 1;
}

/** Steps over the colon behind a key. */
export function colon(): bool {
  skipSpace();
  if (pos >= end || load<u8>(pos) != COLON) {
    malformed("the JSON text lacks a colon behind a key");
    return false;
  }
  setPos(pos + 1);
  return true;
}

/** Whether nothing but white space is left. */
export function atEndOfJson(): bool {
  skipSpace();
  return pos >= end;
}

function skipSpace(): void {
  let at = pos;
  while (at < end) {
    const c = <u32>load<u8>(at);
    if (c != 0x20 && c != 0x0a && c != 0x0d && c != 0x09) break;
    at++;
  }
  setPos(at);
}

function opened(token: i32): i32 {
  setPos(pos + 1);
  return setRange(token, 0, UNCOUNTED);
}

function word(letters: u32, length: u32): bool {
  if (end - pos < length || load<u32>(pos) != letters) return false;
  setPos(pos + length);
  return true;
}

function text(): i32 {
  const from = pos + 1;
  let at = from;
  while (at < end) {
    const c = <u32>load<u8>(at);
    if (c == QUOTE) {
      setPos(at + 1);
      return setRange(TEXT, from, <u32>(at - from));
    }
    if (c == BACKSLASH) return escapedText(from, at);
    if (c < 0x20) return malformed("the JSON text has a control character in a string");
    at++;
  }
  return malformed("the JSON text ends within a string");
}

/** An escape never is shorter than what it stands for, so that the raw length is enough room. */
function escapedText(from: usize, firstEscape: usize): i32 {
  let close = firstEscape;
  while (close < end && load<u8>(close) != QUOTE) close += load<u8>(close) == BACKSLASH ? 2 : 1;
  if (close >= end) return malformed("the JSON text ends within a string");
  if (!makeRoom(<u32>(close - from))) return malformed("out of memory");
  memory.copy(unescaped, from, firstEscape - from);
  let to = unescaped + (firstEscape - from);
  let at = firstEscape;
  while (at < close) {
    const c = <u32>load<u8>(at);
    if (c < 0x20) return malformed("the JSON text has a control character in a string");
    if (c != BACKSLASH) {
      store<u8>(to++, c);
      at++;
      continue;
    }
    const kind = <u32>load<u8>(at + 1);
    if (kind == 0x75) {
      const unit = hex4(at + 2, close);
      if (unit < 0) return malformed("the JSON text has a bad \\u escape");
      at += 6;
      const low = (unit & 0xfc00) == 0xd800 && close - at >= 6 && load<u16>(at) == 0x755c ? hex4(at + 2, close) : -1;
      if (low >= 0 && (low & 0xfc00) == 0xdc00) {
        at += 6;
        to = writeUtf8(to, 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff));
      } else to = writeUtf8(to, unit);
      continue;
    }
    const character = unescape(kind);
    if (character == 0) return malformed("the JSON text has an escape that does not exist");
    store<u8>(to++, character);
    at += 2;
  }
  setPos(close + 1);
  return setRange(TEXT, unescaped, <u32>(to - unescaped));
}

function makeRoom(length: u32): bool {
  if (length <= unescapedCapacity) return true;
  deallocate(unescaped);
  unescaped = allocate(length);
  unescapedCapacity = unescaped == 0 ? 0 : length;
  return unescaped != 0;
}

function unescape(kind: u32): u32 {
  switch (kind) {
    case QUOTE:
    case BACKSLASH:
    case 0x2f: return kind;
    case 0x62: return 8;
    case 0x66: return 12;
    case 0x6e: return 10;
    case 0x72: return 13;
    case 0x74: return 9;
    default: return 0;
  }
}

function hex4(at: usize, close: usize): i32 {
  if (close < at || close - at < 4) return -1;
  let value = 0;
  for (let i: usize = 0; i < 4; i++) {
    const c = <i32>load<u8>(at + i);
    const letter = (c | 32) - 0x61;
    if (<u32>(c - 0x30) < 10) value = (value << 4) | (c - 0x30);
    else if (<u32>letter < 6) value = (value << 4) | (letter + 10);
    else return -1;
  }
  return value;
}

function writeUtf8(to: usize, point: i32): usize {
  if (point < 0x80) {
    store<u8>(to, point);
    return to + 1;
  }
  if (point < 0x800) {
    store<u8>(to, 0xc0 | (point >> 6));
    store<u8>(to, 0x80 | (point & 63), 1);
    return to + 2;
  }
  if (point < 0x10000) {
    store<u8>(to, 0xe0 | (point >> 12));
    store<u8>(to, 0x80 | ((point >> 6) & 63), 1);
    store<u8>(to, 0x80 | (point & 63), 2);
    return to + 3;
  }
  store<u8>(to, 0xf0 | (point >> 18));
  store<u8>(to, 0x80 | ((point >> 12) & 63), 1);
  store<u8>(to, 0x80 | ((point >> 6) & 63), 2);
  store<u8>(to, 0x80 | (point & 63), 3);
  return to + 4;
}

/** The most digits that surely fit 64 bits. */
const SAFE_DIGITS: u32 = 18;
const LARGEST_EXACT: u64 = 1 << 53;

function number(): i32 {
  const from = pos;
  let at = pos;
  const negative = load<u8>(at) == MINUS;
  if (negative) at++;
  const digits = at;
  let mantissa: u64 = 0;
  while (at < end && isDigit(at)) mantissa = mantissa * 10 + (load<u8>(at++) - 0x30);
  let count = <u32>(at - digits);
  if (count == 0 || (count > 1 && load<u8>(digits) == 0x30)) return malformed("the JSON text has a bad number");
  const c = at < end ? <u32>load<u8>(at) : 0;
  if (c != 0x2e && (c | 32) != 0x65) {
    setPos(at);
    if (negative && mantissa == 0 && count == 1) return setFloat(-0.0);
    if (count <= SAFE_DIGITS) return setInteger(negative ? -<i64>mantissa : <i64>mantissa, false);
    return longInteger(from, digits, at, negative);
  }
  let exponent = 0;
  if (c == 0x2e) {
    const fraction = ++at;
    while (at < end && isDigit(at)) mantissa = mantissa * 10 + (load<u8>(at++) - 0x30);
    if (at == fraction) return malformed("the JSON text has a bad number");
    count += <u32>(at - fraction);
    exponent = -<i32>(at - fraction);
  }
  if (at < end && (load<u8>(at) | 32) == 0x65) {
    at++;
    const minus = at < end && load<u8>(at) == MINUS;
    if (at < end && (minus || load<u8>(at) == 0x2b)) at++;
    const first = at;
    let power = 0;
    while (at < end && isDigit(at)) power = min(power * 10 + (load<u8>(at++) - 0x30), 100000);
    if (at == first) return malformed("the JSON text has a bad number");
    exponent += minus ? -power : power;
  }
  setPos(at);
  // Both factors are exact doubles, so that one correctly rounded operation gives the correctly rounded result.
  if (count <= SAFE_DIGITS && mantissa <= LARGEST_EXACT && exponent >= -22 && exponent <= 22) {
    const value = exponent < 0 ? <f64>mantissa / powerOfTen(-exponent) : <f64>mantissa * powerOfTen(exponent);
    return setFloat(negative ? -value : value);
  }
  return slowFloat(from, at);
}

function longInteger(from: usize, digits: usize, to: usize, negative: bool): i32 {
  let value: u64 = 0;
  for (let at = digits; at < to; at++) {
    const digit = <u64>(load<u8>(at) - 0x30);
    if (value > (u64.MAX_VALUE - digit) / 10) return slowFloat(from, to);
    value = value * 10 + digit;
  }
  if (!negative) return setInteger(<i64>value, <i64>value < 0);
  if (value > <u64>1 << 63) return slowFloat(from, to);
  return setInteger(-<i64>value, false);
}

/** The C library wants a zero behind the digits. */
function slowFloat(from: usize, to: usize): i32 {
  const copy = allocate(to - from + 1);
  if (copy == 0) return malformed("out of memory");
  memory.copy(copy, from, to - from);
  store<u8>(copy + (to - from), 0);
  const value = strtod(copy, 0);
  deallocate(copy);
  return setFloat(value);
}

function powerOfTen(exponent: i32): f64 {
  let power: f64 = 1;
  for (let i = 0; i < exponent; i++) power *= 10;
  return power;
}

// @ts-ignore: decorator
@inline
function isDigit(at: usize): bool {
  return load<u8>(at) - 0x30 < 10;
}
