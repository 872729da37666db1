import { describe, expect, test } from "vitest";
import { diagnose, withInput } from "../testing/diagnose.js";

const string = { type: "string" };
const bytes = { type: "string", contentEncoding: "base64" };
const time = { type: "string", format: "date-time" };
const integer = (format: string) => ({ type: "integer", format });
const record = { type: "object", required: ["name"], properties: { name: string, age: integer("uint8") } };

function run(operation: unknown) {
  return diagnose({ name: "test", version: "1.0.0", exports: { run: operation } });
}

describe("examples", () => {
  test.each([
    [string, ""],
    [{ type: "boolean" }, false],
    [{ type: "number" }, 1e300],
    [{ type: "integer" }, -9007199254740991],
    [integer("int8"), -128],
    [integer("uint32"), 4294967295],
    [bytes, "AAAA/w=="],
    [time, "2024-02-29T23:59:60.5+01:00"],
    [{}, { anything: [1, null] }],
    [{ type: ["string", "null"] }, null],
    [{ type: "array", items: string }, ["a"]],
    [{ type: "object", additionalProperties: string }, { constructor: "a" }],
    [record, { name: "a", other: 1 }],
    [{ enum: ["a", "b"] }, "b"],
  ])("of %j: %j fits", (schema, value) => {
    expect(run({ input: schema, examples: [{ input: value }] })).toEqual([]);
    expect(run({ output: schema, examples: [{ output: value }] })).toEqual([]);
    expect(diagnose(withInput({ type: "array", items: { ...schema, examples: [value] } }))).toEqual([]);
  });

  test.each([
    [string, 3, ": the example must be a string here, not 3"],
    [{ type: "boolean" }, "true", ': the example must be true or false here, not "true"'],
    [{ type: "number" }, "1", ': the example must be a number here, not "1"'],
    [
      { type: "integer" },
      1.5,
      ": the example must be a whole number from -9007199254740991 to 9007199254740991 here, not 1.5",
    ],
    [integer("uint8"), 256, ": the example must be a whole number from 0 to 255 here, not 256"],
    [
      integer("uint64"),
      2 ** 60,
      ": the example must be a whole number from 0 to 9007199254740991 here, not 1152921504606847000",
    ],
    [bytes, "AAA", ': the example must be base64 text here, not "AAA"'],
    [
      time,
      "2023-02-29T00:00:00Z",
      ': the example must be an RFC 3339 time such as "2024-05-01T12:00:00Z" here, not "2023-02-29T00:00:00Z"',
    ],
    [string, null, ": the example must be a string here, not null"],
    [{ type: "array", items: string }, ["a", 1], "/1: the example must be a string here, not 1"],
    [
      { type: "object", additionalProperties: string },
      { a: 1 },
      "/a: the example must be a string here, not 1",
    ],
    [record, { age: 1 }, ': the example lacks the required field "name"'],
    [record, { name: "a", age: "b" }, '/age: the example must be a whole number from 0 to 255 here, not "b"'],
    [
      { ...record, additionalProperties: false },
      { name: "a", aeg: 1 },
      ': the example has a field "aeg" that isn\'t among the properties; did you mean "age"?',
    ],
    [
      { enum: ["left", "right"] },
      "rigth",
      ': the example must be "left" or "right" here, not "rigth"; did you mean "right"?',
    ],
  ])("of %j: %j doesn't", (schema, value, message) => {
    expect(run({ input: schema, examples: [{ input: value }] })).toEqual([
      `/exports/run/examples/0/input${message}`,
    ]);
    expect(run({ output: schema, examples: [{ output: value }] })).toEqual([
      `/exports/run/examples/0/output${message}`,
    ]);
  });

  test("have an input when the operation takes one, and no value that the operation hasn't", () => {
    expect(run({ input: string, examples: [{ output: 1 }] })).toEqual([
      "/exports/run/examples/0: the example lacks the input that the operation takes",
      "/exports/run/examples/0: the example has an output, and the operation has none",
    ]);
  });

  test("of a schema are checked too", () => {
    expect(diagnose(withInput({ type: "string", examples: ["a", 1] }))).toEqual([
      "/exports/run/input/examples/1: the example must be a string here, not 1",
    ]);
  });
});
