// The slow way to read a decimal, for the few that have more digits or a larger exponent than 128 bits can hold:
// a division of two whole numbers of any size, of which 64 bits and the remainder are needed.

import { rounded } from "./rounding";

// Digits after these can't change the result other than by being there: no float, nor the middle between two, has more.
const MOST_DIGITS: i32 = 800;

// The largest number is 10^1130, for 800 digits of a number around 10^-330: 3754 bits, and a few for carries.
const LIMBS: i32 = 120;

// A whole number as 32-bit limbs, the lowest first.
@final
class Big {
  limbs: StaticArray<u32> = new StaticArray<u32>(LIMBS);
  /** The limbs in use: those above are zero. */
  used: i32 = 0;
}

/** The float nearest to the decimal in these bytes times 10^exponent. */
export function divideBig(start: usize, pointAt: usize, end: usize, exponent: i32): f64 {
  const numerator = new Big();
  const denominator = new Big();
  let count = 0;
  let more = false;
  for (let at = start; at < end; at++) {
    if (at == pointAt) continue;
    const digit = <u32>load<u8>(at) - 0x30;
    if (count < MOST_DIGITS) {
      if (digit || count) {
        multiplyAdd(numerator, 10, digit);
        count++;
      }
      if (at > pointAt) exponent--;
    } else {
      if (digit) more = true;
      if (at < pointAt) exponent++;
    }
  }
  multiplyAdd(denominator, 1, 1);
  if (exponent > 0) multiplyByTenTo(numerator, exponent);
  else multiplyByTenTo(denominator, -exponent);
  // Both with their highest bits in the same place, so that the quotient lies between a half and two.
  const shift = bitLength(numerator) - bitLength(denominator);
  if (shift > 0) shiftLeft(denominator, shift);
  else shiftLeft(numerator, -shift);
  let quotient: u64 = 0;
  for (let i = 0; i < 64; i++) {
    quotient <<= 1;
    if (compare(numerator, denominator) >= 0) {
      subtract(numerator, denominator);
      quotient |= 1;
    }
    multiplyAdd(numerator, 2, 0);
  }
  return rounded(quotient, more || numerator.used != 0, shift - 63);
}

function multiplyByTenTo(number: Big, power: i32): void {
  for (; power >= 9; power -= 9) multiplyAdd(number, 1000000000, 0);
  for (; power > 0; power--) multiplyAdd(number, 10, 0);
}

function multiplyAdd(number: Big, factor: u32, add: u32): void {
  let carry: u64 = add;
  const limbs = number.limbs;
  const used = number.used;
  for (let i = 0; i < used; i++) {
    carry += <u64>unchecked(limbs[i]) * factor;
    unchecked(limbs[i] = <u32>carry);
    carry >>= 32;
  }
  if (carry) {
    limbs[used] = <u32>carry;
    number.used = used + 1;
  }
}

function bitLength(number: Big): i32 {
  const used = number.used;
  return used ? (used << 5) - <i32>clz(number.limbs[used - 1]) : 0;
}

function shiftLeft(number: Big, bits: i32): void {
  const moved = bits >> 5;
  const rest = bits & 31;
  const limbs = number.limbs;
  for (let i = min(number.used + moved, LIMBS - 1); i >= 0; i--) {
    const high = i >= moved ? limbs[i - moved] : 0;
    const low = i > moved ? limbs[i - moved - 1] : 0;
    limbs[i] = rest ? (high << rest) | (low >> (32 - rest)) : high;
    if (limbs[i] && i >= number.used) number.used = i + 1;
  }
}

function compare(a: Big, b: Big): i32 {
  if (a.used != b.used) return a.used - b.used;
  for (let i = a.used - 1; i >= 0; i--) {
    const x = unchecked(a.limbs[i]);
    const y = unchecked(b.limbs[i]);
    if (x != y) return x > y ? 1 : -1;
  }
  return 0;
}

// Only of what is not larger.
function subtract(a: Big, b: Big): void {
  let borrow: i64 = 0;
  for (let i = 0; i < a.used; i++) {
    borrow += <i64>unchecked(a.limbs[i]) - <i64>unchecked(b.limbs[i]);
    unchecked(a.limbs[i] = <u32>borrow);
    borrow >>= 32;
  }
  while (a.used && !a.limbs[a.used - 1]) a.used--;
}
