import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeModule } from "./describe.js";
import { WasmFormatError } from "./errors.js";
import { readModule } from "./module.js";
import { assemble, ENGINE_SAMPLES, moduleOf, NEWER_SAMPLES, sectionOf } from "./testing/modules.js";
import type { Module } from "./types.js";

const plugin = sample("a plug-in");

describe("readModule", () => {
  it.each(ENGINE_SAMPLES)("sees what the engine sees in $name", ({ bytes }) => {
    expect(WebAssembly.validate(bytes)).toBe(true);
    expectAsEngine(readModule(bytes), bytes);
  });

  it.each(NEWER_SAMPLES)("reads $name", ({ bytes }) => {
    expect(readModule(bytes).size).toBe(bytes.length);
  });

  it("resolves the signatures of imported and exported functions", () => {
    const { imports, exports } = readModule(plugin);
    expect(
      imports.map((item) => item.kind === "function" && [item.name, signature(item.entry.signature)]),
    ).toEqual([
      ["input_length", [[], ["i64"]]],
      ["output_set", [["i64", "i64"], []]],
      ["lookup", [["i64"], ["i64"]]],
    ]);
    expect(
      exports.flatMap((item) => (item.signature ? [[item.name, signature(item.signature)]] : [])),
    ).toEqual([
      ["greet", [[], ["i32"]]],
      [
        "wide",
        [
          ["i32", "i64", "f32", "f64"],
          ["i32", "i64"],
        ],
      ],
    ]);
  });

  it("keeps the offsets of what an editor may cut", () => {
    const { memories, globals, data, bodies } = readModule(plugin);
    const at = (range: { start: number; end: number } | undefined) =>
      range && [...plugin.subarray(range.start, range.end)];
    expect(at(memories[0]?.limits.range)).toEqual([1, 2, 16]);
    expect(at(globals[0]?.init)).toEqual([0x41, 0x90, 0xdd, 0x7b, 0x0b]);
    expect(at(data[0]?.offset)).toEqual([0x41, 0x80, 0x08, 0x0b]);
    expect(String.fromCharCode(...(at(data[1]?.bytes) ?? []))).toBe("later");
    expect(at(bodies[1])).toEqual([0, 0x41, 0, 0x0b]);
  });

  it("puts imported entries of an index space first", () => {
    const { functions, memories } = readModule(
      assemble(`(module (import "a" "f" (func)) (import "a" "m" (memory 1)) (memory 2) (func (param i32)))`),
    );
    expect(functions.map(({ imported }) => imported)).toEqual([true, false]);
    expect(memories.map(({ imported, limits }) => [imported, limits.min])).toEqual([
      [true, 1n],
      [false, 2n],
    ]);
  });

  it("reads which memory a data segment belongs to", () => {
    expect(readModule(sample("two memories")).data[0]?.memory).toBe(1);
    expect(readModule(plugin).data.map(({ memory }) => memory)).toEqual([0, undefined]);
  });

  it.each([
    ["a 64-bit memory", { min: 1n, max: 2n ** 48n, index: "i64", shared: false }],
    ["shared memory", { min: 1n, max: 5n, index: "i32", shared: true }],
    ["pages of one byte", { min: 16n, max: 32n, index: "i32", shared: false }],
  ])("reads the limits of %s", (name, limits) => {
    expect(readModule(sample(name)).memories[0]?.limits).toMatchObject(limits);
  });

  it("reads the page size that a memory declares", () => {
    expect(readModule(sample("pages of one byte")).memories[0]?.pageSize).toBe(1);
    expect(readModule(plugin).memories[0]?.pageSize).toBe(65536);
  });

  it("steps over the types of garbage collection, and decodes the functions among them", () => {
    const { types, functions } = readModule(sample("types of garbage collection"));
    expect(types.map(({ kind }) => kind)).toEqual(["struct", "array", "array", "func", "func"]);
    expect(signature(functions[0]?.signature)).toEqual([
      ["(ref null 0)", "(ref struct)", "anyref"],
      ["funcref"],
    ]);
  });

  it("passes on a type of a form that it doesn't know, and leaves what stands behind it open", () => {
    const bytes = moduleOf(
      sectionOf(1, 3, 0x60, 0, 0, 0x5d, 0, 0x60, 1, 0x7f, 0),
      sectionOf(2, 2, 0, 1, 0x61, 0, 0, 0, 1, 0x62, 0, 2),
    );
    const { types, functions } = readModule(bytes);
    expect(types.map(({ kind }) => kind)).toEqual(["func", "unknown"]);
    expect(functions.map((entry) => signature(entry.signature))).toEqual([[[], []], undefined]);
  });

  it("reads the names, producers and target features", () => {
    const { names } = readModule(plugin);
    expect(names.module).toBe("plugin");
    expect(names.functions.get(4)).toBe("greet");

    const text = (value: string) => [value.length, ...new TextEncoder().encode(value)];
    const producers = [...text("producers"), 1, ...text("language"), 1, ...text("C"), ...text("11")];
    const features = [...text("target_features"), 2, 0x2b, ...text("simd"), 0x2d, ...text("x")];
    const module = readModule(moduleOf(sectionOf(0, ...producers), sectionOf(0, ...features)));
    expect(module.producers).toEqual([{ field: "language", name: "C", version: "11" }]);
    expect(module.targetFeatures).toEqual([
      { prefix: "+", name: "simd" },
      { prefix: "-", name: "x" },
    ]);
    expect(module.problems).toEqual([]);
  });

  it("reports a name section that can't be read, but reads the module", () => {
    const { names, problems } = readModule(moduleOf(sectionOf(0, 4, 0x6e, 0x61, 0x6d, 0x65, 0, 9)));
    expect(names.module).toBeUndefined();
    expect(problems).toEqual([
      { section: "name", offset: 17, message: expect.stringContaining("expected a subsection, 9 bytes") },
    ]);
  });

  it.each([
    [
      "more types than bytes",
      [[1, 5, 0xff, 0xff, 0xff, 0xff, 0x0f]],
      "malformed",
      "4294967295 types declared",
    ],
    ["bytes behind the last type", [[1, 2, 0, 0]], "malformed", "1 more bytes belong to it"],
    [
      "a type index out of range",
      [
        [1, 4, 1, 0x60, 0, 0],
        [3, 2, 1, 1],
      ],
      "malformed",
      "there are only 1 types",
    ],
    [
      "a function of a struct type",
      [
        [1, 3, 1, 0x5f, 0],
        [3, 2, 1, 0],
      ],
      "malformed",
      "of type struct",
    ],
    [
      "an unknown value type",
      [[1, 5, 1, 0x60, 1, 0x40, 0]],
      "unsupported",
      "a value type for one of the parameters",
    ],
    ["an unknown kind of import", [[2, 6, 1, 0, 0, 9, 0, 0]], "malformed", "got 9"],
    ["unknown limits", [[5, 3, 1, 0x10, 1]], "unsupported", "flags 0x10"],
    ["pages that are too large", [[5, 4, 1, 0x08, 1, 17]], "malformed", "at most 2^16"],
    ["an export that is not there", [[7, 5, 1, 1, 0x61, 2, 0]], "malformed", "index of a memory below 0"],
    [
      "a start function that is not there",
      [[8, 1, 0]],
      "malformed",
      "the start function at offset 10 below 0",
    ],
    [
      "a global of a changing value",
      [[6, 6, 1, 0x7f, 0, 0x20, 0, 0x0b]],
      "unsupported",
      "constant instruction",
    ],
    ["a global without an end", [[6, 5, 1, 0x7f, 0, 0x41, 0]], "malformed", "the global section ends there"],
    [
      "functions without bodies",
      [
        [1, 4, 1, 0x60, 0, 0],
        [3, 2, 1, 0],
      ],
      "malformed",
      "declares 1 functions",
    ],
    ["fewer data segments than counted", [[12, 1, 1]], "malformed", "declares 1 data segments"],
    ["an unknown mode of a data segment", [[11, 3, 1, 3, 0]], "malformed", "0 to 2"],
    [
      "a body past its section",
      [
        [1, 4, 1, 0x60, 0, 0],
        [3, 2, 1, 0],
        [10, 4, 1, 9, 0, 0x0b],
      ],
      "malformed",
      "9 bytes",
    ],
    [
      "a tag of another attribute",
      [
        [1, 4, 1, 0x60, 0, 0],
        [13, 3, 1, 1, 0],
      ],
      "malformed",
      "to be 0, got 1",
    ],
  ])("refuses %s", (_, sections, code, message) => {
    const read = () => readModule(moduleOf(...sections));
    expect(read).toThrow(WasmFormatError);
    expect(read).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });
});

