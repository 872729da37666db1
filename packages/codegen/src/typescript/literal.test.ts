import { normaliseInterface } from "@tenon/schema";
import { describe, expect, it } from "vitest";
import { sampleOf } from "../sample.js";
import { literal } from "./literal.js";

const BYTES = { type: "string", contentEncoding: "base64" };
const BIG = { type: "integer", format: "int64" };
const TIME = { type: "string", format: "date-time" };

/** What an example becomes, evaluated. */
function evaluated(output: object | boolean, example: unknown, more: object = {}): unknown {
  const exports = { f: { output, examples: [{ output: example }] } };
  const definition = normaliseInterface({ name: "s", version: "1.0.0", exports, ...more });
  const [operation] = definition.exports;
  if (operation?.output === undefined) throw new Error("the export has an output");
  const text = literal(definition, operation.output.type, sampleOf(definition, operation).output);
  return new Function(`return (${text});`)();
}

describe("an example as a TypeScript expression", () => {
  it.each([
    [{ type: "string" }, 'a "b"\n\u2028`', 'a "b"\n\u2028`'],
    [BIG, -42, -42n],
    [{ type: ["integer", "null"], format: "uint64" }, null, null],
    [BYTES, "Af8=", Uint8Array.of(1, 255)],
    [BYTES, "", new Uint8Array()],
    [TIME, "2025-01-01T00:00:00Z", "2025-01-01T00:00:00Z"],
    [{ enum: ["x y"] }, "x y", "x y"],
    [{ type: "array", items: BIG }, [1, 2], [1n, 2n]],
    [{ type: "object", additionalProperties: BYTES }, { a: "AA==" }, { a: Uint8Array.of(0) }],
    [
      { type: "object", required: ["foo-bar"], properties: { "foo-bar": BIG, c: { type: "string" } } },
      { "foo-bar": 1 },
      { "foo-bar": 1n },
    ],
    [true, [{ a: [1.5, null, "x"] }], [{ a: [1.5, null, "x"] }]],
  ])("of %j: %j", (schema, example, value) => {
    expect(evaluated(schema, example)).toEqual(value);
  });

  it("is a Date where the interface says so", () => {
    expect(evaluated(TIME, "2025-01-01T00:00:00Z", { dates: "Date" })).toEqual(
      new Date("2025-01-01T00:00:00Z"),
    );
  });

  it.each([[true], [{ type: "object", additionalProperties: {} }]])(
    "sets no prototype with the key __proto__ of %j",
    (schema) => {
      const value = evaluated(schema, JSON.parse('{"__proto__":{"polluted":1}}'));
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(Object.keys(value as object)).toEqual(["__proto__"]);
    },
  );
});
