import { normaliseInterface } from "@tenon/schema";
import { describe, expect, it } from "vitest";
import { typescriptHostStub } from "./stub.js";

describe("the stub of an application", () => {
  it("has the names of the generated client, and a sample call of each export", () => {
    const definition = normaliseInterface({
      name: "text-tools",
      version: "1.0.0",
      dates: "Date",
      exports: {
        count: {
          input: { $ref: "#/$defs/TextTools" },
          output: { type: "integer", format: "int64" },
          examples: [{ input: { text: "hello" }, output: 2 }],
        },
        close: {},
        now: { output: { type: "string", format: "date-time" } },
      },
      $defs: { TextTools: { type: "object", required: ["text"], properties: { text: { type: "string" } } } },
    });
    expect(typescriptHostStub(definition)).toEqual({
      // The class gives way to a type of its name, and a method to one that every client has.
      client: "TextTools2",
      create: "createTextTools2",
      calls: [
        { name: "count", call: '.count({ "text": "hello" })', output: "2n" },
        { name: "close", call: ".close_()" },
        { name: "now", call: ".now()", output: 'new Date("2025-01-01T00:00:00Z")' },
      ],
    });
  });

  it("has host functions only where the interface imports some", () => {
    const definition = normaliseInterface({
      name: "asks",
      version: "1.0.0",
      exports: {},
      imports: { ask: { input: true, output: { type: "boolean" } }, tell: { input: true } },
    });
    expect(typescriptHostStub(definition).functions).toEqual({
      type: "AsksFunctions",
      value: '{"ask"(_input) {return false;},\n"tell"(_input) {},}',
    });
  });
});