describe("hostile bytes", () => {
  const samples = [...ENGINE_SAMPLES, ...NEWER_SAMPLES].map(({ bytes }) => bytes);

  it("a module cut anywhere is a module or a format error", () => {
    for (const bytes of samples) {
      for (let length = 0; length < bytes.length; length += 1) readOrRefuse(bytes.subarray(0, length));
    }
  });

  it("changed bytes are read as the engine reads them, or refused with a format error", () => {
    const change = fc.record({ at: fc.nat(), value: fc.nat(255), insert: fc.boolean() });
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        (bytes, changes) => {
          const mutated = [...bytes];
          // Behind the preamble: anything that hits that is refused at once.
          for (const { at, value, insert } of changes)
            mutated.splice(8 + (at % mutated.length), insert ? 0 : 1, value);
          const result = Uint8Array.from(mutated);
          const module = readOrRefuse(result);
          if (!WebAssembly.validate(result)) return;
          if (!module) throw new Error("refused a module that the engine accepts");
          expectAsEngine(module, result);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("arbitrary bytes behind the preamble are a module or a format error", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(255), { maxLength: 64 }), (bytes) => void readOrRefuse(moduleOf(bytes))),
    );
  });

  it("more entries than engines take are refused before they are read", () => {
    const entries = 1_000_001;
    const bytes = new Uint8Array(8 + 5 + 3 + entries);
    // The function section; its length and count in LEB128.
    bytes.set([...moduleOf(), 3, 0xc4, 0x84, 0x3d, 0xc1, 0x84, 0x3d]);
    const exact = bytes.subarray(0, 8 + 4 + 3 + entries);
    expect(() => readModule(exact)).toThrow("1000001 functions declared at offset 12; at most 1000000");
  });

  it("reads bytes of shared memory", () => {
    const shared = new Uint8Array(new SharedArrayBuffer(plugin.length));
    shared.set(plugin);
    expect(readModule(shared)).toEqual(readModule(plugin));
  });
});

