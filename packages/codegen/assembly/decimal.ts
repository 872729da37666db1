// JSON's numbers. Integers are exact to their last digit, and floats are rounded correctly: a decimal becomes the
// float nearest to it, and of two that are as near the one with an even significand.

import { fail } from "./failure";
import { Input } from "./input";
import { divideBig } from "./big-decimal";
import { rounded } from "./rounding";

/** The integer that {@link parseInteger} has read. */
export class Magnitude {
  static value: u64 = 0;
  static negative: bool = false;
}

// A number's text: where its digits are, and the power of ten that is written.
class Token {
  static start: usize = 0;
  static pointAt: usize = 0;
  static digitsEnd: usize = 0;
  static exponent: i32 = 0;
}

/** Reads a number that has to be an integer: a fraction of zero and an exponent are fine. Answers whether it fits in 64 bits. */
export function parseInteger(what: string): bool {
  let at = Input.position;
  const negative = load<u8>(at) == 0x2d;
  if (negative) at++;
  let value: u64 = 0;
  const first = at;
  const end = Input.end;
  for (; at < end; at++) {
    const digit = <u32>load<u8>(at) - 0x30;
    if (digit > 9) break;
    value = value * 10 + digit;
  }
  Magnitude.negative = negative;
  Magnitude.value = value;
  const next = at < end ? load<u8>(at) | 32 : 0;
  // Nineteen digits always fit, and a number starts with a zero only if it is one.
  if (at > first && at - first <= 19 && (at == first + 1 || load<u8>(first) != 0x30) && next != 0x2e && next != 0x65) {
    Input.position = at;
    return true;
  }
  return parseLongInteger();
}

/** Reads a number as the nearest float; infinity where that is out of reach. */
export function parseFloat(): f64 {
  const negative = load<u8>(Input.position) == 0x2d;
  if (!scanNumber()) return 0;
  const value = nearestFloat();
  return negative ? -value : value;
}

/** Whether the number at the position is written without a fraction and an exponent. */
export function isPlainInteger(): bool {
  let at = Input.position;
  if (load<u8>(at) == 0x2d) at++;
  while (at < Input.end && <u32>load<u8>(at) - 0x30 <= 9) at++;
  return at >= Input.end || (load<u8>(at) != 0x2e && (load<u8>(at) | 32) != 0x65);
}

function parseLongInteger(): bool {
  if (!scanNumber()) return false;
  // Digits before the decimal point, once the exponent has moved it.
  const whole = <i64>(Token.pointAt - Token.start) + Token.exponent;
  let index: i64 = 0;
  let value: u64 = 0;
  let fits = true;
  for (let at = Token.start; at < Token.digitsEnd; at++) {
    if (at == Token.pointAt) continue;
    const digit = load<u8>(at) - 0x30;
    if (index++ >= whole) {
      if (digit) return false;
      continue;
    }
    if (value > 1844674407370955161 || (value == 1844674407370955161 && digit > 5)) fits = false;
    value = value * 10 + digit;
  }
  for (; value && fits && index < whole; index++) {
    if (value > 1844674407370955161) fits = false;
    value *= 10;
  }
  Magnitude.value = value;
  return fits;
}

// Passes a number and notes its parts. Answers false if it breaks JSON's grammar.
function scanNumber(): bool {
  const opening = Input.position;
  const end = Input.end;
  let at = opening;
  if (load<u8>(at) == 0x2d) at++;
  Token.start = at;
  at = passDigits(at, end);
  if (at == Token.start || (at > Token.start + 1 && load<u8>(Token.start) == 0x30)) return malformed(opening);
  Token.pointAt = at;
  if (at < end && load<u8>(at) == 0x2e) {
    at = passDigits(at + 1, end);
    if (at == Token.pointAt + 1) return malformed(opening);
  }
  Token.digitsEnd = at;
  Token.exponent = 0;
  if (at < end && (load<u8>(at) | 32) == 0x65) {
    at++;
    const sign = at < end ? load<u8>(at) : 0;
    if (sign == 0x2b || sign == 0x2d) at++;
    const digits = at;
    let exponent = 0;
    for (; at < end; at++) {
      const digit = <u32>load<u8>(at) - 0x30;
      if (digit > 9) break;
      // Beyond this a number is zero or too large, however many digits precede the exponent.
      if (exponent < 100000000) exponent = exponent * 10 + digit;
    }
    if (at == digits) return malformed(opening);
    Token.exponent = sign == 0x2d ? -exponent : exponent;
  }
  Input.position = at;
  return true;
}

