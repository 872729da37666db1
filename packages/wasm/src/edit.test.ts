import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { customSections, withCustomSection, withoutCustomSections } from "./custom-sections.js";
import { rewriteSections, splice } from "./edit.js";
import { readSections, SECTION_ORDER, type Section } from "./framing.js";
import { readModule } from "./module.js";
import { assemble, ENGINE_SAMPLES, moduleOf, NEWER_SAMPLES } from "./testing/modules.js";
import { Encoder } from "./writer.js";

const SAMPLES = [...ENGINE_SAMPLES, ...NEWER_SAMPLES];
const anyEngineModule = fc.constantFrom(...ENGINE_SAMPLES.map(({ bytes }) => bytes));
const anyName = fc.string({ unit: "grapheme", maxLength: 20 });
const anyPayload = fc.uint8Array({ maxLength: 300 });

describe("rewriteSections", () => {
  it.each(SAMPLES)("changes nothing in $name when every section is kept", ({ bytes }) => {
    expect(rewriteSections(bytes, () => "keep")).toEqual(bytes);
  });

  it.each(SAMPLES)("encodes each section of $name as it was", ({ bytes }) => {
    const same = ({ payload }: Section) => bytes.subarray(payload.start, payload.end);
    expect(rewriteSections(bytes, same)).toEqual(bytes);
  });

  it("keeps the padding of a section that it doesn't change", () => {
    const bytes = moduleOf([1, 0x81, 0x80, 0x00, 0], [5, 0x83, 0x00, 1, 0, 1]);
    const changed = rewriteSections(bytes, ({ kind }) =>
      kind === "memory" ? Uint8Array.of(1, 0, 2) : "keep",
    );
    expect(changed).toEqual(moduleOf([1, 0x81, 0x80, 0x00, 0], [5, 3, 1, 0, 2]));
  });

  it("puts added sections where the format wants them", () => {
    const full = moduleOf(...SECTION_ORDER.map((kind) => (kind === "start" ? [] : section(kind))));
    fc.assert(
      fc.property(fc.subarray(SECTION_ORDER.filter((kind) => kind !== "start")), (taken) => {
        const without = rewriteSections(full, ({ kind }) =>
          taken.some((one) => one === kind) ? "drop" : "keep",
        );
        const added = taken.toReversed().map((kind) => ({ kind, payload: Uint8Array.of(0) }));
        expect(rewriteSections(without, () => "keep", added)).toEqual(full);
      }),
    );
  });

  it("replaces a section that is dropped and added in one go", () => {
    const bytes = assemble("(module (memory 1) (func))");
    const changed = rewriteSections(bytes, ({ kind }) => (kind === "memory" ? "drop" : "keep"), [
      { kind: "memory", payload: Uint8Array.of(1, 0, 7) },
    ]);
    expect(WebAssembly.validate(changed)).toBe(true);
    expect(readModule(changed).memories[0]?.limits.min).toBe(7n);
  });

  it("does not write a second section of a known kind", () => {
    const memory = { kind: "memory", payload: Uint8Array.of(0) } as const;
    expect(() => rewriteSections(assemble("(module (memory 1))"), () => "keep", [memory])).toThrow(TypeError);
    expect(() => rewriteSections(moduleOf(), () => "keep", [memory, memory])).toThrow(
      "no second memory section",
    );
  });
});

