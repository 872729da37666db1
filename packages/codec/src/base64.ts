import { CodecError } from "./errors.js";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Bytes as base64 text with padding (RFC 4648, section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  const digits = digitCodes();
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length - (bytes.length % 3);
  let at = 0;
  for (let i = 0; i < whole; i += 3) {
    const group = (view.getUint16(i) << 8) | view.getUint8(i + 2);
    at = putDigits(text, at, digits, group);
  }
  if (whole < bytes.length) {
    const two = bytes.length - whole === 2;
    putDigits(text, at, digits, two ? view.getUint16(whole) << 8 : view.getUint8(whole) << 16);
    text[at + 3] = PADDING;
    if (!two) text[at + 2] = PADDING;
  }
  return new TextDecoder().decode(text);
}

const PADDING = 0x3d;

function putDigits(text: Uint8Array, at: number, digits: DataView, group: number): number {
  text[at] = digits.getUint8(group >> 18);
  text[at + 1] = digits.getUint8((group >> 12) & 0x3f);
  text[at + 2] = digits.getUint8((group >> 6) & 0x3f);
  text[at + 3] = digits.getUint8(group & 0x3f);
  return at + 4;
}

/**
 * Reads base64 text strictly: the standard alphabet, padded to a multiple of four, no white space, no stray bits.
 * Anything else is a {@link CodecError} with the code `syntax`.
 */
export function decodeBase64(text: string): Uint8Array {
  const length = text.length;
  if (length % 4 !== 0) throw invalid(`its length, ${length}, is not a multiple of 4`);
  if (length === 0) return new Uint8Array(0);
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const values = digitValues();
  const bytes = new Uint8Array((length / 4) * 3 - padding);
  const digit = (i: number): number => {
    const c = text.charCodeAt(i);
    const v = c < 128 ? values.getInt8(c) : -1;
    if (v < 0) throw invalid(`character ${i} is not a base64 digit`);
    return v;
  };
  const whole = padding === 0 ? length : length - 4;
  let at = 0;
  for (let i = 0; i < whole; i += 4) {
    const group = (digit(i) << 18) | (digit(i + 1) << 12) | (digit(i + 2) << 6) | digit(i + 3);
    bytes[at++] = group >> 16;
    bytes[at++] = group >> 8;
    bytes[at++] = group;
  }
  if (padding > 0) {
    const group =
      (digit(whole) << 18) | (digit(whole + 1) << 12) | (padding === 1 ? digit(whole + 2) << 6 : 0);
    if ((group & (padding === 1 ? 0xff : 0xffff)) !== 0)
      throw invalid("its last digit has bits that no byte uses");
    bytes[at++] = group >> 16;
    if (padding === 1) bytes[at++] = group >> 8;
  }
  return bytes;
}

function invalid(why: string): CodecError {
  return new CodecError("syntax", `expected padded base64: ${why}`, { expected: "base64" });
}

// Tables are made when first needed, so that importing the package runs nothing.
let codes: DataView | undefined;
let values: DataView | undefined;

function digitCodes(): DataView {
  if (codes === undefined) {
    codes = new DataView(new ArrayBuffer(64));
    for (let i = 0; i < 64; i++) codes.setUint8(i, ALPHABET.charCodeAt(i));
  }
  return codes;
}

function digitValues(): DataView {
  if (values === undefined) {
    values = new DataView(new ArrayBuffer(128));
    for (let c = 0; c < 128; c++) values.setInt8(c, ALPHABET.indexOf(String.fromCharCode(c)));
  }
  return values;
}
