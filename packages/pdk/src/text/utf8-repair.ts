/**
 * The text of UTF-8 with U+FFFD in the place of what is ill-formed: one for each maximal part of a sequence, as the
 * decoder of the Encoding Standard has it. It is slow, and only meant for text that is known to be broken.
 */
export function repairUtf8(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] ?? 0;
    const length = sequenceLength(lead);
    if (length === 1) {
      text += lead < 0x80 ? String.fromCharCode(lead) : REPLACEMENT;
      at++;
      continue;
    }
    let point = lead & (0x7f >> length);
    let read = 1;
    for (; read < length && isContinuation(bytes, at, read); read++) {
      point = (point << 6) | ((bytes[at + read] ?? 0) & 0x3f);
    }
    text += read === length ? String.fromCodePoint(point) : REPLACEMENT;
    at += read;
  }
  return text;
}

/** How many bytes at the end begin a sequence that more bytes could complete. */
export function unfinishedUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const at = bytes.length - back;
    const lead = bytes[at] ?? 0;
    if ((lead & 0xc0) === 0x80) continue;
    if (sequenceLength(lead) <= back) return 0;
    for (let read = 1; read < back; read++) if (!isContinuation(bytes, at, read)) return 0;
    return back;
  }
  return 0;
}

const REPLACEMENT = "\ufffd";

/** As the first byte of a sequence says; 1 for a byte that begins none. */
function sequenceLength(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 1;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** The second byte must not make the sequence overlong, a surrogate, or larger than U+10FFFF. */
function isContinuation(bytes: Uint8Array, at: number, index: number): boolean {
  const byte = bytes[at + index];
  if (byte === undefined) return false;
  let least = 0x80;
  let most = 0xbf;
  if (index === 1) {
    const lead = bytes[at];
    if (lead === 0xe0) least = 0xa0;
    if (lead === 0xed) most = 0x9f;
    if (lead === 0xf0) least = 0x90;
    if (lead === 0xf4) most = 0x8f;
  }
  return byte >= least && byte <= most;
}
