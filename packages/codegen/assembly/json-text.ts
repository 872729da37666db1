// JSON's strings: finding their end, and undoing and doing escapes.

import { fail } from "./failure";
import { Input } from "./input";
import { Output, room } from "./output";
import { decodeText, encodeText, isUtf8, widen } from "./text";

/** A string as it stands in the input, between its quotes. */
export class Scan {
  start: usize = 0;
  end: usize = 0;
  escaped: bool = false;
  ascii: bool = false;
}

const scan = new Scan();

const ONES: u64 = 0x0101010101010101;
const HIGH_BITS: u64 = 0x8080808080808080;

/** Passes a string, at whose quote the position is. Strings of every kind are checked to be UTF-8. */
export function scanText(): Scan {
  const opening = Input.position;
  let at = opening + 1;
  const end = Input.end;
  let ascii = true;
  scan.start = at;
  scan.escaped = false;
  while (at < end) {
    // The first of eight bytes that is not plain: a quote, backslash, control character, or beyond ASCII. The tests
    // may also flag bytes behind such a one, never one before it. Bytes behind the end are readable, and not looked at.
    const eight = load<u64>(at);
    const quote = eight ^ (ONES * 0x22);
    const slash = eight ^ (ONES * 0x5c);
    const special =
      (((quote - ONES) & ~quote) | ((slash - ONES) & ~slash) | (eight - ONES * 0x20) | eight) & HIGH_BITS;
    if (!special) {
      at += 8;
      continue;
    }
    at += <usize>(ctz(special) >> 3);
    if (at >= end) break;
    const byte = load<u8>(at);
    if (byte == 0x22) {
      scan.end = at;
      scan.ascii = ascii;
      Input.position = at + 1;
      if (!ascii && !isUtf8(scan.start, at - scan.start)) fail("the string is not valid UTF-8", opening);
      return scan;
    }
    if (byte == 0x5c) {
      scan.escaped = true;
      at += 2;
    } else if (byte < 0x20) {
      fail(`malformed JSON at byte ${at - Input.start}: a control character in a string`, opening);
      return scan;
    } else {
      ascii = false;
      at++;
    }
  }
  fail("the data ends inside a string", opening);
  return scan;
}

/** The string that was scanned. */
export function unescape(scan: Scan): string {
  const length = scan.end - scan.start;
  if (!scan.escaped) {
    if (!length) return "";
    if (scan.ascii) {
      const result = __new(length << 1, idof<String>());
      widen(scan.start, length, result);
      return changetype<string>(result);
    }
    const plain = decodeText(scan.start, length);
    return plain === null ? "" : plain;
  }
  const opening = scan.start - 1;
  // An escape is never shorter than what it stands for.
  const raw = decodeText(scan.start, length);
  if (raw === null) return "";
  const units = <usize>raw.length;
  const result = changetype<string>(__new(units << 1, idof<String>()));
  let from = changetype<usize>(raw);
  const stop = from + (units << 1);
  let to = changetype<usize>(result);
  while (from < stop) {
    let unit = load<u16>(from);
    from += 2;
    if (unit == 0x5c) {
      const letter = from < stop ? load<u16>(from) : 0;
      from += 2;
      switch (letter) {
        case 0x22: case 0x5c: case 0x2f: unit = letter; break;
        case 0x62: unit = 8; break;
        case 0x66: unit = 12; break;
        case 0x6e: unit = 10; break;
        case 0x72: unit = 13; break;
        case 0x74: unit = 9; break;
        case 0x75: {
          const code = from + 8 <= stop ? hex4(from) : -1;
          if (code < 0) {
            fail("malformed JSON: not four hexadecimal digits after \\u", opening);
            return "";
          }
          unit = <u16>code;
          from += 8;
          break;
        }
        default:
          fail("malformed JSON: unknown escape in a string", opening);
          return "";
      }
    }
    store<u16>(to, unit);
    to += 2;
  }
  return changetype<string>(__renew(changetype<usize>(result), to - changetype<usize>(result)));
}

/** Writes a string with its quotes. Half of a surrogate pair becomes U+FFFD. */
export function writeQuoted(value: string): void {
  const units = <usize>value.length;
  // The longest form of a unit is an escape of six bytes.
  room(units * 6 + 16);
  let from = changetype<usize>(value);
  const end = from + (units << 1);
  let to = Output.position;
  store<u8>(to++, 0x22);
  while (from < end) {
    // Units that stand for themselves, four at a time and then one by one.
    while (from + 8 <= end) {
      let four = load<u64>(from);
      if (four & 0xff80ff80ff80ff80) break;
      four |= four >> 8;
      const bytes = (<u32>four & 0xffff) | (<u32>(four >> 32) << 16);
      if (needsEscape(bytes)) break;
      store<u32>(to, bytes);
      from += 8;
      to += 4;
    }
    if (from >= end) break;
    const unit = <u32>load<u16>(from);
    if (unit >= 0x80) {
      // The whole stretch of what is not ASCII.
      let stop = from + 2;
      while (stop < end && load<u16>(stop) >= 0x80) stop += 2;
      to = encodeText(from, (stop - from) >> 1, to);
      from = stop;
      continue;
    }
    from += 2;
    if (unit == 0x22 || unit == 0x5c) {
      store<u16>(to, <u16>(0x5c | (unit << 8)));
      to += 2;
    } else if (unit >= 0x20) {
      store<u8>(to++, unit);
    } else {
      const letter = shortEscape(unit);
      if (letter) {
        store<u16>(to, <u16>(0x5c | (letter << 8)));
        to += 2;
      } else {
        // \u00 and two digits.
        store<u32>(to, 0x3030755c);
        store<u8>(to, 0x30 + (unit >> 4), 4);
        store<u8>(to, (unit & 15) + ((unit & 15) < 10 ? 0x30 : 0x57), 5);
        to += 6;
      }
    }
  }
  store<u8>(to, 0x22);
  Output.position = to + 1;
}

// @ts-ignore: decorator
@inline
function needsEscape(bytes: u32): bool {
  const quote = bytes ^ 0x22222222;
  const slash = bytes ^ 0x5c5c5c5c;
  return (
    (((quote - 0x01010101) & ~quote) | ((slash - 0x01010101) & ~slash) | ((bytes - 0x20202020) & ~bytes)) & 0x80808080
  ) != 0;
}

function shortEscape(unit: u32): u32 {
  switch (unit) {
    case 8: return 0x62;
    case 9: return 0x74;
    case 10: return 0x6e;
    case 12: return 0x66;
    case 13: return 0x72;
    default: return 0;
  }
}

function hex4(from: usize): i32 {
  let code = 0;
  for (let i: usize = 0; i < 8; i += 2) {
    const unit = <i32>load<u16>(from + i);
    const letter = unit | 32;
    const digit = unit >= 0x30 && unit <= 0x39 ? unit - 0x30 : letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
    if (digit < 0) return -1;
    code = (code << 4) | digit;
  }
  return code;
}
