// Where in a JSON text an address is. Works on texts that end too early or break JSON's grammar.

import { Failure } from "./failure";
import { quoted, withIndex, withKey } from "./path";

// An open list or object: the item that is being read, or where the key of the field is.
class Level {
  index: u32 = 0;
  keyStart: usize = 0;
  keyEnd: usize = 0;

  constructor(public isObject: bool) {}
}

/** The path of the innermost value that has the byte at `target`, or in which the data ends. */
export function pathInJson(start: usize, end: usize, target: usize): string {
  const levels = new Array<Level>();
  let at = start;
  // A key only counts once its colon has been read.
  let keyStart: usize = 0;
  let keyEnd: usize = 0;
  while (at < target && at < end) {
    const byte = load<u8>(at);
    const level = levels.length ? levels[levels.length - 1] : null;
    if (byte == 0x22) {
      const close = endOfString(at, end);
      if (close > target) break;
      keyStart = at + 1;
      keyEnd = close - 1;
      at = close;
      continue;
    }
    if (byte == 0x7b || byte == 0x5b) levels.push(new Level(byte == 0x7b));
    else if (byte == 0x7d || byte == 0x5d) levels.length = max(levels.length - 1, 0);
    else if (level !== null && byte == 0x3a && level.isObject) {
      level.keyStart = keyStart;
      level.keyEnd = keyEnd;
    } else if (level !== null && byte == 0x2c) {
      level.index++;
      level.keyStart = 0;
    }
    at++;
  }
  let path = "$";
  for (let i = 0; i < levels.length; i++) {
    const level = levels[i];
    if (!level.isObject) path = withIndex(path, level.index);
    else if (level.keyStart) path = withKey(path, level.keyStart, level.keyEnd - level.keyStart);
  }
  return path;
}

/** What the value at the address is, in words. */
export function foundJson(at: usize, end: usize): string {
  if (at >= end) return "nothing";
  const first = load<u8>(at);
  if (first == 0x22) {
    return Failure.reason.startsWith("one of") ? quoted(at + 1, endOfString(at, end) - at - 2) : "string";
  }
  if (first == 0x7b) return "object";
  if (first == 0x5b) return "array";
  // A number or a word: its first characters are as good as any description.
  let stop = at;
  while (stop < end && stop - at < 32 && isWord(load<u8>(stop))) stop++;
  return stop == at ? "malformed JSON" : String.UTF8.decodeUnsafe(at, stop - at);
}

// After the closing quote, or where the data ends.
function endOfString(at: usize, end: usize): usize {
  at++;
  while (at < end) {
    const byte = load<u8>(at);
    if (byte == 0x22) return at + 1;
    at += byte == 0x5c ? 2 : 1;
  }
  return min(at, end);
}

function isWord(byte: u8): bool {
  const letter = byte | 32;
  return (letter >= 0x61 && letter <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte == 0x2b || byte == 0x2d || byte == 0x2e;
}
