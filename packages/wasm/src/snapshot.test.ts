import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readModule } from "./module.js";
import { withSnapshot } from "./snapshot.js";
import { assemble } from "./testing/modules.js";

const COUNTER = assemble(`(module
  (memory (export "memory") 1 10)
  (global $i (export "i") (mut i32) (i32.const 1))
  (global $fixed i32 (i32.const 9))
  (global $l (export "l") (mut i64) (i64.const 2))
  (global $f (export "f") (mut f32) (f32.const 3))
  (global $d (export "d") (mut f64) (f64.const 4))
  (data (i32.const 5) "hello")
  (func (export "step")
    (global.set $i (i32.sub (global.get $i) (i32.const 3)))
    (global.set $l (i64.sub (global.get $l) (i64.const 5)))
    (i32.store (i32.const 70000) (i32.add (i32.load (i32.const 70000)) (i32.const 1))))
  (func (export "grow") (drop (memory.grow (i32.const 2)))))`);

const instantiate = (bytes: Uint8Array<ArrayBuffer>) =>
  new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as {
    memory: WebAssembly.Memory;
    i: WebAssembly.Global;
    l: WebAssembly.Global;
    f: WebAssembly.Global;
    d: WebAssembly.Global;
    step(): void;
    grow(): void;
  };

describe("withSnapshot", () => {
  it("lets instances go on from where one stopped", () => {
    const first = instantiate(COUNTER);
    first.grow();
    first.step();
    first.step();
    const again = withSnapshot(COUNTER, {
      memory: new Uint8Array(first.memory.buffer),
      globals: new Map<number, number | bigint>([
        [0, first.i.value],
        [2, first.l.value],
        [3, 0.5],
        [4, -0],
      ]),
    });
    const second = instantiate(again);
    expect(new Uint8Array(second.memory.buffer)).toEqual(new Uint8Array(first.memory.buffer));
    expect([second.i, second.l, second.f, second.d].map(({ value }) => value)).toEqual([-5, -8n, 0.5, -0]);
    second.step();
    expect(new DataView(second.memory.buffer).getUint32(70_000, true)).toBe(3);
    expect(readModule(again).memories[0]?.limits).toMatchObject({ min: 3n, max: 10n });
  });

  it("holds any memory, and no runs of zeros", () => {
    const piece = fc.tuple(fc.nat({ max: 200 }), fc.uint8Array({ maxLength: 60 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const memory = new Uint8Array(65_536);
        let at = 0;
        for (const [zeros, bytes] of pieces) {
          memory.set(bytes, at + zeros);
          at += zeros + bytes.length;
        }
        const bytes = withSnapshot(COUNTER, { memory, globals: new Map() });
        expect(Buffer.compare(new Uint8Array(instantiate(bytes).memory.buffer), memory)).toBe(0);
        for (const segment of readModule(bytes).data) {
          const content = Buffer.from(bytes.subarray(segment.bytes.start, segment.bytes.end));
          expect(content.indexOf(Buffer.alloc(40))).toBe(-1);
          expect([content[0], content.at(-1)]).not.toContain(0);
        }
      }),
    );
  });

  it("adds a data section where there was none", () => {
    const memory = new Uint8Array(65_536).fill(7, 100, 200);
    const bytes = withSnapshot(assemble(`(module (memory (export "memory") 1))`), {
      memory,
      globals: new Map(),
    });
    expect(new Uint8Array(instantiate(bytes).memory.buffer)).toEqual(memory);
  });

  it.each([
    ["an imported memory", `(import "a" "b" (memory 1))`],
    ["no memory", ``],
    ["two memories", `(memory 1) (memory 1)`],
    ["a start function", `(memory 1) (func $f) (start $f)`],
    ["passive data", `(memory 1) (data "x")`],
  ])("refuses a module with %s", (_, fields) => {
    const snapshot = { memory: new Uint8Array(65_536), globals: new Map() };
    expect(() => withSnapshot(assemble(`(module ${fields})`), snapshot)).toThrow(RangeError);
  });

  it.each([
    [1, 5],
    [0, 5n],
    [2, 5],
  ])("refuses a value that global %i can't have: %s", (index, value) => {
    const globals = new Map<number, number | bigint>([[index, value]]);
    expect(() => withSnapshot(COUNTER, { memory: new Uint8Array(65_536), globals })).toThrow(RangeError);
  });

  it("refuses a part of a page", () => {
    expect(() => withSnapshot(COUNTER, { memory: new Uint8Array(5), globals: new Map() })).toThrow(
      RangeError,
    );
  });
});
