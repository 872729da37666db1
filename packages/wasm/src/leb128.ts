import { WasmFormatError } from "./errors.js";

/** Where LEB128 bytes come from. `what` names the value being read, for the message when the bytes run out. */
export interface ByteSource {
  readonly offset: number;
  byte(what: string): number;
}

/** Where LEB128 bytes go to. */
export interface ByteSink {
  byte(value: number): void;
}

/**
 * Reads an unsigned integer of up to 32 bits. Padding is allowed up to the five bytes that the format grants,
 * because linkers leave it; anything longer, or a value past the 32 bits, is refused.
 */
export function readU32(source: ByteSource, what: string): number {
  const start = source.offset;
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = source.byte(what);
    if (shift === 28) checkLastUnsigned(byte, 32, start, what);
    // Not `<<`, which would turn values from 2^31 on negative.
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
}

/** Reads an unsigned integer of up to 64 bits; the same rules as {@link readU32}, with ten bytes at most. */
export function readU64(source: ByteSource, what: string): bigint {
  const start = source.offset;
  let value = 0n;
  for (let shift = 0; ; shift += 7) {
    const byte = source.byte(what);
    if (shift === 63) checkLastUnsigned(byte, 64, start, what);
    value |= BigInt(byte & 0x7f) << BigInt(shift);
    if (byte < 0x80) return value;
  }
}

/**
 * Reads a signed integer of 32 bits, or of 33: the format writes block types and heap types that way, so that
 * every 32-bit index is positive and every negative number a code. The same rules as {@link readU32}.
 */
export function readSigned(source: ByteSource, bits: 32 | 33, what: string): number {
  const start = source.offset;
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = source.byte(what);
    if (shift === 28) checkLastSigned(byte, bits, start, what);
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return byte & 0x40 ? value - 2 ** (shift + 7) : value;
  }
}

/** Reads a signed integer of 64 bits; the same rules as {@link readU32}, with ten bytes at most. */
export function readS64(source: ByteSource, what: string): bigint {
  const start = source.offset;
  let value = 0n;
  for (let shift = 0; ; shift += 7) {
    const byte = source.byte(what);
    if (shift === 63) checkLastSigned(byte, 64, start, what);
    value |= BigInt(byte & 0x7f) << BigInt(shift);
    if (byte < 0x80) return BigInt.asIntN(64, byte & 0x40 ? value - (1n << BigInt(shift + 7)) : value);
  }
}

/** Writes an unsigned integer in its shortest form. It has to be whole, and from 0 to 2^64 - 1. */
export function writeUnsigned(sink: ByteSink, value: number | bigint): void {
  let rest = whole(value, 0n, (1n << 64n) - 1n);
  while (rest >= 0x80n) {
    sink.byte(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  sink.byte(Number(rest));
}

/** Writes a signed integer in its shortest form. It has to be whole, and from -2^63 to 2^63 - 1. */
export function writeSigned(sink: ByteSink, value: number | bigint): void {
  let rest = whole(value, -(1n << 63n), (1n << 63n) - 1n);
  while (rest < -0x40n || rest > 0x3fn) {
    sink.byte(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  sink.byte(Number(rest & 0x7fn));
}

function whole(value: number | bigint, low: bigint, high: bigint): bigint {
  // A number past 2^53 may already have lost its last digits: the caller has to say it as a bigint.
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw new RangeError(`expected a whole number that is exact, got ${value}; write large ones as a bigint`);
  }
  const exact = BigInt(value);
  if (exact < low || exact > high) {
    throw new RangeError(`expected an integer from ${low} to ${high}, got ${exact}`);
  }
  return exact;
}

/** The last byte that the format grants holds only the bits left over: no continuation, and no bit beyond. */
function checkLastUnsigned(byte: number, bits: number, start: number, what: string): void {
  checkLength(byte, bits, start, what);
  if (byte >> (bits % 7)) tooLarge(bits, start, what);
}

/** As for unsigned integers, but the bits beyond repeat the sign. */
function checkLastSigned(byte: number, bits: number, start: number, what: string): void {
  checkLength(byte, bits, start, what);
  const signAndBeyond = byte >> ((bits % 7) - 1);
  if (signAndBeyond !== 0 && signAndBeyond !== 0x7f >> ((bits % 7) - 1)) tooLarge(bits, start, what);
}

function checkLength(byte: number, bits: number, start: number, what: string): void {
  if (byte < 0x80) return;
  const message = `expected ${what} at offset ${start} in at most ${Math.ceil(bits / 7)} bytes, but it goes on`;
  throw new WasmFormatError("malformed", start, message);
}

function tooLarge(bits: number, start: number, what: string): never {
  const message = `expected ${what} at offset ${start} to fit ${bits} bits, but it is larger`;
  throw new WasmFormatError("malformed", start, message);
}
