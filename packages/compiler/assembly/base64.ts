// Base64 (RFC 4648, section 4), padded, without white space: how bytes travel in JSON.

/** The number of bytes that the text stands for, or -1 for a length that base64 never has. */
export function base64Length(text: usize, length: u32): i32 {
  if (length & 3) return -1;
  if (length == 0) return 0;
  const padding = load<u8>(text + length - 1) != 0x3d ? 0 : load<u8>(text + length - 2) != 0x3d ? 1 : 2;
  return <i32>((length >> 2) * 3) - padding;
}

/** Writes up to two bytes more than {@link base64Length} says. False for text that is not canonical base64. */
export function decodeBase64(text: usize, length: u32, to: usize): bool {
  let padding: u32 = 0;
  for (let i: u32 = 0; i < length; i += 4) {
    let bits: u32 = 0;
    for (let j: u32 = 0; j < 4; j++) {
      const c = <u32>load<u8>(text + i + j);
      if (c == 0x3d && i + 4 == length && j >= 2) {
        padding++;
        bits <<= 6;
        continue;
      }
      const digit = digitOf(c);
      if (digit < 0 || padding > 0) return false;
      bits = (bits << 6) | digit;
    }
    store<u8>(to, bits >> 16);
    store<u8>(to, bits >> 8, 1);
    store<u8>(to, bits, 2);
    to += 3;
    if ((padding == 1 && (bits & 0xff) != 0) || (padding == 2 && (bits & 0xffff) != 0)) return false;
  }
  return true;
}

/** Writes four characters for each three bytes begun. */
export function encodeBase64(from: usize, length: u32, to: usize): void {
  for (let i: u32 = 0; i < length; i += 3) {
    const left = length - i;
    const bits = (<u32>load<u8>(from + i) << 16)
      | (left > 1 ? <u32>load<u8>(from + i + 1) << 8 : 0)
      | (left > 2 ? <u32>load<u8>(from + i + 2) : 0);
    store<u8>(to, characterOf(bits >> 18));
    store<u8>(to, characterOf((bits >> 12) & 63), 1);
    store<u8>(to, left > 1 ? characterOf((bits >> 6) & 63) : 0x3d, 2);
    store<u8>(to, left > 2 ? characterOf(bits & 63) : 0x3d, 3);
    to += 4;
  }
}

function digitOf(c: u32): i32 {
  if (c - 0x41 < 26) return c - 0x41;
  if (c - 0x61 < 26) return c - 0x61 + 26;
  if (c - 0x30 < 10) return c - 0x30 + 52;
  if (c == 0x2b) return 62;
  return c == 0x2f ? 63 : -1;
}

function characterOf(digit: u32): u32 {
  if (digit < 26) return digit + 0x41;
  if (digit < 52) return digit - 26 + 0x61;
  if (digit < 62) return digit - 52 + 0x30;
  return digit == 62 ? 0x2b : 0x2f;
}
