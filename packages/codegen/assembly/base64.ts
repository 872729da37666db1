// Base64 as in RFC 4648, section 4: padded, with no line breaks and no bits left over.

import { Output, room } from "./output";

/** The bytes that this text stands for, or null when it is not base64. */
export function decodeBase64(from: usize, end: usize): Uint8Array | null {
  const length = end - from;
  if (length & 3) return null;
  if (!length) return new Uint8Array(0);
  const padding = load<u8>(end - 1) != EQUALS ? 0 : load<u8>(end - 2) != EQUALS ? 1 : 2;
  const size = (length >> 2) * 3 - padding;
  const result = new Uint8Array(<i32>size);
  let to = result.dataStart;
  const last = end - (padding ? 4 : 0);
  for (; from < last; from += 4, to += 3) {
    const bits = (sextet(load<u8>(from)) << 18) | (sextet(load<u8>(from, 1)) << 12) | (sextet(load<u8>(from, 2)) << 6) |
      sextet(load<u8>(from, 3));
    if (bits < 0) return null;
    store<u8>(to, <u8>(bits >> 16));
    store<u8>(to, <u8>(bits >> 8), 1);
    store<u8>(to, <u8>bits, 2);
  }
  if (padding) {
    const bits = (sextet(load<u8>(from)) << 18) | (sextet(load<u8>(from, 1)) << 12) |
      (padding == 1 ? sextet(load<u8>(from, 2)) << 6 : 0);
    // The bits that no byte needs have to be zero, so that each value has one form.
    if (bits < 0 || bits & (padding == 1 ? 0xff : 0xffff)) return null;
    store<u8>(to, <u8>(bits >> 16));
    if (padding == 1) store<u8>(to, <u8>(bits >> 8), 1);
  }
  return result;
}

/** Writes bytes as base64 text, without quotes. */
export function writeBase64(value: Uint8Array): void {
  const length = <usize>value.byteLength;
  room((length / 3) * 4 + 8);
  let from = value.dataStart;
  const end = from + length;
  let to = Output.position;
  for (; from + 3 <= end; from += 3, to += 4) {
    const bits = (<u32>load<u8>(from) << 16) | (<u32>load<u8>(from, 1) << 8) | load<u8>(from, 2);
    store<u32>(to, letter(bits >> 18) | (letter(bits >> 12) << 8) | (letter(bits >> 6) << 16) | (letter(bits) << 24));
  }
  if (from < end) {
    const two = from + 2 == end;
    const bits = (<u32>load<u8>(from) << 16) | (two ? <u32>load<u8>(from, 1) << 8 : 0);
    store<u32>(
      to,
      letter(bits >> 18) | (letter(bits >> 12) << 8) | ((two ? letter(bits >> 6) : EQUALS) << 16) | (EQUALS << 24),
    );
    to += 4;
  }
  Output.position = to;
}

const EQUALS: u32 = 0x3d;

const ALPHABET = memory.data<u8>([
  65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 97, 98, 99,
  100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 120, 121, 122, 48,
  49, 50, 51, 52, 53, 54, 55, 56, 57, 43, 47,
]);

// @ts-ignore: decorator
@inline
function letter(bits: u32): u32 {
  return load<u8>(ALPHABET + (bits & 63));
}

// Negative for what is not in the alphabet, and it stays so when shifted.
// @ts-ignore: decorator
@inline
function sextet(byte: u32): i32 {
  if (byte >= 97 && byte <= 122) return byte - 71;
  if (byte >= 65 && byte <= 90) return byte - 65;
  if (byte >= 48 && byte <= 57) return byte + 4;
  if (byte == 43) return 62;
  if (byte == 47) return 63;
  return -1;
}
