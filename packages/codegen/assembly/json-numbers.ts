// Reads JSON's numbers into AssemblyScript's types.

import { expected, fail } from "./failure";
import { Input } from "./input";
import { Magnitude, parseFloat, parseInteger } from "./decimal";
import { peek } from "./json-space";

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
  const at = start("uint64");
  if (!at) return 0;
  if (parseInteger("uint64") && (!Magnitude.negative || !Magnitude.value)) return Magnitude.value;
  expected("uint64", at);
  return 0;
}

export function float32(): f32 {
  const at = start("number");
  if (!at) return 0;
  const wide = parseFloat();
  const narrow = <f32>wide;
  if (!isFinite(narrow)) expected("float32", at);
  return narrow;
}

export function float64(): f64 {
  const at = start("number");
  if (!at) return 0;
  const value = parseFloat();
  if (!isFinite(value)) expected("float64", at);
  return value;
}

/** Passes a number, which is the last thing that a value can be. */
export function skipNumber(): void {
  if (start("any value")) parseFloat();
}

// Where a number starts, or 0 when what follows is none.
function start(what: string): usize {
  const first = peek();
  if (first == 0x2d || (first >= 0x30 && first <= 0x39)) return Input.position;
  mismatch(what);
  return 0;
}

function signed(least: i64, most: i64, what: string): i64 {
  const at = start(what);
  if (!at) return 0;
  if (parseInteger(what)) {
    const magnitude = Magnitude.value;
    if (Magnitude.negative ? magnitude <= <u64>1 << 63 : magnitude <= <u64>i64.MAX_VALUE) {
      const value = Magnitude.negative ? -<i64>magnitude : <i64>magnitude;
      if (value >= least && value <= most) return value;
    }
  }
  expected(what, at);
  return 0;
}

function mismatch(what: string): void {
  if (Input.position >= Input.end) fail("the data ends too early", Input.position);
  else expected(what, Input.position);
}
