import { describe, expect, it } from "vitest";
import { functionReferences } from "./function-references.js";
import { readModule } from "./module.js";
import { assemble, moduleOf, sectionOf } from "./testing/modules.js";

/** One of each form of operand. A form that was stepped over wrongly would move the calls around it. */
const EVERY_FORM = `
  call $f
  block (result i32) i32.const -2000000 end drop
  loop br 0 end
  block (param) (result i32 i32) i32.const 1 i32.const 2 end drop drop
  i32.const 0 if nop else nop end
  call $f
  block block block i32.const 2 br_table 0 1 2 0 end end end
  i64.const -9223372036854775808 drop f32.const 1 drop f64.const 1 drop
  i32.const 0 i32.load offset=70000 align=1 drop
  i32.const 0 i64.const 1 i64.store offset=4294967295
  memory.size drop i32.const 0 memory.grow drop
  call $f
  i32.const 0 i32.const 0 i32.const 0 memory.copy
  i32.const 0 i32.const 0 i32.const 0 memory.fill
  i32.const 0 i32.const 0 i32.const 0 memory.init 0 data.drop 0
  i32.const 0 i32.const 0 i32.const 0 table.copy
  i32.const 0 i32.const 0 i32.const 0 table.init 0 elem.drop 0
  ref.null func i32.const 0 table.grow 0 drop table.size 0 drop
  i32.const 0 ref.null extern drop i32.const 0 table.get 0 drop drop
  i32.const 0 ref.null func i32.const 0 table.fill 0
  ref.func $f ref.is_null drop
  call $f
  i32.const 1 i32.const 2 i32.const 0 select (result i32) drop
  f32.const 1 i32.trunc_sat_f32_s drop i32.const 1 i32.extend8_s drop
  v128.const i32x4 1 2 3 4 i8x16.extract_lane_s 3 drop
  i32.const 0 v128.load offset=200 drop
  i32.const 0 v128.const i64x2 0 0 v128.load8_lane 5 drop
  i32.const 0 v128.load32_zero drop
  v128.const i64x2 0 0 v128.const i64x2 0 0 i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 drop
  v128.const i64x2 0 0 v128.const i64x2 0 0 i32x4.add drop
  i32.const 0 i32.atomic.load drop atomic.fence
  call $f
  i32.const 0 call_indirect (type $t)
  try call $f catch $e drop call $f catch_all end
  i32.const 0 throw $e
  return_call $f`;

describe("skipInstruction", () => {
  it("steps over every form of operand", () => {
    const bytes = assemble(`(module
      (type $t (func)) (tag $e (param i32)) (memory 1) (table 1 funcref)
      (elem func $f) (data "x") (elem declare func $f)
      (func $f) (func (type $t) (local i32 v128) ${EVERY_FORM}))`);
    const module = readModule(bytes);
    const calls = functionReferences(bytes, module).filter(
      (offset) => offset > (module.bodies[1]?.start ?? 0),
    );
    // call or return_call or ref.func before each of them, and function 0 behind it.
    expect([...calls].map((offset) => [bytes[(offset - 1) | 0], bytes[offset]])).toEqual([
      ...Array.from({ length: 3 }, () => [0x10, 0]),
      [0xd2, 0],
      ...Array.from({ length: 4 }, () => [0x10, 0]),
      [0x12, 0],
    ]);
  });

  it.each([
    [0xfb, 0x00],
    [0x27, 0x0b],
    [0xff, 0x0b],
    [0xfc, 0x7f],
  ])("refuses what it can't step over: %i %i", (...code) => {
    const bytes = moduleOf(
      sectionOf(1, 1, 0x60, 0, 0),
      sectionOf(3, 1, 0),
      sectionOf(10, 1, 2 + code.length, 0, ...code, 0x0b),
    );
    expect(() => functionReferences(bytes, readModule(bytes))).toThrow(
      expect.objectContaining({ code: "unsupported" }),
    );
  });
});
