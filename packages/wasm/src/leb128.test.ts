import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WasmFormatError } from "./errors.js";
import { Reader } from "./reader.js";
import { Encoder } from "./writer.js";

describe("LEB128", () => {
  it("reads back every integer that it writes", () => {
    const i32 = fc.integer();
    const u32 = fc.nat(0xffffffff);
    const i64 = fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n);
    const u64 = fc.bigInt(0n, 2n ** 64n - 1n);
    fc.assert(
      fc.property(i32, u32, i64, u64, (s32, u, s64, big) => {
        const encoder = new Encoder();
        encoder.signed(s32);
        encoder.signed(s32);
        encoder.unsigned(u);
        encoder.signed(s64);
        encoder.unsigned(big);
        const reader = new Reader(encoder.finish());
        expect([reader.s32("a"), reader.s33("b"), reader.u32("c"), reader.s64("d"), reader.u64("e")]).toEqual(
          [s32, s32, u, s64, big],
        );
        expect(reader.remaining).toBe(0);
      }),
    );
  });

  it.each([
    ["unsigned", 0, [0]],
    ["unsigned", 127, [0x7f]],
    ["unsigned", 128, [0x80, 1]],
    ["unsigned", 0xffffffff, [0xff, 0xff, 0xff, 0xff, 0x0f]],
    ["signed", 63, [0x3f]],
    ["signed", 64, [0xc0, 0]],
    ["signed", -64, [0x40]],
    ["signed", -65, [0xbf, 0x7f]],
    ["signed", -1, [0x7f]],
  ] as const)("writes %s %i in its shortest form", (form, value, expected) => {
    const encoder = new Encoder();
    encoder[form](value);
    expect([...encoder.finish()]).toEqual(expected);
  });

  it.each([
    ["u32", [0x80, 0x80, 0x80, 0x80, 0x00], 0],
    ["u32", [0xff, 0xff, 0xff, 0xff, 0x0f], 0xffffffff],
    ["s32", [0xff, 0xff, 0xff, 0xff, 0x7f], -1],
    ["s32", [0x80, 0x80, 0x80, 0x80, 0x78], -(2 ** 31)],
    ["s33", [0x80, 0x80, 0x80, 0x80, 0x70], -(2 ** 32)],
    ["s33", [0xff, 0xff, 0xff, 0xff, 0x0f], 0xffffffff],
    ["u64", [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], 2n ** 64n - 1n],
    ["s64", [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f], -(2n ** 63n)],
  ] as const)("reads %s %j, which is as long as the format grants", (form, bytes, expected) => {
    expect(new Reader(Uint8Array.from(bytes))[form]("a value")).toBe(expected);
  });

  it.each([
    ["u32", [0x80, 0x80, 0x80, 0x80, 0x80, 0x00], "at most 5 bytes"],
    ["u32", [0xff, 0xff, 0xff, 0xff, 0x1f], "fit 32 bits"],
    ["s32", [0xff, 0xff, 0xff, 0xff, 0x0f], "fit 32 bits"],
    ["s32", [0x80, 0x80, 0x80, 0x80, 0x70], "fit 32 bits"],
    ["s33", [0xff, 0xff, 0xff, 0xff, 0x1f], "fit 33 bits"],
    ["u64", [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02], "fit 64 bits"],
    ["u64", Array(11).fill(0x80), "at most 10 bytes"],
    ["s64", [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01], "fit 64 bits"],
    ["u32", [0x80], "the file ends there"],
    ["s64", [], "the file ends there"],
  ] as const)("refuses %s %j", (form, bytes: readonly number[], message) => {
    const read = () => new Reader(Uint8Array.from(bytes))[form]("a value");
    expect(read).toThrow(WasmFormatError);
    expect(read).toThrow(message);
  });

  it.each([
    ["unsigned", -1],
    ["unsigned", 2n ** 64n],
    ["signed", 2n ** 63n],
    ["unsigned", 1.5],
    ["unsigned", 2 ** 60],
    ["signed", Number.NaN],
  ] as const)("does not write %s %s, which has no exact form", (form, value) => {
    expect(() => new Encoder()[form](value)).toThrow(RangeError);
  });
});
