import { describe, expect, it } from "vitest";
import { functionReferences } from "./function-references.js";
import { readModule } from "./module.js";
import { type RelinkEdit, relink } from "./relink.js";
import { assemble, ENGINE_SAMPLES } from "./testing/modules.js";

const CALL = 0x10;
const I32_CONST = 0x41;
const LOCAL_GET = 0x20;

const MODULE = assemble(`(module
  (import "host" "log" (func $log (param i32)))
  (import "host" "memory" (memory 1))
  (import "host" "now" (func $now (result i32)))
  (table (export "table") 3 funcref)
  (elem (i32.const 0) $double $now)
  (elem (i32.const 2) funcref (ref.func $log))
  (elem declare func $quadruple)
  (type $unary (func (param i32) (result i32)))
  (global $pick funcref (ref.func $double))
  (func $double (param i32) (result i32) (call $log (local.get 0)) (i32.add (local.get 0) (local.get 0)))
  (func $quadruple (export "quadruple") (param i32) (result i32) (call $double (call $double (local.get 0))))
  (func (export "viaTable") (param i32) (result i32) (call_indirect (type $unary) (local.get 0) (i32.const 0)))
  (func (export "viaRef") (result i32) (drop (ref.func $quadruple)) (call $now))
  (func (export "at") (param i32) (result i32) (call_indirect (result i32) (local.get 0)))
)`);

const indexOf = (name: string) =>
  readModule(MODULE).exports.find((item) => item.name === name)?.index ?? Number.NaN;

/** Runs the edited module; tells what it logged. */
function run(edit: RelinkEdit, more: Record<string, WebAssembly.ImportValue> = {}) {
  const logged: number[] = [];
  const memory = new WebAssembly.Memory({ initial: 1 });
  const host = { log: (value: number) => logged.push(value), now: () => 42, memory, ...more };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(relink(MODULE, edit)), { host });
  const call = (name: string, ...args: number[]) =>
    (exports[name] as (...args: number[]) => unknown)(...args);
  return { call, logged, exports };
}

describe("functionReferences", () => {
  it.each(ENGINE_SAMPLES)("finds numbers of functions in $name", ({ bytes }) => {
    const module = readModule(bytes);
    for (const offset of functionReferences(bytes, module)) {
      expect(bytes[offset]).toBeLessThan(Math.max(module.functions.length, 0));
    }
  });

  it("finds each of them", () => {
    // start: none; global: 1; elements: 2 + 1 + 1; calls: 1 + 2 + 1; ref.func: 1.
    expect(functionReferences(MODULE, readModule(MODULE)).length).toBe(10);
  });
});

describe("relink", () => {
  it.each(ENGINE_SAMPLES)("without an edit leaves $name a valid module", ({ bytes }) => {
    const again = relink(bytes, {});
    expect(WebAssembly.validate(again)).toBe(true);
    expect(readModule(again).functions.length).toBe(readModule(bytes).functions.length);
  });

  it("keeps what a module does when imports come in before its functions", () => {
    const { call, logged } = run(
      {
        addedImports: Array.from({ length: 200 }, (_, i) => ({
          module: "host",
          name: `extra${i}`,
          params: [],
          results: [],
        })),
      },
      Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`extra${i}`, () => {}])),
    );
    expect(call("quadruple", 5)).toBe(20);
    expect(call("viaTable", 6)).toBe(12);
    expect(call("viaRef")).toBe(42);
    expect(logged).toEqual([5, 10, 6]);
  });

  it("takes an import out, and sends its callers elsewhere", () => {
    const seven = {
      params: [],
      results: ["i32"],
      write: (code) => code.bytes(Uint8Array.of(I32_CONST, 7)),
    } as const satisfies NonNullable<RelinkEdit["addedFunctions"]>[number];
    const edit: RelinkEdit = { replaced: new Map([[1, { added: 0 }]]), addedFunctions: [seven] };
    expect(readModule(relink(MODULE, edit)).imports.map(({ name }) => name)).toEqual(["log", "memory"]);
    expect(run(edit).call("viaRef")).toBe(7);
    expect(run(edit).call("at", 1)).toBe(7);
    expect(run(edit).call("quadruple", 1)).toBe(4);
  });

  it("replaces and empties a function of the module's own", () => {
    const quadruple = indexOf("quadruple");
    const edit: RelinkEdit = {
      replaced: new Map([[quadruple, { existing: indexOf("viaTable") }]]),
      emptied: new Set([quadruple]),
    };
    expect(run(edit).call("quadruple", 5)).toBe(10);
  });

  it("turns emptied functions into traps, and makes the module smaller", () => {
    const edit: RelinkEdit = { emptied: new Set([indexOf("quadruple")]) };
    expect(() => run(edit).call("quadruple", 5)).toThrow("unreachable");
    expect(relink(MODULE, edit).length).toBeLessThan(relink(MODULE, {}).length);
  });

  it("adds functions that call old ones, new ones and imports, and exports them", () => {
    const { call, exports } = run(
      {
        addedImports: [{ module: "host", name: "triple", params: ["i32"], results: ["i32"] }],
        addedFunctions: [
          {
            params: ["i32"],
            results: ["i32"],
            write: (code, index) => {
              code.bytes(Uint8Array.of(LOCAL_GET, 0, CALL));
              code.unsigned(index({ existing: indexOf("quadruple") }));
              code.byte(CALL);
              code.unsigned(index({ addedImport: 0 }));
              code.byte(CALL);
              code.unsigned(index({ added: 1 }));
            },
          },
          {
            params: ["i32"],
            results: ["i32"],
            write: (code) => code.bytes(Uint8Array.of(LOCAL_GET, 0, I32_CONST, 1, 0x6a)),
          },
        ],
        exports: [
          { name: "new", function: { added: 0 } },
          { name: "triple", function: { addedImport: 0 } },
          { name: "table", kind: "table", index: 0 },
        ],
      },
      { triple: (value: number) => value * 3 },
    );
    expect(Object.keys(exports).sort()).toEqual(["new", "table", "triple"]);
    expect(call("new", 2)).toBe(25);
  });

  it("appends functions to the table", () => {
    const { exports } = run(
      {
        addedImports: [{ module: "host", name: "triple", params: ["i32"], results: ["i32"] }],
        tableElements: [{ addedImport: 0 }, { existing: indexOf("quadruple") }],
      },
      { triple: (value: number) => value * 3 },
    );
    const table = exports["table"] as WebAssembly.Table;
    expect(table.length).toBe(5);
    expect([3, 4].map((slot) => table.get(slot)(2))).toEqual([6, 8]);
  });

  it("takes the references that were found before", () => {
    const references = functionReferences(MODULE, readModule(MODULE));
    expect(relink(MODULE, { references })).toEqual(relink(MODULE, {}));
  });

  it.each([
    [{ replaced: new Map([[1, { existing: 99 }]]) }, "expected the index of a function, got 99"],
    [{ exports: [{ name: "x", function: { existing: -1 } }] }, "expected the index of a function, got -1"],
  ] satisfies [RelinkEdit, string][])("refuses an edit that doesn't fit: %j", (edit, message) => {
    expect(() => relink(MODULE, edit)).toThrow(new RangeError(message));
  });

  it("refuses to append to a table that isn't there", () => {
    const edit: RelinkEdit = { tableElements: [{ existing: 0 }] };
    expect(() => relink(assemble("(module (func))"), edit)).toThrow(RangeError);
  });
});
