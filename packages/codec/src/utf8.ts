/**
 * UTF-8 in both directions. Short text is cheaper to handle here than to hand to the platform's TextEncoder and
 * TextDecoder, whose calls cost as much as a few dozen characters do.
 */

/**
 * Writes text as UTF-8 and returns the index after it. The caller has made room for three bytes per UTF-16 code
 * unit, the most there can be. A lone surrogate is written as U+FFFD.
 */
export function writeUtf8(text: string, bytes: Uint8Array, pos: number): number {
  const length = text.length;
  for (let i = 0; i < length; i++) {
    const c = text.charCodeAt(i);
    if (c >= 0x80) return writeUtf8From(text, i, bytes, pos + i);
    bytes[pos + i] = c;
  }
  return pos + length;
}

function writeUtf8From(text: string, from: number, bytes: Uint8Array, at: number): number {
  let pos = at;
  for (let i = from; i < text.length; i++) {
    let c = text.charCodeAt(i);
    if (c < 0x80) {
      bytes[pos++] = c;
      continue;
    }
    if (c < 0x800) {
      bytes[pos++] = 0xc0 | (c >> 6);
    } else if ((c & 0xf800) !== 0xd800) {
      bytes[pos++] = 0xe0 | (c >> 12);
      bytes[pos++] = 0x80 | ((c >> 6) & 0x3f);
    } else {
      // charCodeAt past the end is NaN, which `&` turns into 0: not a low surrogate.
      const low = text.charCodeAt(i + 1);
      if (c < 0xdc00 && (low & 0xfc00) === 0xdc00) {
        i++;
        c = 0x10000 + ((c & 0x3ff) << 10) + (low & 0x3ff);
        bytes[pos++] = 0xf0 | (c >> 18);
        bytes[pos++] = 0x80 | ((c >> 12) & 0x3f);
      } else {
        c = 0xfffd;
        bytes[pos++] = 0xe0 | (c >> 12);
      }
      bytes[pos++] = 0x80 | ((c >> 6) & 0x3f);
    }
    bytes[pos++] = 0x80 | (c & 0x3f);
  }
  return pos;
}

const encoder = /* @__PURE__ */ new TextEncoder();

/**
 * Writes as much of the text as fits between `pos` and `end`, whole characters only, and says how many UTF-16 code
 * units it read and how many bytes it wrote.
 */
export function encodeInto(
  text: string,
  bytes: Uint8Array,
  pos: number,
  end: number,
): { read: number; written: number } {
  return encoder.encodeInto(text, bytes.subarray(pos, end));
}

/**
 * Reads UTF-8 strictly, from `start` to `end`. Undefined when it is ill-formed: {@link utf8Fault} then says where.
 * `view` is over the same memory as `bytes`.
 */
export function decodeUtf8(
  bytes: Uint8Array,
  view: DataView,
  start: number,
  end: number,
): string | undefined {
  if (end - start <= MAX_SHORT) {
    const text = decodeAscii(view, start, end - start);
    if (text !== undefined) return text;
  }
  return decodeLong(bytes, start, end);
}

/** The longest text, in bytes, that is worth building from character codes: measured with V8 11.3. */
const MAX_SHORT = 24;

const decoder = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decodeLong(bytes: Uint8Array, start: number, end: number): string | undefined {
  try {
    return decoder.decode(bytes.subarray(start, end));
  } catch {
    return undefined;
  }
}

/**
 * Text whose bytes are all below 0x80; undefined when one is not. `String.fromCharCode` with a fixed number of
 * codes is what V8 makes fastest, by far: appending one character at a time builds a chain of pieces.
 */
function decodeAscii(view: DataView, pos: number, length: number): string | undefined {
  if (length < 8) return decodeAscii7(view, pos, length);
  const a = view.getUint32(pos);
  const b = view.getUint32(pos + 4);
  if (((a | b) & 0x80808080) !== 0) return undefined;
  const text = String.fromCharCode(
    a >>> 24,
    (a >>> 16) & 0xff,
    (a >>> 8) & 0xff,
    a & 0xff,
    b >>> 24,
    (b >>> 16) & 0xff,
    (b >>> 8) & 0xff,
    b & 0xff,
  );
  if (length === 8) return text;
  const rest = length < 16 ? decodeAscii7(view, pos + 8, length - 8) : decodeAscii(view, pos + 8, length - 8);
  return rest === undefined ? undefined : text + rest;
}

function decodeAscii7(view: DataView, pos: number, length: number): string | undefined {
  if (length < 4) return decodeAscii3(view, pos, length);
  const a = view.getUint32(pos);
  if ((a & 0x80808080) !== 0) return undefined;
  if (length === 4) {
    return String.fromCharCode(a >>> 24, (a >>> 16) & 0xff, (a >>> 8) & 0xff, a & 0xff);
  }
  if (length === 5) {
    const e = view.getUint8(pos + 4);
    if (e > 0x7f) return undefined;
    return String.fromCharCode(a >>> 24, (a >>> 16) & 0xff, (a >>> 8) & 0xff, a & 0xff, e);
  }
  const b = view.getUint16(pos + 4);
  if ((b & 0x8080) !== 0) return undefined;
  if (length === 6) {
    return String.fromCharCode(a >>> 24, (a >>> 16) & 0xff, (a >>> 8) & 0xff, a & 0xff, b >> 8, b & 0xff);
  }
  const g = view.getUint8(pos + 6);
  if (g > 0x7f) return undefined;
  return String.fromCharCode(a >>> 24, (a >>> 16) & 0xff, (a >>> 8) & 0xff, a & 0xff, b >> 8, b & 0xff, g);
}

function decodeAscii3(view: DataView, pos: number, length: number): string | undefined {
  if (length === 0) return "";
  const a = view.getUint8(pos);
  if (a > 0x7f) return undefined;
  if (length === 1) return String.fromCharCode(a);
  const b = view.getUint8(pos + 1);
  if (b > 0x7f) return undefined;
  if (length === 2) return String.fromCharCode(a, b);
  const c = view.getUint8(pos + 2);
  return c > 0x7f ? undefined : String.fromCharCode(a, b, c);
}

/** Reads UTF-8 with U+FFFD for whatever is ill-formed: for messages only. */
export function decodeLossy(bytes: Uint8Array, start: number, end: number): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(start, end));
}

/** The index of the first byte of the first ill-formed sequence, or -1. The Unicode Standard, table 3-7. */
export function utf8Fault(view: DataView, start: number, end: number): number {
  let pos = start;
  while (pos < end) {
    const length = sequenceLength(view, pos, end);
    if (length === 0) return pos;
    pos += length;
  }
  return -1;
}

/** The length of the well-formed sequence at `pos`, or 0. */
function sequenceLength(view: DataView, pos: number, end: number): number {
  const lead = view.getUint8(pos);
  if (lead < 0x80) return 1;
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (length === 0 || end - pos < length) return 0;
  const second = view.getUint8(pos + 1);
  // Below: overlong. Above: a surrogate, or past U+10FFFF.
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let i = 2; i < length; i++) {
    if ((view.getUint8(pos + i) & 0xc0) !== 0x80) return 0;
  }
  return length;
}
