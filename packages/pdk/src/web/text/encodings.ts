import { binaryString, decodeUtf8, wellFormed } from "../../text/utf8.js";
import { repairUtf8, unfinishedUtf8 } from "../../text/utf8-repair.js";

/** What a TextDecoder of this package can read, by its name in the Encoding Standard. */
export type TextEncodingName = "utf-8" | "utf-16le" | "windows-1252";

/** The encoding that a label means. Throws a RangeError for one that is not here. */
export function encodingOf(label: string): TextEncodingName {
  const wanted = String(label)
    .replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, "")
    .toLowerCase();
  const name = NAMES.find((encoding) => LABELS[encoding].split(" ").includes(wanted));
  if (name !== undefined) return name;
  throw new RangeError(`a plug-in decodes ${NAMES.join(", ")}, and not ${JSON.stringify(String(label))}`);
}

/** How an encoding is read. */
export interface TextEncoding {
  /** How many bytes at the end may be a part of a character. */
  unfinished(bytes: Uint8Array): number;
  /** Undefined for what is ill-formed. */
  decode(bytes: Uint8Array): string | undefined;
  /** The text with U+FFFD for what is ill-formed. */
  repair(bytes: Uint8Array): string;
}

export const ENCODINGS: Readonly<Record<TextEncodingName, TextEncoding>> = {
  "utf-8": { unfinished: unfinishedUtf8, decode: decodeUtf8, repair: repairUtf8 },
  "utf-16le": { unfinished: unfinishedUtf16, decode: decodeUtf16, repair: repairUtf16 },
  "windows-1252": { unfinished: () => 0, decode: decodeWindows1252, repair: decodeWindows1252 },
};

// Labels of the Encoding Standard, section 4.2.
const LABELS: Readonly<Record<TextEncodingName, string>> = {
  "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8",
  "utf-16le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
  "windows-1252":
    "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252",
};
// The keys of a literal, in their order.
const NAMES = Object.keys(LABELS) as TextEncodingName[];

/** Units for one call of fromCharCode: the engine's stack holds all its arguments. */
const CHUNK = 4096;

function unitsToText(bytes: Uint8Array): string {
  // A copy, as the bytes may begin anywhere and units only at an even address. WebAssembly is little-endian.
  const units = new Uint16Array(bytes.slice(0, bytes.length & ~1).buffer);
  let text = "";
  for (let at = 0; at < units.length; at += CHUNK)
    text += String.fromCharCode(...units.subarray(at, at + CHUNK));
  return text;
}

/** A byte, and a first half of a surrogate pair before it. */
function unfinishedUtf16(bytes: Uint8Array): number {
  const odd = bytes.length & 1;
  const high = bytes[bytes.length - odd - 1] ?? 0;
  return bytes.length > 1 && high >= 0xd8 && high <= 0xdb ? odd + 2 : odd;
}

function decodeUtf16(bytes: Uint8Array): string | undefined {
  const text = unitsToText(bytes);
  return bytes.length % 2 === 0 && wellFormed(text) === text ? text : undefined;
}

/** Of a half pair and a byte at the end, the standard makes one U+FFFD. */
function repairUtf16(bytes: Uint8Array): string {
  const text = unitsToText(bytes);
  const isCut = bytes.length % 2 === 1;
  const last = text.charCodeAt(text.length - 1);
  const endsInHalf = isCut && last >= 0xd800 && last <= 0xdbff;
  return wellFormed(endsInHalf ? text.slice(0, -1) : text) + (isCut ? "\ufffd" : "");
}

/** From 0x80 on; the rest of windows-1252 is that of Unicode. */
const C1 =
  "\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f" +
  "\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178";

function decodeWindows1252(bytes: Uint8Array): string {
  return binaryString(bytes).replace(/[\x80-\x9f]/g, (character) => C1[character.charCodeAt(0) - 0x80] ?? "");
}
