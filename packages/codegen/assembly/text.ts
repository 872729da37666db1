// UTF-8 to and from AssemblyScript's UTF-16 strings. Decoding is strict: what is not UTF-8 is refused. Encoding
// writes U+FFFD for half of a surrogate pair, as every TextEncoder does.

import { Output, room } from "./output";

/** The string of these UTF-8 bytes, or null when they are not UTF-8. At least eight bytes after them must be readable. */
export function decodeText(from: usize, length: usize): string | null {
  if (!length) return "";
  if (isAscii(from, length)) {
    const result = __new(length << 1, idof<String>());
    widen(from, length, result);
    return changetype<string>(result);
  }
  const units = countUnits(from, length);
  if (units < 0) return null;
  const result = __new(<usize>units << 1, idof<String>());
  transcode(from, length, result);
  return changetype<string>(result);
}

/** Whether these bytes are UTF-8. */
export function isUtf8(from: usize, length: usize): bool {
  return isAscii(from, length) || countUnits(from, length) >= 0;
}

/** Writes the string as UTF-8 to the output. */
export function writeText(value: string): void {
  const units = <usize>value.length;
  // A unit becomes three bytes at most.
  room(units * 3);
  Output.position = encodeText(changetype<usize>(value), units, Output.position);
}

/** Writes UTF-16 units as UTF-8 to `to`. Answers the end of what was written, at most three bytes a unit further on. */
export function encodeText(from: usize, units: usize, to: usize): usize {
  const ascii = narrow(from, units, to);
  if (ascii == units) return to + units;
  to += ascii;
  const end = from + (units << 1);
  let at = from + (ascii << 1);
  while (at < end) {
    let code = <u32>load<u16>(at);
    at += 2;
    if (code < 0x80) {
      store<u8>(to++, code);
    } else if (code < 0x800) {
      store<u16>(to, (code >> 6) | 0xc0 | (((code & 63) | 0x80) << 8));
      to += 2;
    } else {
      if ((code & 0xf800) == 0xd800) {
        const low = at < end ? <u32>load<u16>(at) : 0;
        if (code < 0xdc00 && (low & 0xfc00) == 0xdc00) {
          at += 2;
          code = 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
          store<u32>(
            to,
            (code >> 18) | 0xf0 | ((((code >> 12) & 63) | 0x80) << 8) | ((((code >> 6) & 63) | 0x80) << 16) |
              (((code & 63) | 0x80) << 24),
          );
          to += 4;
          continue;
        }
        code = 0xfffd;
      }
      store<u16>(to, (code >> 12) | 0xe0 | ((((code >> 6) & 63) | 0x80) << 8));
      store<u8>(to, (code & 63) | 0x80, 2);
      to += 3;
    }
  }
  return to;
}

/** Copies UTF-16 units to bytes up to the first that is not ASCII. Answers how many were. */
export function narrow(from: usize, units: usize, to: usize): usize {
  let done: usize = 0;
  if (units >= 4) {
    // The last four are copied together, some of them perhaps for the second time.
    const last = units - 4;
    while (narrowFour(from + (done << 1), to + done)) {
      if (done == last) return units;
      done = min(done + 4, last);
    }
  }
  for (; done < units; done++) {
    const unit = load<u16>(from + (done << 1));
    if (unit >= 0x80) break;
    store<u8>(to + done, <u8>unit);
  }
  return done;
}

/** Copies ASCII bytes to UTF-16 units. */
export function widen(from: usize, length: usize, to: usize): void {
  let done: usize = 0;
  if (length >= 4) {
    const last = length - 4;
    for (; done < last; done += 4) widenFour(from + done, to + (done << 1));
    widenFour(from + last, to + (last << 1));
    return;
  }
  for (; done < length; done++) store<u16>(to + (done << 1), load<u8>(from + done));
}

// @ts-ignore: decorator
@inline
function narrowFour(from: usize, to: usize): bool {
  let four = load<u64>(from);
  if (four & 0xff80ff80ff80ff80) return false;
  four |= four >> 8;
  store<u32>(to, (<u32>four & 0xffff) | (<u32>(four >> 32) << 16));
  return true;
}

// @ts-ignore: decorator
@inline
function widenFour(from: usize, to: usize): void {
  let four = <u64>load<u32>(from);
  four = (four | (four << 16)) & 0x0000ffff0000ffff;
  store<u64>(to, (four | (four << 8)) & 0x00ff00ff00ff00ff);
}

const HIGH_BITS: u64 = 0x8080808080808080;

// @ts-ignore: decorator
@inline
function isAscii(from: usize, length: usize): bool {
  let left = length;
  for (; left > 8; left -= 8, from += 8) {
    if (load<u64>(from) & HIGH_BITS) return false;
  }
  // What lies behind the last byte is shifted out. Eight or fewer bytes are left, and at least one unless none came.
  return !left || !((load<u64>(from) << (64 - (left << 3))) & HIGH_BITS);
}

// How many UTF-16 units these bytes become, or -1 when they are not UTF-8: overlong forms, surrogates, and what
// lies beyond U+10FFFF are not (the Unicode standard, table 3-7).
function countUnits(from: usize, length: usize): isize {
  const end = from + length;
  let units: isize = 0;
  while (from < end) {
    if (from + 8 <= end && !(load<u64>(from) & HIGH_BITS)) {
      from += 8;
      units += 8;
      continue;
    }
    const first = <u32>load<u8>(from);
    units++;
    if (first < 0x80) {
      from++;
      continue;
    }
    const left = end - from;
    if (first < 0xe0) {
      if (first < 0xc2 || left < 2 || !isTrail(from + 1)) return -1;
      from += 2;
    } else if (first < 0xf0) {
      if (left < 3 || !isTrail(from + 1) || !isTrail(from + 2)) return -1;
      const second = load<u8>(from, 1);
      if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f)) return -1;
      from += 3;
    } else {
      if (first > 0xf4 || left < 4) return -1;
      if (!isTrail(from + 1) || !isTrail(from + 2) || !isTrail(from + 3)) return -1;
      const second = load<u8>(from, 1);
      if ((first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f)) return -1;
      from += 4;
      units++;
    }
  }
  return units;
}

// @ts-ignore: decorator
@inline
function isTrail(at: usize): bool {
  return (load<u8>(at) & 0xc0) == 0x80;
}

// Only for bytes that countUnits has accepted.
function transcode(from: usize, length: usize, to: usize): void {
  const end = from + length;
  while (from < end) {
    const first = <u32>load<u8>(from);
    if (first < 0x80) {
      store<u16>(to, <u16>first);
      from += 1;
    } else if (first < 0xe0) {
      store<u16>(to, <u16>(((first & 31) << 6) | (load<u8>(from, 1) & 63)));
      from += 2;
    } else if (first < 0xf0) {
      store<u16>(
        to,
        <u16>(((first & 15) << 12) | (<u32>(load<u8>(from, 1) & 63) << 6) | (load<u8>(from, 2) & 63)),
      );
      from += 3;
    } else {
      const code =
        (((first & 7) << 18) | (<u32>(load<u8>(from, 1) & 63) << 12) | (<u32>(load<u8>(from, 2) & 63) << 6) |
          (load<u8>(from, 3) & 63)) - 0x10000;
      store<u32>(to, (0xd800 + (code >> 10)) | ((0xdc00 + (code & 0x3ff)) << 16));
      to += 2;
      from += 4;
    }
    to += 2;
  }
}
