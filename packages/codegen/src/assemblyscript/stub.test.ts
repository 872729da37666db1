import { createPlugin } from "@tenon/runtime";
import { type Interface, normaliseInterface } from "@tenon/schema";
import { beforeAll, describe, expect, it } from "vitest";
import { sampleOf } from "../sample.js";
import { assemblyScriptPluginStub } from "./stub.js";
import { compilePlugin } from "./testing/compile.js";

const BINDINGS = "./generated/shapes.guest";
const TEXT = { type: "string" };
const REPORT = { $ref: "#/$defs/Report" };

/** Everything that AssemblyScript needs a form of its own for. */
const DOCUMENT = {
  name: "shapes",
  version: "1.0.0",
  exports: {
    report: {
      description: "Has every kind of field. */",
      output: REPORT,
      errors: { $ref: "#/$defs/Problem" },
      examples: [
        {
          output: {
            colour: "dark green",
            matrix: [[0.5, -1e21], []],
            counts: { a: 1, 'quo"te': 9007199254740991 },
            raw: "Af8=",
            maybe: 7,
            noText: null,
            anything: { list: [null, true, -1, 1.5, "x", {}, []] },
            note: "there",
            depth: 3,
            absentOrNull: "here",
            children: [{ ...minimal(), note: "child" }, minimal()],
          },
        },
      ],
    },
    plain: { input: REPORT, output: REPORT },
    nothing: { deprecated: true },
    words: { output: { type: "array", items: TEXT } },
    // Names that the module has already.
    Report: { input: REPORT, output: TEXT },
    Box: { output: { type: ["integer", "null"], format: "int32" }, examples: [{ output: 5 }] },
    delete: { output: TEXT },
  },
  imports: { lookup: { input: TEXT, output: TEXT } },
  $defs: {
    Problem: { type: "object", required: ["why"], properties: { why: TEXT } },
    Colour: { enum: ["red", "dark green"] },
    Report: {
      type: "object",
      required: ["colour", "matrix", "counts", "raw", "maybe", "noText", "anything"],
      properties: {
        colour: { $ref: "#/$defs/Colour" },
        note: TEXT,
        matrix: { type: "array", items: { type: "array", items: { type: "number" } } },
        counts: { type: "object", additionalProperties: { type: "integer", format: "int64" } },
        raw: { type: "string", contentEncoding: "base64" },
        maybe: { type: ["integer", "null"], format: "int8" },
        noText: { type: ["string", "null"] },
        anything: {},
        depth: { type: "integer", format: "uint16" },
        absentOrNull: { type: ["string", "null"] },
        children: { type: "array", items: REPORT },
      },
    },
  },
};

function minimal() {
  return { colour: "red", matrix: [], counts: {}, raw: "", maybe: null, noText: "", anything: null };
}

describe("a stub in AssemblyScript", () => {
  let definition: Interface;
  let stub = "";

  beforeAll(async () => {
    definition = normaliseInterface(DOCUMENT);
    stub = await assemblyScriptPluginStub(definition, BINDINGS);
  });

  it("compiles, and answers every call with the sample", async () => {
    const { bytes, messages } = await compilePlugin(definition, stub);
    expect(messages).toBe("");
    const functions = { "extism:host/user": { lookup: () => 0n } };
    const plugin = await createPlugin(bytes, { functions });
    const input = JSON.stringify(minimal());
    for (const operation of definition.exports) {
      const output = await plugin.call(operation.name, operation.input && input);
      const { output: expected } = sampleOf(definition, operation);
      expect([operation.name, output?.byteLength ? output.json() : undefined]).toEqual([
        operation.name,
        expected,
      ]);
    }
    await plugin.close();
  }, 60_000);

  it("is text that a person can go on from", () => {
    expect(stub).toMatch(/^\/\/ The plug-in: one function for each export of the interface\.\n/);
    expect(stub).toContain('which offers "lookup".');
    expect(stub).toContain(
      "/** @deprecated */\nexport function nothing(): void {\n  // Your code goes here.\n}",
    );
    expect(stub).toContain("return ReportOutcome.ok(");
  });

  it("imports its bindings also when it needs nothing of them, as they are found by that", async () => {
    const small = normaliseInterface({ name: "small", version: "1.0.0", exports: { f: { output: TEXT } } });
    expect(await assemblyScriptPluginStub(small, "./gen/small.guest")).toContain(
      'import { log } from "./gen/small.guest";',
    );
  });
});
