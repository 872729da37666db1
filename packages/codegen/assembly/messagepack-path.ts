// Where in a MessagePack value an address is. Works on values that end too early.

import { bodyLength, childCount, headLength } from "./messagepack-format";
import { quoted, withIndex, withKey } from "./path";
import { Failure } from "./failure";

// Containers open at once that are remembered: more than a reader goes into. What lies deeper is passed as a whole.
const MOST_LEVELS: i32 = 1024;

// An open array or map.
@final
class Level {
  index: u32 = 0;
  /** The key of the entry whose value is being read, or 0 where a key comes next. */
  keyAt: usize = 0;

  constructor(
    public isMap: bool,
    public left: u64,
  ) {}
}

/** The path of the innermost value that has the byte at `target`, or in which the data ends. */
export function pathInMessagePack(start: usize, end: usize, target: usize): string {
  const levels = new Array<Level>();
  let at = start;
  // One pass. On leaving the loop, the levels that are open lead to the target.
  while (at < target && at < end) {
    const first = load<u8>(at);
    const head = headLength(first);
    if (!head || end - at < head) break;
    const children = childCount(at, first);
    if (children && levels.length < MOST_LEVELS) {
      levels.push(new Level((first & 0xf0) == 0x80 || first == 0xde || first == 0xdf, children));
      at += head;
      continue;
    }
    const next = endOf(at, end);
    if (!next || next > target) break;
    passValue(levels, at);
    at = next;
  }
  let path = "$";
  for (let i = 0; i < levels.length; i++) {
    const level = levels[i];
    if (!level.isMap) {
      // Where the data has ended behind the last item that was there, the array itself is cut.
      if (i + 1 < levels.length || at < end) path = withIndex(path, level.index);
    } else if (level.keyAt) {
      const first = load<u8>(level.keyAt);
      path = withKey(path, level.keyAt + headLength(first), bodyLength(level.keyAt, first));
    }
  }
  return path;
}

// A key or value at `at` has ended, and with it perhaps the containers that it is the last part of.
function passValue(levels: Array<Level>, at: usize): void {
  while (levels.length) {
    const level = levels[levels.length - 1];
    const wasKey = level.isMap && !(level.left & 1);
    level.keyAt = wasKey ? at : 0;
    if (!wasKey) level.index++;
    if (--level.left) return;
    levels.pop();
    at = 0;
  }
}

/** What the value at the address is, in words. */
export function foundMessagePack(at: usize, end: usize): string {
  if (at >= end) return "nothing";
  const first = load<u8>(at);
  const head = headLength(first);
  if (!head || end - at < head) return "malformed data";
  if (first < 0x80 || first >= 0xe0) return load<i8>(at).toString();
  if ((first & 0xf0) == 0x80 || first == 0xde || first == 0xdf) return "map";
  if ((first & 0xf0) == 0x90 || first == 0xdc || first == 0xdd) return "array";
  if (first < 0xc0 || (first >= 0xd9 && first <= 0xdb)) {
    if (!Failure.reason.startsWith("one of") || end - at - head < bodyLength(at, first)) return "string";
    return quoted(at + head, bodyLength(at, first));
  }
  switch (first) {
    case 0xc0: return "nil";
    case 0xc2: return "false";
    case 0xc3: return "true";
    case 0xc4: case 0xc5: case 0xc6: return "bytes";
    case 0xca: return reinterpret<f32>(bswap(load<u32>(at, 1))).toString();
    case 0xcb: return reinterpret<f64>(bswap(load<u64>(at, 1))).toString();
    case 0xcc: return load<u8>(at, 1).toString();
    case 0xcd: return bswap(load<u16>(at, 1)).toString();
    case 0xce: return bswap(load<u32>(at, 1)).toString();
    case 0xcf: return bswap(load<u64>(at, 1)).toString();
    case 0xd0: return load<i8>(at, 1).toString();
    case 0xd1: return (<i16>bswap(load<u16>(at, 1))).toString();
    case 0xd2: return (<i32>bswap(load<u32>(at, 1))).toString();
    case 0xd3: return (<i64>bswap(load<u64>(at, 1))).toString();
    default: return "extension";
  }
}

// Where the value ends, or 0 if the data ends before. No recursion, as in the reader's skip.
function endOf(at: usize, end: usize): usize {
  let left: u64 = 1;
  while (left) {
    left--;
    if (at >= end) return 0;
    const first = load<u8>(at);
    const head = headLength(first);
    if (!head || end - at < head) return 0;
    left += childCount(at, first);
    const body = bodyLength(at, first);
    if (body > end - at - head) return 0;
    at += head + body;
  }
  return at;
}
