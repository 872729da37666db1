// Paths in messages: `$.items[3].name`, with keys that are no identifiers in brackets and quotes.

import { decodeText } from "./text";

// Longer paths and keys are cut: they come from the other side.
const LONGEST_PATH: i32 = 400;
const LONGEST_KEY: usize = 64;

/** The path of an item of the list at `path`. */
export function withIndex(path: string, index: u32): string {
  return shortened(`${path}[${index}]`);
}

/** The path of a field or entry of the object at `path`. */
export function withKey(path: string, from: usize, length: usize): string {
  if (length <= LONGEST_KEY) {
    const key = decodeText(from, length);
    if (key !== null && isIdentifier(key)) return shortened(`${path}.${key}`);
  }
  return shortened(`${path}[${quoted(from, length)}]`);
}

/** Text from outside, made fit for a message or a log line: cut, and with nothing in it that ends a line or is invisible. */
export function quoted(from: usize, length: usize): string {
  let cut = min(length, LONGEST_KEY);
  // Not in the middle of a character.
  while (cut < length && cut > 0 && (load<u8>(from + cut) & 0xc0) == 0x80) cut--;
  const text = decodeText(from, cut);
  if (text === null) return "text that is not UTF-8";
  let shown = "";
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit == 0x22 || unit == 0x5c) shown += "\\" + text.charAt(i);
    else if (isInvisible(unit)) shown += `\\u{${unit.toString(16)}}`;
    else shown += text.charAt(i);
  }
  return cut < length ? `"${shown}…"` : `"${shown}"`;
}

// Control and format characters, line ends, and what turns the direction of writing.
function isInvisible(unit: i32): bool {
  if (unit < 0x20 || (unit >= 0x7f && unit < 0xa0) || unit == 0xad || unit == 0xfeff) return true;
  return (unit >= 0x200b && unit <= 0x200f) || (unit >= 0x2028 && unit <= 0x202e) || (unit >= 0x2060 && unit <= 0x206f);
}

function shortened(path: string): string {
  return path.length <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "…";
}

function isIdentifier(key: string): bool {
  for (let i = 0; i < key.length; i++) {
    const unit = key.charCodeAt(i);
    const letter = unit | 32;
    if ((letter >= 0x61 && letter <= 0x7a) || unit == 0x5f || unit == 0x24) continue;
    if (!i || unit < 0x30 || unit > 0x39) return false;
  }
  return key.length > 0;
}
