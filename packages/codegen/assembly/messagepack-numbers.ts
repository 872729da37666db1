// Reads MessagePack's numbers: integers from any integer format and from floats without a fraction, floats from any
// number format.

import { expected, fail } from "./failure";
import { fits } from "./fields";
import { Input } from "./input";
import { headLength, isInteger, loadInteger } from "./messagepack-format";

/** An integer of no format: from -(2^53 - 1) to 2^53 - 1. */
export function integer(): i64 {
  return signed(-9007199254740991, 9007199254740991, "integer from -(2^53 - 1) to 2^53 - 1");
}

export function int8(): i8 {
  return <i8>signed(i8.MIN_VALUE, i8.MAX_VALUE, "int8");
}

export function int16(): i16 {
  return <i16>signed(i16.MIN_VALUE, i16.MAX_VALUE, "int16");
}

export function int32(): i32 {
  return <i32>signed(i32.MIN_VALUE, i32.MAX_VALUE, "int32");
}

export function int64(): i64 {
  return signed(i64.MIN_VALUE, i64.MAX_VALUE, "int64");
}

export function uint8(): u8 {
  return <u8>signed(0, u8.MAX_VALUE, "uint8");
}

export function uint16(): u16 {
  return <u16>signed(0, u16.MAX_VALUE, "uint16");
}

export function uint32(): u32 {
  return <u32>signed(0, u32.MAX_VALUE, "uint32");
}

export function uint64(): u64 {
  const at = Input.position;
  if (load<u8>(at) == 0xcf && fits(9)) {
    Input.position = at + 9;
    return bswap(load<u64>(at, 1));
  }
  if (load<u8>(at) == 0xcb && fits(9)) {
    // Every float from 2^63 up to 2^64 is an integer; below 2^63 the signed reader takes it.
    const float = reinterpret<f64>(bswap(load<u64>(at, 1)));
    if (float >= 9223372036854775808.0 && float < 18446744073709551616.0) {
      Input.position = at + 9;
      return <u64>float;
    }
  }
  return <u64>signed(0, i64.MAX_VALUE, "uint64");
}

export function float32(): f32 {
  const at = Input.position;
  if (load<u8>(at) == 0xca && fits(5)) {
    Input.position = at + 5;
    return reinterpret<f32>(bswap(load<u32>(at, 1)));
  }
  const wide = float64();
  const narrow = <f32>wide;
  if (isFinite(wide) && !isFinite(narrow)) expected("float32", at);
  return narrow;
}

export function float64(): f64 {
  const at = Input.position;
  if (load<u8>(at) == 0xcb && fits(9)) {
    Input.position = at + 9;
    return reinterpret<f64>(bswap(load<u64>(at, 1)));
  }
  if (at >= Input.end) return truncated();
  const first = load<u8>(at);
  const head = headLength(first);
  if (!fits(head)) return truncated();
  if (first == 0xca) {
    Input.position = at + 5;
    return reinterpret<f32>(bswap(load<u32>(at, 1)));
  }
  if (first == 0xcf) {
    Input.position = at + 9;
    return <f64>bswap(load<u64>(at, 1));
  }
  if (!isInteger(first)) return mismatch("number");
  Input.position = at + head;
  return <f64>loadInteger(at, first);
}

function signed(least: i64, most: i64, what: string): i64 {
  const at = Input.position;
  const first = load<u8>(at);
  if (first < 0x80 && at < Input.end && <i64>first <= most) {
    Input.position = at + 1;
    return first;
  }
  return longSigned(at, first, least, most, what);
}

function longSigned(at: usize, first: u8, least: i64, most: i64, what: string): i64 {
  if (at >= Input.end) return truncated();
  const head = headLength(first);
  if (!fits(head)) return truncated();
  let value: i64;
  if (isInteger(first)) {
    value = loadInteger(at, first);
    // A uint 64 beyond i64 is beyond `most` too.
    if (first == 0xcf && value < 0) return mismatch(what);
  } else if (first == 0xca || first == 0xcb) {
    const float = first == 0xca
      ? <f64>reinterpret<f32>(bswap(load<u32>(at, 1)))
      : reinterpret<f64>(bswap(load<u64>(at, 1)));
    // 2^63 itself has no i64. The comparison is false for NaN.
    if (!(float >= -9223372036854775808.0 && float < 9223372036854775808.0)) return mismatch(what);
    value = <i64>float;
    if (<f64>value != float) return mismatch(what);
  } else {
    return mismatch(what);
  }
  if (value < least || value > most) return mismatch(what);
  Input.position = at + head;
  return value;
}

function truncated(): i32 {
  fail("the data ends too early", Input.position);
  return 0;
}

function mismatch(what: string): i32 {
  expected(what, Input.position);
  return 0;
}
