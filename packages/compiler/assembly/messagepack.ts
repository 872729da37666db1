// The reader of MessagePack. Lengths are checked against the bytes that are left before anything is done with them.

import { end, malformed, pos, setPos } from "./source";
import {
  BYTES, EXTENSION, LIST, MAP, NULL_TOKEN, TEXT, setBoolean, setFloat, setInteger, setRange,
} from "./token";

export function nextMessagePack(): i32 {
  if (pos >= end) return cutOff();
  const first = <u32>load<u8>(pos);
  setPos(pos + 1);
  if (first < 0x80) return setInteger(first, false);
  if (first >= 0xe0) return setInteger(<i64>first - 256, false);
  if (first < 0x90) return container(MAP, first & 15);
  if (first < 0xa0) return container(LIST, first & 15);
  if (first < 0xc0) return bytes(TEXT, first & 31);
  return nextLong(first);
}

function nextLong(first: u32): i32 {
  switch (first) {
    case 0xc0: return NULL_TOKEN;
    case 0xc2: return setBoolean(false);
    case 0xc3: return setBoolean(true);
    case 0xc4: return has(1) ? bytes(BYTES, u8At(0), 1) : cutOff();
    case 0xc5: return has(2) ? bytes(BYTES, u16At(0), 2) : cutOff();
    case 0xc6: return has(4) ? bytes(BYTES, u32At(0), 4) : cutOff();
    case 0xc7: return has(1) ? bytes(EXTENSION, u8At(0), 2) : cutOff();
    case 0xc8: return has(2) ? bytes(EXTENSION, u16At(0), 3) : cutOff();
    case 0xc9: return has(4) ? bytes(EXTENSION, u32At(0), 5) : cutOff();
    case 0xca: return has(4) ? floated(<f64>reinterpret<f32>(u32At(0)), 4) : cutOff();
    case 0xcb: return has(8) ? floated(reinterpret<f64>(u64At(0)), 8) : cutOff();
    case 0xcc: return has(1) ? whole(u8At(0), 1) : cutOff();
    case 0xcd: return has(2) ? whole(u16At(0), 2) : cutOff();
    case 0xce: return has(4) ? whole(u32At(0), 4) : cutOff();
    case 0xcf: return has(8) ? whole(u64At(0), 8, <i64>u64At(0) < 0) : cutOff();
    case 0xd0: return has(1) ? whole(<i8>u8At(0), 1) : cutOff();
    case 0xd1: return has(2) ? whole(<i16>u16At(0), 2) : cutOff();
    case 0xd2: return has(4) ? whole(<i32>u32At(0), 4) : cutOff();
    case 0xd3: return has(8) ? whole(u64At(0), 8) : cutOff();
    case 0xd4: return bytes(EXTENSION, 1, 1);
    case 0xd5: return bytes(EXTENSION, 2, 1);
    case 0xd6: return bytes(EXTENSION, 4, 1);
    case 0xd7: return bytes(EXTENSION, 8, 1);
    case 0xd8: return bytes(EXTENSION, 16, 1);
    case 0xd9: return has(1) ? bytes(TEXT, u8At(0), 1) : cutOff();
    case 0xda: return has(2) ? bytes(TEXT, u16At(0), 2) : cutOff();
    case 0xdb: return has(4) ? bytes(TEXT, u32At(0), 4) : cutOff();
    case 0xdc: return has(2) ? container(LIST, u16At(0), 2) : cutOff();
    case 0xdd: return has(4) ? container(LIST, u32At(0), 4) : cutOff();
    case 0xde: return has(2) ? container(MAP, u16At(0), 2) : cutOff();
    case 0xdf: return has(4) ? container(MAP, u32At(0), 4) : cutOff();
    default: return malformed("the byte 0xc1 begins no MessagePack value");
  }
}

function whole(value: i64, width: u32, isUnsigned: bool = false): i32 {
  setPos(pos + width);
  return setInteger(value, isUnsigned);
}

function floated(value: f64, width: u32): i32 {
  setPos(pos + width);
  return setFloat(value);
}

function bytes(token: i32, length: u32, header: u32 = 0): i32 {
  if (<u64>header + length > <u64>(end - pos)) return cutOff();
  const at = pos + header;
  setPos(at + length);
  return setRange(token, at, length);
}

/** Each entry takes a byte at least, and each key and value of a map one. */
function container(token: i32, count: u32, header: u32 = 0): i32 {
  const least = token == MAP ? <u64>count * 2 : <u64>count;
  if (<u64>header + least > <u64>(end - pos)) return cutOff();
  setPos(pos + header);
  return setRange(token, 0, count);
}

function cutOff(): i32 {
  return malformed("the MessagePack data is cut off");
}

// @ts-ignore: decorator
@inline
function has(count: u32): bool {
  return end - pos >= count;
}

// @ts-ignore: decorator
@inline
function u8At(offset: usize): u32 {
  return load<u8>(pos + offset);
}

// @ts-ignore: decorator
@inline
function u16At(offset: usize): u32 {
  return bswap<u16>(load<u16>(pos + offset));
}

// @ts-ignore: decorator
@inline
function u32At(offset: usize): u32 {
  return bswap<u32>(load<u32>(pos + offset));
}

// @ts-ignore: decorator
@inline
function u64At(offset: usize): u64 {
  return bswap<u64>(load<u64>(pos + offset));
}
