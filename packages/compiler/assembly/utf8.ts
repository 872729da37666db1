// Strings on their way out. QuickJS writes half a surrogate pair as three bytes that are not UTF-8.

import { JS_FreeCString, JS_ToCStringLen2, Value } from "./quickjs";
import { ctx, scratch } from "./state";
import { advance, reserve, tip, writeByte, writeBytes } from "./writer";

/** UTF-8 of the string last given to {@link openString}. */
export let chars: usize = 0;
export let charCount: u32 = 0;

/** Makes a string's UTF-8 available until {@link closeString}; false when there is an exception. */
export function openString(value: Value): bool {
  chars = JS_ToCStringLen2(ctx, scratch, value, 0);
  charCount = load<u32>(scratch);
  return chars != 0;
}

export function closeString(at: usize): void {
  JS_FreeCString(ctx, at);
}

/** Writes text, with U+FFFD for each half of a surrogate pair: both take three bytes. */
export function writeUtf8(from: usize, count: u32): bool {
  if (!reserve(count)) return false;
  const to = tip();
  memory.copy(to, from, count);
  for (let i: u32 = 0; i + 2 < count; i++) {
    if (load<u8>(to + i) != 0xed || load<u8>(to + i + 1) < 0xa0) continue;
    store<u8>(to + i, 0xef);
    store<u8>(to + i + 1, 0xbf);
    store<u8>(to + i + 2, 0xbd);
  }
  advance(count);
  return true;
}

/** Writes a JSON string, quotes and all. Half a surrogate pair becomes an escape, as in JavaScript. */
export function writeJsonString(from: usize, count: u32): bool {
  if (!reserve(count + 2) || !writeByte(0x22)) return false;
  let plain: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const c = <u32>load<u8>(from + i);
    if (c >= 0x20 && c != 0x22 && c != 0x5c && c != 0xed) continue;
    const lone = c == 0xed;
    if (lone && load<u8>(from + i + 1) < 0xa0) continue;
    if (!writeBytes(from + plain, i - plain)) return false;
    if (lone) {
      const unit = 0xd000 | ((<u32>load<u8>(from + i + 1) & 63) << 6) | (<u32>load<u8>(from + i + 2) & 63);
      if (!writeUnit(unit)) return false;
      i += 2;
    } else if (!writeEscape(c)) return false;
    plain = i + 1;
  }
  return writeBytes(from + plain, count - plain) && writeByte(0x22);
}

function writeEscape(c: u32): bool {
  switch (c) {
    case 0x22:
    case 0x5c: return writeByte(0x5c) && writeByte(c);
    case 8: return writeByte(0x5c) && writeByte(0x62);
    case 9: return writeByte(0x5c) && writeByte(0x74);
    case 10: return writeByte(0x5c) && writeByte(0x6e);
    case 12: return writeByte(0x5c) && writeByte(0x66);
    case 13: return writeByte(0x5c) && writeByte(0x72);
    default: return writeUnit(c);
  }
}

function writeUnit(unit: u32): bool {
  if (!writeByte(0x5c) || !writeByte(0x75)) return false;
  for (let shift: i32 = 12; shift >= 0; shift -= 4) {
    const digit = (unit >> shift) & 15;
    if (!writeByte(digit < 10 ? 0x30 + digit : 0x57 + digit)) return false;
  }
  return true;
}
