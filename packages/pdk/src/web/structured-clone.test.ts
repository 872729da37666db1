import { describe, expect, it } from "vitest";
import { structuredClone as ours } from "./structured-clone.js";

const theirs = globalThis.structuredClone;

class Point {
  x = 1;
  #hidden = 2;
  get sum() {
    return this.x + this.#hidden;
  }
}

describe("structuredClone", () => {
  it.each<[string, unknown]>([
    ["primitives", [1, -0, "x", true, null, undefined, 10n, Number.NaN]],
    ["wrapped primitives", [Object(1), Object("x"), Object(false), Object(10n)]],
    ["dates", [new Date(0), new Date(Number.NaN)]],
    ["regular expressions", /a(b)/giu],
    ["sparse arrays", Object.assign(new Array(3), { 0: 1, 2: 3 })],
    ["an array's other properties", Object.assign([1], { extra: 2 })],
    ["maps and sets", new Map<unknown, unknown>([[{ a: 1 }, new Set([1, [2]])]])],
    [
      "buffers and views",
      [
        new Uint8Array([1, 2, 3]).buffer,
        new Uint16Array([1, 2]),
        new DataView(new ArrayBuffer(4), 1, 2),
        new BigInt64Array([1n]),
      ],
    ],
    ["an object of a class, which becomes a plain one", new Point()],
    ["a key that is __proto__", JSON.parse('{"__proto__": 1}')],
    ["an object without a prototype", Object.assign(Object.create(null), { a: 1 })],
    [
      "inherited and hidden properties, which stay behind",
      Object.defineProperty(Object.create({ a: 1 }), "b", { value: 2 }),
    ],
  ])("copies %s as Node does", (_, value) => {
    expect(ours(value)).toStrictEqual(theirs(value));
    if (typeof value === "object") expect(ours(value)).not.toBe(value);
  });

  it.each([
    new TypeError("bad", { cause: { why: 1 } }),
    new RangeError("far"),
    Object.assign(new Error("x"), { name: "Custom", extra: 1 }),
  ])("copies the error %s", (error) => {
    const copy = ours(error);
    expect([copy.constructor, copy.message, copy.stack, copy.cause, Object.keys(copy)]).toEqual([
      theirs(error).constructor,
      error.message,
      error.stack,
      error.cause,
      [],
    ]);
  });

  it("keeps cycles and shared parts", () => {
    const shared = new Uint8Array([1]);
    const value: Record<string, unknown> = { first: shared, second: new DataView(shared.buffer) };
    value["self"] = value;
    const copy = ours(value) as { self: unknown; first: Uint8Array; second: DataView };
    expect(copy.self).toBe(copy);
    expect(copy.second.buffer).toBe(copy.first.buffer);
    expect(copy.first).not.toBe(shared);
  });

  it.each<[string, unknown]>([
    ["a function", { f() {} }],
    ["a symbol", [Symbol("x")]],
    ["a promise", Promise.resolve()],
    ["a WeakMap", new WeakMap()],
  ])("refuses %s with a DataCloneError", (_, value) => {
    expect(() => ours(value)).toThrow(expect.objectContaining({ name: "DataCloneError" }));
  });

  it("refuses to transfer what is no buffer, or one twice", () => {
    const buffer = new ArrayBuffer(1);
    // Callers in JavaScript.
    for (const transfer of [[{}] as unknown as ArrayBuffer[], [buffer, buffer]]) {
      expect(() => ours(1, { transfer })).toThrow(expect.objectContaining({ name: "DataCloneError" }));
    }
  });
});
