import { describe, expect, test } from "vitest";
import type { Encoding } from "../ir.js";
import { normaliseInterface } from "../normalise-interface.js";
import { diagnose, withDefinitions } from "../testing/diagnose.js";

const string = { type: "string" };
const bytes = { type: "string", contentEncoding: "base64" };

function document(operation: unknown, encoding?: unknown) {
  return {
    ...withDefinitions({ Alias: string, Bytes: bytes }, operation),
    ...(encoding !== undefined && { encoding }),
  };
}

describe("the encoding of a payload", () => {
  test.each<[string, unknown, unknown, Encoding | undefined, [string, string]]>([
    ["is json when nothing is said", { input: {}, output: {} }, undefined, undefined, ["json", "json"]],
    [
      "is the document's",
      { input: {}, output: {} },
      "messagepack",
      undefined,
      ["messagepack", "messagepack"],
    ],
    [
      "is the one asked for instead",
      { input: {}, output: {} },
      "json",
      "messagepack",
      ["messagepack", "messagepack"],
    ],
    [
      "is the operation's first",
      { encoding: "text", input: string, output: string },
      "json",
      "messagepack",
      ["text", "text"],
    ],
    [
      "is its own before all",
      { encoding: "binary", input: { ...string, encoding: "text" }, output: bytes },
      "messagepack",
      undefined,
      ["text", "binary"],
    ],
  ])("%s", (_, operation, standard, encoding, expected) => {
    const [run] = normaliseInterface(document(operation, standard), {
      ...(encoding && { encoding }),
    }).exports;
    expect([run?.input?.encoding, run?.output?.encoding]).toEqual(expected);
  });

  test("of errors is always json", () => {
    const [run] = normaliseInterface(document({ encoding: "text", errors: { type: "integer" } })).exports;
    expect(run).toMatchObject({ errors: { encoding: "json", type: { kind: "scalar", scalar: "integer" } } });
    expect(diagnose(document({ errors: { encoding: "json" } }))).toMatchObject([
      expect.stringContaining('/exports/run/errors: "encoding" has no meaning here'),
    ]);
  });
});

describe("text and binary", () => {
  test.each([
    [{ encoding: "text" }, string, "string"],
    [{ encoding: "text" }, { $ref: "#/$defs/Alias" }, "string"],
    [{ encoding: "binary" }, bytes, "bytes"],
    [{ encoding: "binary" }, { $ref: "#/$defs/Bytes" }, "bytes"],
    [{ encoding: "binary" }, {}, "bytes"],
    [{ encoding: "binary" }, true, "bytes"],
    [{ encoding: "binary" }, { contentEncoding: "base64", description: "Pixels." }, "bytes"],
  ])("%j carries %j", (operation, input, scalar) => {
    const [run] = normaliseInterface(document({ ...operation, input })).exports;
    expect(run?.input?.type).toEqual({ kind: "scalar", scalar });
  });

  test.each([
    [
      { encoding: "text" },
      { type: "integer" },
      'the encoding "text" carries one string, and the input is of the type integer',
    ],
    [{ encoding: "text" }, {}, 'the encoding "text" carries one string, and the input is any value'],
    [
      { encoding: "text" },
      bytes,
      'the encoding "text" carries one string, and the input is of the type bytes',
    ],
    [
      { encoding: "text" },
      { enum: ["a"] },
      'the encoding "text" carries one string, and the input is RunInput',
    ],
    [
      { encoding: "text" },
      { type: ["string", "null"] },
      'the encoding "text" carries one string, and the input is something that may be null',
    ],
    [
      { encoding: "binary" },
      string,
      'the encoding "binary" carries bytes, and the input is of the type string',
    ],
    [
      { encoding: "binary" },
      { type: "array" },
      'the encoding "binary" carries bytes, and the input is a list',
    ],
  ])("%j doesn't carry %j", (operation, input, message) => {
    const found = diagnose(document({ ...operation, input }));
    expect(found).toEqual([
      expect.stringContaining(`/exports/run/input: ${message}; make it {"type": "string"`),
    ]);
  });

  test("say nothing about a schema that is wrong already", () => {
    expect(diagnose(document({ encoding: "text", input: { allOf: [] } }))).toHaveLength(1);
    expect(diagnose(document({ encoding: "binary", input: { $ref: "#/$defs/Nope" } }))).toHaveLength(1);
  });
});