function readOrRefuse(bytes: Uint8Array): Module | undefined {
  try {
    JSON.stringify(describeModule(bytes));
    return readModule(bytes);
  } catch (error) {
    if (!(error instanceof WasmFormatError)) throw error;
    expect(error.offset).toBeLessThanOrEqual(bytes.length);
    expect(["truncated", "malformed", "unsupported", "not-wasm"]).toContain(error.code);
    return undefined;
  }
}

function expectAsEngine(module: Module, bytes: Uint8Array<ArrayBuffer>): void {
  const compiled = new WebAssembly.Module(bytes);
  expect(module.imports.map(({ module, name, kind }) => ({ module, name, kind }))).toEqual(
    WebAssembly.Module.imports(compiled),
  );
  expect(module.exports.map(({ name, kind }) => ({ name, kind }))).toEqual(
    WebAssembly.Module.exports(compiled),
  );
  for (const section of module.sections) {
    if (section.kind !== "custom") continue;
    const same = module.sections.filter((other) => other.kind === "custom" && other.name === section.name);
    expect(same.map(({ payload }) => [...bytes.subarray(payload.start, payload.end)])).toEqual(
      WebAssembly.Module.customSections(compiled, section.name).map((buffer) => [...new Uint8Array(buffer)]),
    );
  }
}

function sample(name: string): Uint8Array<ArrayBuffer> {
  const found = [...ENGINE_SAMPLES, ...NEWER_SAMPLES].find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no sample ${name}`);
  return found.bytes;
}

function signature(type: { params: readonly string[]; results: readonly string[] } | undefined) {
  return type && [type.params, type.results];
}
