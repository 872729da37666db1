import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { child, lookup, parent, segments } from "./pointer.js";

describe("JSON pointers", () => {
  test("lead back to the keys that they were made of", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (keys) => {
        const pointer = keys.reduce<string>(child, "");
        expect(segments(pointer)).toEqual(keys);
        if (keys.length > 0) expect(segments(parent(pointer))).toEqual(keys.slice(0, -1));
      }),
    );
  });

  test.each([
    ["", { value: { a: [null] } }],
    ["/a", { value: [null] }],
    ["/a/0", { value: null }],
    ["/a/1", undefined],
    ["/a/00", undefined],
    ["/a/length", undefined],
    ["/constructor", undefined],
    ["a", undefined],
    ["/~2", undefined],
  ])("%j finds %j", (pointer, found) => {
    expect(lookup({ a: [null] }, pointer)).toEqual(found);
  });
});