describe("splice", () => {
  it("changes the limits of a memory in place", () => {
    const bytes = assemble(
      `(module (memory (export "m") 1) (func (export "f") (drop (memory.grow (i32.const 1)))))`,
    );
    const range = readModule(bytes).memories[0]?.limits.range;
    if (!range) throw new Error("no memory");
    const changed = rewriteSections(bytes, ({ kind, payload }) =>
      kind === "memory" ? splice(bytes, payload, [{ ...range, bytes: Uint8Array.of(1, 1, 200, 1) }]) : "keep",
    );
    expect(WebAssembly.validate(changed)).toBe(true);
    expect(readModule(changed).memories[0]?.limits).toMatchObject({ min: 1n, max: 200n });
  });

  it("inserts, replaces and removes", () => {
    const bytes = Uint8Array.of(0, 1, 2, 3, 4, 5);
    const changed = splice(bytes, { start: 1, end: 5 }, [
      { start: 1, end: 1, bytes: Uint8Array.of(9) },
      { start: 2, end: 3, bytes: Uint8Array.of(8, 8) },
      { start: 4, end: 5, bytes: Uint8Array.of() },
    ]);
    expect([...changed]).toEqual([9, 1, 8, 8, 3]);
  });

  it.each([
    ["before the range", [[0, 2]]],
    ["past the range", [[3, 6]]],
    [
      "that overlap",
      [
        [1, 3],
        [2, 4],
      ],
    ],
    ["that run backwards", [[3, 2]]],
  ])("refuses replacements %s", (_, ranges) => {
    const replacements = ranges.map(([start = 0, end = 0]) => ({ start, end, bytes: Uint8Array.of() }));
    expect(() => splice(new Uint8Array(8), { start: 1, end: 5 }, replacements)).toThrow(RangeError);
  });
});

describe("custom sections", () => {
  it("are read back under any name with any payload, by us and by the engine", () => {
    fc.assert(
      fc.property(anyEngineModule, anyName, anyPayload, (bytes, name, payload) => {
        const changed = withCustomSection(bytes, name, payload);
        expect(customSections(changed, name)).toEqual([payload]);
        const seen = WebAssembly.Module.customSections(new WebAssembly.Module(changed), name);
        expect(seen.map((buffer) => new Uint8Array(buffer))).toEqual([payload]);
      }),
    );
  });

  it("replace the ones of the same name and leave every other section as it is", () => {
    fc.assert(
      fc.property(anyEngineModule, anyName, anyPayload, anyPayload, (bytes, name, first, second) => {
        const changed = withCustomSection(withCustomSection(bytes, name, first), name, second);
        expect(customSections(changed, name)).toEqual([second]);
        expect(others(changed, name)).toEqual(others(bytes, name));
      }),
    );
  });

  it("can be removed again, which leaves the module that was", () => {
    fc.assert(
      fc.property(anyEngineModule, anyName, anyPayload, (bytes, name, payload) => {
        fc.pre(customSections(bytes, name).length === 0);
        const changed = withCustomSection(bytes, name, payload);
        expect(withoutCustomSections(changed, (other) => other === name)).toEqual(bytes);
      }),
    );
  });

  it("are removed by name, and the engine accepts what is left", () => {
    for (const { bytes } of ENGINE_SAMPLES) {
      const stripped = withoutCustomSections(bytes, () => true);
      expect(WebAssembly.validate(stripped)).toBe(true);
      expect(readSections(stripped).filter(({ kind }) => kind === "custom")).toEqual([]);
    }
  });

  it("are copies that share no memory with the module", () => {
    const bytes = Buffer.from(withCustomSection(moduleOf(), "a", Uint8Array.of(1, 2)));
    const [payload] = customSections(bytes, "a");
    bytes.fill(0);
    expect(payload).toEqual(Uint8Array.of(1, 2));
  });

  it("have names of whole characters", () => {
    expect(() => withCustomSection(moduleOf(), "\ud800", Uint8Array.of())).toThrow(TypeError);
  });
});

describe("Encoder", () => {
  it("grows as far as it has to", () => {
    const encoder = new Encoder();
    encoder.bytes(new Uint8Array(1000).fill(7));
    encoder.sized(Uint8Array.of(1));
    expect(encoder.length).toBe(1002);
    expect([...encoder.finish().subarray(998)]).toEqual([7, 7, 1, 1]);
  });
});

function others(bytes: Uint8Array, name: string): Uint8Array[] {
  return readSections(bytes)
    .filter((section) => section.kind !== "custom" || section.name !== name)
    .map(({ range }) => bytes.slice(range.start, range.end));
}

/** A section of a list with no entries. */
function section(kind: (typeof SECTION_ORDER)[number]): number[] {
  return [...rewriteSections(moduleOf(), () => "keep", [{ kind, payload: Uint8Array.of(0) }]).subarray(8)];
}
