import { type Interface, normaliseInterface } from "@tenon/schema";
import { describe, expect, it } from "vitest";
import { sampleOf } from "./sample.js";
import { everything } from "./testing/everything.js";

function sample(operation: object, $defs: object = {}): unknown {
  const definition = normaliseInterface({ name: "s", version: "1.0.0", exports: { f: operation }, $defs });
  return sampleOf(definition, only(definition));
}

function only({ exports: [operation] }: Interface) {
  if (operation === undefined) throw new Error("the interface has an export");
  return operation;
}

const TEXT = { type: "string" };
const POINT = {
  type: "object",
  required: ["x"],
  properties: { x: { type: "number", format: "float" }, label: TEXT },
};

describe("a sample", () => {
  it.each([
    [TEXT, "text"],
    [{ type: "integer", format: "uint64" }, 0],
    [{ type: "boolean" }, false],
    [{ type: "string", contentEncoding: "base64" }, ""],
    [{ type: "string", format: "date-time" }, "2025-01-01T00:00:00Z"],
    [{ enum: ["b", "a"] }, "b"],
    [{ type: ["string", "null"] }, null],
    [{ type: "array", items: TEXT }, []],
    [{ type: "object", additionalProperties: TEXT }, {}],
    [true, null],
    [POINT, { x: 0 }],
  ])("of %j is as plain as can be: %j", (output, value) => {
    expect(sample({ output })).toEqual({ output: value });
  });

  it("of every type of an interface ends, recursive ones too", async () => {
    const definition = await everything();
    for (const operation of definition.exports) {
      expect(Object.keys(sampleOf(definition, operation))).toEqual(
        (["input", "output"] as const).filter((side) => operation[side] !== undefined),
      );
    }
  });

  it("is the first example that says everything", () => {
    const examples = [{ input: "half" }, { input: "a", output: "b" }, { input: "c", output: "d" }];
    expect(sample({ input: TEXT, output: TEXT, examples })).toEqual({ input: "a", output: "b" });
    expect(sample({ input: TEXT, output: TEXT, examples: [{ input: "half" }] })).toEqual({
      input: "half",
      output: "text",
    });
  });

  it("has nothing that its type has no place for, and numbers as they arrive", () => {
    const examples = [{ output: [{ x: 0.1, y: 2, label: "l" }] }];
    expect(sample({ output: { type: "array", items: POINT }, examples })).toEqual({
      output: [{ x: Math.fround(0.1), label: "l" }],
    });
  });

  it("passes an example by that would fill the screen", () => {
    expect(sample({ output: TEXT, examples: [{ output: "x".repeat(3000) }] })).toEqual({ output: "text" });
  });
});
