import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyBytes } from "../testing/arbitraries.js";
import { failure } from "../testing/failure.js";
import { encoded, hex, readerInside } from "../testing/messagepack.js";
import { GrowingBuffer } from "./growing-buffer.js";
import { pathAt } from "./path-at.js";
import { Walk } from "./walk.js";

const value = { id: 7, items: [{ name: "a" }, { name: "bcd", "odd key": [true, null] }], last: {} };

describe("pathAt", () => {
  const bytes = encoded((w) => w.value(value));
  // Where a piece of text is in the encoding.
  const at = (text: string) => Buffer.from(bytes).indexOf(text);

  it.each([
    ["the beginning", 0, "$"],
    ["a key", 1, "$"],
    ["the middle of a key", at("items") + 2, "$"],
    ["a value after a key", 4, "$.id"],
    ["a container", at("items") + 5, "$.items"],
    ["an element", at("items") + 6, "$.items[0]"],
    ["a value deep inside", at("bcd") - 1, "$.items[1].name"],
    ["the middle of a value", at("bcd") + 1, "$.items[1].name"],
    ["a key in an element", at("odd key") - 1, "$.items[1]"],
    ["a value whose key isn't a name", at("odd key") + 7, '$.items[1]["odd key"]'],
    ["an element of that", at("odd key") + 9, '$.items[1]["odd key"][1]'],
    ["an empty container", at("last") + 4, "$.last"],
    ["the end", bytes.length, "$"],
    ["beyond the end", bytes.length + 100, "$"],
  ])("names %s", (_, offset, path) => {
    expect(pathAt(bytes, 0, offset, bytes.length)).toBe(path);
  });

  it("counts offsets from the value's first byte", () => {
    const memory = Uint8Array.from([0xc1, 0xc1, 0xc1, ...bytes, 0xc1]);
    expect(pathAt(memory, 3, at("bcd") - 1, 3 + bytes.length)).toBe("$.items[1].name");
  });

  it("stops at the end of the value", () => {
    expect(pathAt(hex("01 92 01 02"), 0, 3, 4)).toBe("$");
  });

  it("shows a hostile key without what would break a line or a terminal", () => {
    const evil = encoded((w) => w.value({ "a\n\u202e\u001b[31m": 1 }));
    expect(pathAt(evil, 0, evil.length - 1, evil.length)).toBe('$["a\\n\\u{202e}\\u001b[31m"]');
    const long = encoded((w) => w.value({ ["k".repeat(100_000)]: 1 }));
    expect(pathAt(long, 0, long.length - 1, long.length).length).toBeLessThan(80);
  });

  it("leaves out the middle of a long path", () => {
    const deep = hex(`${"91".repeat(500)}c0`);
    const path = pathAt(deep, 0, 500, deep.length);
    expect(path).toContain("[0]…[0]");
    expect(path.length).toBeLessThan(300);
  });

  it("passes a hostile million of levels, whatever comes after them", () => {
    const levels = 1_000_000;
    const bytes = new Uint8Array(levels + 3).fill(0x91);
    bytes.set([0x92, 0xc0, 0x91], 0);
    bytes.fill(0xc0, levels + 2);
    expect(pathAt(bytes, 0, levels + 2, bytes.length)).toMatch(/^\$\[1\]\[0\]/);
  });

  it("knows when what is buried too deep has been passed", () => {
    // [[[… 2000 levels, each [nil, deeper]], then the offset is at the element after them.
    const bytes = hex(`92 ${"92c0".repeat(2000)} c0 07`);
    expect(pathAt(bytes, 0, bytes.length - 1, bytes.length)).toBe("$[1]");
  });

  it.each(["df ff ff ff ff", "dd ff ff", "81 c1 01", "81 01 02", "c1", "", "92 db ff ff ff ff"])(
    "survives %s",
    (digits) => {
      const bytes = hex(digits);
      for (let offset = 0; offset <= bytes.length; offset++) {
        expect(pathAt(bytes, 0, offset, bytes.length)).toMatch(/^\$/);
      }
    },
  );

  it("survives any bytes and any numbers", () => {
    const numbers = fc.oneof(
      fc.integer({ min: -5, max: 80 }),
      fc.constantFrom(Number.NaN, Infinity, -Infinity, 2 ** 40),
    );
    fc.assert(
      fc.property(anyBytes, numbers, numbers, numbers, (bytes, start, offset, end) => {
        expect(pathAt(bytes, start, offset, end)).toMatch(/^\$/);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("a writer that failed", () => {
  it.each<[unknown, string]>([
    [Symbol("s"), "$"],
    [{ a: () => 0 }, "$.a"],
    [{ a: [1, "two", [new Map()]] }, "$.a[2][0]"],
    [{ before: [{ x: 1 }], "odd key": { b: 2n ** 70n } }, '$["odd key"].b'],
  ])("has written enough to say where: %#", (v, path) => {
    const writer = new GrowingBuffer().begin();
    const error = failure(() => writer.value(v));
    expect(pathAt(writer.bytes, writer.start, error.offset, writer.pos)).toBe(path);
  });
});

describe("a reader that failed", () => {
  it("says where, for a field that is missing in an element", () => {
    const bytes = encoded((w) => w.value({ items: [{ name: "a" }, { nam: "b" }] }));
    const reader = readerInside(bytes);
    reader.skip();
    const error = failure(() => reader.missing("name"));
    error.path = pathAt(bytes, 0, error.offset, bytes.length);
    expect(error.message).toBe('$.items[1]: expected the field "name", which is missing');
  });

  it("says where, for text that is ill-formed", () => {
    const bytes = hex("81 a1 61 92 01 a2 61 ff");
    const error = failure(() => readerInside(bytes).value());
    expect(pathAt(bytes, 0, error.offset, bytes.length)).toBe("$.a[1]");
  });
});

it("a walk uses bounded memory", () => {
  const bytes = new Uint8Array(100_000).fill(0x91);
  const walk = new Walk(new DataView(bytes.buffer), 0, bytes.length);
  while (walk.step(bytes.length));
  expect(walk.frames.length).toBeLessThanOrEqual(1024);
});