function passDigits(at: usize, end: usize): usize {
  while (at < end && <u32>load<u8>(at) - 0x30 <= 9) at++;
  return at;
}

function malformed(at: usize): bool {
  fail(`malformed number at byte ${at - Input.start}`, at);
  return false;
}

// 5^0 to 5^27, the last that fits in 64 bits.
const FIVES = memory.data<u64>([
  1, 5, 25, 125, 625, 3125, 15625, 78125, 390625, 1953125, 9765625, 48828125, 244140625, 1220703125, 6103515625,
  30517578125, 152587890625, 762939453125, 3814697265625, 19073486328125, 95367431640625, 476837158203125,
  2384185791015625, 11920928955078125, 59604644775390625, 298023223876953125, 1490116119384765625, 7450580596923828125,
]);

// @ts-ignore: decorator
@inline
function five(power: i32): u64 {
  return load<u64>(FIVES + (<usize>power << 3));
}

function nearestFloat(): f64 {
  // The first nineteen significant digits, and how far the decimal point is from their end.
  let digits: u64 = 0;
  let count = 0;
  let exponent = Token.exponent;
  let exact = true;
  const pointAt = Token.pointAt;
  for (let at = Token.start; at < Token.digitsEnd; at++) {
    if (at == pointAt) continue;
    const digit = load<u8>(at) - 0x30;
    if (count < 19) {
      digits = digits * 10 + digit;
      if (digits) count++;
      if (at > pointAt) exponent--;
    } else {
      if (digit) exact = false;
      if (at < pointAt) exponent++;
    }
  }
  if (!digits) return 0;
  if (exact) {
    // Both numbers are exact floats, so that one operation rounds once (Clinger 1990).
    if (digits <= 9007199254740992 && exponent >= -22 && exponent <= 22) {
      return exponent < 0 ? <f64>digits / tenTo(-exponent) : <f64>digits * tenTo(exponent);
    }
    if (exponent >= 0 && exponent <= 27) return multiplied(digits, exponent);
    if (exponent < 0 && exponent >= -27) return divided(digits, -exponent);
  }
  if (count + exponent > 310) return Infinity;
  if (count + exponent < -330) return 0;
  return divideBig(Token.start, pointAt, Token.digitsEnd, Token.exponent);
}

// Exact up to 10^22.
function tenTo(power: i32): f64 {
  return <f64>five(power) * <f64>((<u64>1) << power);
}

// digits * 5^power * 2^power: the product of two 64-bit numbers has 128 bits, all of them known.
function multiplied(digits: u64, power: i32): f64 {
  const factor = five(power);
  const low0 = (digits & 0xffffffff) * (factor & 0xffffffff);
  const middle0 = (digits >> 32) * (factor & 0xffffffff) + (low0 >> 32);
  const middle1 = (digits & 0xffffffff) * (factor >> 32) + (middle0 & 0xffffffff);
  const high = (digits >> 32) * (factor >> 32) + (middle0 >> 32) + (middle1 >> 32);
  const low = (middle1 << 32) | (low0 & 0xffffffff);
  if (!high) return rounded(low, false, power);
  const shift = clz(high);
  const top = shift ? (high << shift) | (low >> (64 - shift)) : high;
  return rounded(top, (low << shift) != 0, power + 64 - <i32>shift);
}

// digits / 5^power / 2^power: 64 bits of the quotient, and whether anything is left.
function divided(digits: u64, power: i32): f64 {
  const divisor = five(power);
  // With both at their full width the quotient of 128 by 64 bits has 64 or 65 bits: halving keeps it in 64.
  const widthOfDivisor = clz(divisor);
  const widthOfDigits = clz(digits);
  const v = divisor << widthOfDivisor;
  const u = digits << widthOfDigits;
  // (u / 2) * 2^64 / v, by long division with 32-bit digits.
  let remainder = u >> 1;
  const next = u << 63;
  let lost = false;
  let quotient: u64 = 0;
  // Bit by bit: 64 steps, each exact.
  let low = next;
  for (let i = 0; i < 64; i++) {
    const carry = remainder >> 63;
    remainder = (remainder << 1) | (low >> 63);
    low <<= 1;
    quotient <<= 1;
    if (carry || remainder >= v) {
      remainder -= v;
      quotient |= 1;
    }
  }
  lost = remainder != 0;
  return rounded(quotient, lost, <i32>widthOfDivisor - <i32>widthOfDigits - 63 - power);
}
