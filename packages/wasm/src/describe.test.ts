import { describe, expect, it } from "vitest";
import { describeModule } from "./describe.js";
import { formatSignature } from "./signature.js";
import { assemble, ENGINE_SAMPLES, moduleOf, NEWER_SAMPLES, sectionOf } from "./testing/modules.js";

describe("describeModule", () => {
  it("sums up a plug-in", () => {
    const bytes = assemble(`(module $plugin
      (import "extism:host/env" "output_set" (func (param i64 i64)))
      (import "env" "table" (table 2 funcref))
      (import "env" "base" (global (mut i32)))
      (memory (export "memory") 2 16)
      (data (i32.const 8) "12345")
      (tag (export "failure") (param i32))
      (global (export "limit") i64 (i64.const 1))
      (func $init)
      (func (export "greet") (result i32) (i32.const 0))
      (start $init))`);
    expect(describeModule(bytes)).toEqual({
      size: bytes.length,
      name: "plugin",
      imports: [
        { module: "extism:host/env", name: "output_set", kind: "function", type: "(i64, i64) -> ()" },
        { module: "env", name: "table", kind: "table", type: "2.. funcref" },
        { module: "env", name: "base", kind: "global", type: "mut i32" },
      ],
      exports: [
        { name: "memory", kind: "memory", type: "2..16 pages" },
        { name: "failure", kind: "tag", type: "(i32) -> ()" },
        { name: "limit", kind: "global", type: "i64" },
        { name: "greet", kind: "function", type: "() -> i32" },
      ],
      memories: [
        {
          imported: false,
          exportedAs: ["memory"],
          minPages: 2,
          maxPages: 16,
          minBytes: 131072,
          maxBytes: 1048576,
          pageSize: 65536,
          shared: false,
          index: "i32",
        },
      ],
      tables: [{ imported: true, exportedAs: [], element: "funcref", min: 2, max: null, index: "i32" }],
      start: { function: 1, name: "init" },
      code: { functions: 2, size: 6 },
      data: { segments: 1, size: 5 },
      customSections: [{ name: "name", size: expect.any(Number) }],
      producers: [],
      targetFeatures: [],
      problems: [],
    });
  });

  it.each([...ENGINE_SAMPLES, ...NEWER_SAMPLES])("is plain JSON for $name", ({ bytes }) => {
    const summary = describeModule(bytes);
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
  });

  it.each([
    [[5, 3, 1, 0x04, 1], "i64 1.. pages"],
    [[5, 4, 1, 0x03, 1, 2], "shared 1..2 pages"],
    [[5, 5, 1, 0x09, 1, 2, 0], "1..2 pages of 1 bytes"],
  ])("words the memory %j as %s", (memory, type) => {
    const bytes = moduleOf(memory, sectionOf(7, 1, 1, 0x6d, 2, 0));
    expect(describeModule(bytes).exports).toEqual([{ name: "m", kind: "memory", type }]);
  });

  it("reports custom sections that can't be read", () => {
    const bytes = moduleOf(sectionOf(0, 9, ...new TextEncoder().encode("producers"), 5));
    expect(describeModule(bytes).problems).toEqual([
      expect.stringContaining('custom section "producers": 5 producers'),
    ]);
  });
});

describe("formatSignature", () => {
  it.each([
    [[], [], "() -> ()"],
    [["i64", "i64"], ["i64"], "(i64, i64) -> i64"],
    [["externref"], ["i32", "f32"], "(externref) -> (i32, f32)"],
  ] as const)("spells %j to %j as %s", (params, results, text) => {
    expect(formatSignature({ params, results })).toBe(text);
  });

  it("cuts a list that is long enough to blow up a listing", () => {
    const params = Array<"i32">(1000).fill("i32");
    expect(formatSignature({ params, results: [] })).toMatch(/^\((i32, ){16}… 984 more\) -> \(\)$/);
  });
});
