// How MessagePack writes scalars and the beginnings of containers: always in the shortest form.

import { advance, reserve, tip } from "./writer";

export function packInteger(value: i64): bool {
  if (!reserve(9)) return false;
  const at = tip();
  if (value >= 0) return packUnsigned(value);
  if (value >= -32) return done(at, <u32>(value & 0xff), 1);
  if (value >= i8.MIN_VALUE) {
    store<u8>(at, value, 1);
    return done(at, 0xd0, 2);
  }
  if (value >= i16.MIN_VALUE) {
    store<u16>(at, bswap<u16>(<u16>value), 1);
    return done(at, 0xd1, 3);
  }
  if (value >= i32.MIN_VALUE) {
    store<u32>(at, bswap<u32>(<u32>value), 1);
    return done(at, 0xd2, 5);
  }
  store<u64>(at, bswap<u64>(value), 1);
  return done(at, 0xd3, 9);
}

export function packUnsigned(value: u64): bool {
  if (!reserve(9)) return false;
  const at = tip();
  if (value < 0x80) return done(at, <u32>value, 1);
  if (value <= 0xff) {
    store<u8>(at, <u32>value, 1);
    return done(at, 0xcc, 2);
  }
  if (value <= 0xffff) {
    store<u16>(at, bswap<u16>(<u16>value), 1);
    return done(at, 0xcd, 3);
  }
  if (value <= 0xffffffff) {
    store<u32>(at, bswap<u32>(<u32>value), 1);
    return done(at, 0xce, 5);
  }
  store<u64>(at, bswap<u64>(value), 1);
  return done(at, 0xcf, 9);
}

export function packFloat(value: f64): bool {
  if (!reserve(9)) return false;
  store<u64>(tip(), bswap<u64>(reinterpret<u64>(value)), 1);
  return done(tip(), 0xcb, 9);
}

export function packFloat32(value: f64): bool {
  if (!reserve(5)) return false;
  store<u32>(tip(), bswap<u32>(reinterpret<u32>(<f32>value)), 1);
  return done(tip(), 0xca, 5);
}

export function packStringHeader(length: u32): bool {
  if (!reserve(5)) return false;
  if (length < 32) return done(tip(), 0xa0 | length, 1);
  if (length <= 0xff) {
    store<u8>(tip(), length, 1);
    return done(tip(), 0xd9, 2);
  }
  return packLong(length, 0xda);
}

export function packBinaryHeader(length: u32): bool {
  if (!reserve(5)) return false;
  if (length <= 0xff) {
    store<u8>(tip(), length, 1);
    return done(tip(), 0xc4, 2);
  }
  return packLong(length, 0xc5);
}

export function packListHeader(count: u32): bool {
  if (!reserve(5)) return false;
  return count < 16 ? done(tip(), 0x90 | count, 1) : packLong(count, 0xdc);
}

export function packMapHeader(count: u32): bool {
  if (!reserve(5)) return false;
  return count < 16 ? done(tip(), 0x80 | count, 1) : packLong(count, 0xde);
}

/** A length in 16 bits by this byte, or in 32 by the next one. */
function packLong(length: u32, byte: u32): bool {
  if (length <= 0xffff) {
    store<u16>(tip(), bswap<u16>(<u16>length), 1);
    return done(tip(), byte, 3);
  }
  store<u32>(tip(), bswap<u32>(length), 1);
  return done(tip(), byte + 1, 5);
}

function done(at: usize, first: u32, width: u32): bool {
  store<u8>(at, first);
  advance(width);
  return true;
}
