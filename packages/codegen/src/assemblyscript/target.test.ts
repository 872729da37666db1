import type { Interface } from "@tenon/schema";
import { beforeAll, describe, expect, it } from "vitest";
import { TargetError } from "../target.js";
import { assemblyscript } from "./target.js";
import { compilePlugin } from "./testing/compile.js";
import { TestHost, text, utf8 } from "./testing/host.js";
import {
  any,
  definition,
  enumOf,
  list,
  map,
  named,
  nullable,
  operation,
  payload,
  record,
  ref,
  scalar,
} from "./testing/interfaces.js";
import { pack, unpack } from "./testing/messagepack.js";

const string = scalar("string");

/** Small, and with something of everything. */
const textTools = definition({
  name: "text-tools",
  version: "1.2.0",
  types: [
    named("Text", record({ text: string, "language?": ref("Language") }), {
      description: "A text to look at.",
    }),
    named("Language", enumOf("en", "pt-br")),
    named(
      "VowelReport",
      {
        kind: "record",
        closed: true,
        fields: [
          {
            name: "count",
            description: "How many there are.",
            deprecated: false,
            optional: false,
            type: scalar("uint32"),
          },
          { name: "vowels", deprecated: false, optional: false, type: list(string) },
          { name: "per-letter", deprecated: true, optional: true, type: map(scalar("float64")) },
          { name: "note", deprecated: false, optional: true, type: nullable(string) },
        ],
      },
      { description: "What counting found.\n\nEvery vowel is there once. */" },
    ),
    named("Node", record({ value: any, "next?": ref("Node") }), { recursive: true }),
    named("TextError", record({ reason: string })),
  ],
  exports: [
    operation("countVowels", {
      description: "Counts the vowels of a text.",
      input: payload("messagepack", ref("Text")),
      output: payload("messagepack", ref("VowelReport")),
      errors: payload("json", ref("TextError")),
    }),
    operation("slugify", { input: payload("text", string), output: payload("text", string) }),
    operation("walk", { input: payload("json", ref("Node")) }),
  ],
  imports: [
    operation("lookup", {
      description: "Looks a term up.",
      input: payload("text", string),
      output: payload("messagepack", nullable(string)),
    }),
  ],
});

const textToolsAuthor = `
import { CountVowelsOutcome, host, Node, Text, TextError, VowelReport } from "./generated/text-tools.guest";
export function countVowels(input: Text): CountVowelsOutcome {
  if (!input.text.length) return CountVowelsOutcome.fail(new TextError("empty"));
  return CountVowelsOutcome.ok(new VowelReport(input.text.length, [input.text]));
}
export function slugify(input: string): string {
  const known = host.lookup(input);
  return known === null ? input : known;
}
export function walk(input: Node): void {}
`;

async function generated(of: Interface, path: string, implementation?: string): Promise<string> {
  const files = await assemblyscript.generate(of, implementation === undefined ? {} : { implementation });
  return files.find((file) => file.path === path)?.content ?? "";
}

describe("generated files", () => {
  it.each(["guest", "exports", "messagepack", "json"])("%s: is what people expect to read", async (part) => {
    // Run vitest with --update to accept a change.
    await expect(await generated(textTools, `text-tools.${part}.ts`)).toMatchFileSnapshot(
      `golden/text-tools.${part}.ts.txt`,
    );
  });

  it("are the same from run to run, and complete", async () => {
    const first = await assemblyscript.generate(textTools, {});
    expect(await assemblyscript.generate(textTools, {})).toEqual(first);
    const paths = new Set(first.map((file) => file.path));
    for (const { path, content } of first) {
      for (const [, from = ""] of content.matchAll(/^(?:import|export) .*"(\.\/[^"]+)";$/gm)) {
        const folder = path.startsWith("tenon/") ? "tenon/" : "";
        expect(paths).toContain(`${folder}${from.slice(2)}.ts`.replace("tenon/tenon/", "tenon/"));
      }
    }
  });

  it("leave out the codecs of an encoding that nothing uses", async () => {
    const plain = definition({ exports: [operation("f", { input: payload("text", string) })] });
    const paths = (await assemblyscript.generate(plain, {})).map((file) => file.path);
    expect(paths.filter((path) => !path.startsWith("tenon/"))).toEqual([
      "sample.guest.ts",
      "sample.exports.ts",
    ]);
  });

  it("import the author's module from where the options say", async () => {
    expect(await generated(textTools, "text-tools.exports.ts")).toContain(
      'import * as plugin from "../plugin";',
    );
    expect(await generated(textTools, "text-tools.exports.ts", "../../src/x")).toContain(
      'from "../../src/x";',
    );
  });
});

describe("a plug-in built for speed", () => {
  let bytes: Uint8Array;

  beforeAll(async () => {
    const compiled = await compilePlugin(textTools, textToolsAuthor, { optimise: true });
    expect(compiled.messages).toBe("");
    bytes = compiled.bytes;
  }, 60_000);

  it("works like any other", () => {
    const host = new TestHost(bytes, { lookup: (term) => pack(text(term) === "x" ? null : "found") });
    const call = (name: string, input: Uint8Array): Uint8Array => host.callDirect(name, input).bytes;
    expect(unpack(call("countVowels", pack({ text: "aé" })))).toEqual({ count: 2, vowels: ["aé"] });
    expect(text(call("countVowels", pack({ text: "" })))).toBe('{"reason":"empty"}');
    expect(text(call("slugify", utf8("x")))).toBe("x");
    expect(text(call("slugify", utf8("y")))).toBe("found");
    expect(host.callDirect("walk", utf8('{"value":[1],"next":{"value":null}}')).status).toBe(0);
  });
});

describe("what AssemblyScript can't express is refused, with the way out", () => {
  const refused = async (of: Partial<Interface>): Promise<unknown> =>
    assemblyscript.generate(definition(of), {}).then(
      () => undefined,
      (error: unknown) => error,
    );

  it.each([
    ["count-vowels", "/exports/count-vowels", "AssemblyScript can't export a function called"],
    ["a/b~c", "/exports/a~1b~0c", "AssemblyScript can't export a function called"],
    ["", "/exports/", "AssemblyScript can't export a function called"],
    ["memory", "/exports/memory", "choose another name"],
    ["tenon_call_x", "/exports/tenon_call_x", "choose another name"],
  ])("an export called %j", async (name, pointer, message) => {
    const error = await refused({ exports: [operation(name)] });
    expect(error).toBeInstanceOf(TargetError);
    expect(error).toMatchObject({
      pointer,
      target: "assemblyscript",
      message: expect.stringContaining(message),
    });
  });

  it("a list of itself", async () => {
    const error = await refused({
      types: [named("A", list(ref("B"))), named("B", nullable(map(ref("A"))))],
      exports: [operation("f", { input: payload("json", ref("A")) })],
    });
    expect(error).toMatchObject({
      pointer: "/$defs/A",
      message: expect.stringContaining("make it an object"),
    });
  });
});

describe("names", () => {
  const nasty = [
    "class",
    "value",
    "at",
    "left",
    "seen",
    "reader",
    "writer",
    "i32",
    "string",
    "constructor",
    "a-b",
    "aB",
  ];
  const names = [
    "delete",
    "$x",
    "zählen",
    "call",
    "plugin",
    "messagepack",
    "json",
    "run",
    "Array",
    "Report",
    "i32",
  ];
  const odd = definition({
    name: "odd",
    types: [
      named(
        "Array",
        record(Object.fromEntries(nasty.map((name, n) => [n % 3 === 2 ? `${name}?` : name, string]))),
      ),
      named("Value", enumOf("a", "text", "parse", "while", "1", "a b", "aB")),
      named("ListOfString", record({ x: list(string) })),
      named("Report", record({ items: list(ref("Array")), value: ref("Value"), l: ref("ListOfString") })),
      named("CallOutcome", record({ x: string })),
    ],
    exports: names.map((name) =>
      operation(name, {
        input: payload(name === "json" ? "json" : "messagepack", ref("Report")),
        output: payload(name === "json" ? "json" : "messagepack", ref("Report")),
        ...(name === "call" ? { errors: payload("json", ref("CallOutcome")) } : {}),
      }),
    ),
    imports: ["delete", "odd name", "value", "Report", "string", "host", "exchange"].map((name) =>
      operation(name, { input: payload("json", ref("Report")), output: payload("json", ref("Report")) }),
    ),
  });
  const authors = names.map((name) =>
    name === "delete" ? "delete_" : name === "$x" ? "x" : name === "zählen" ? "zHlen" : name,
  );
  const author = `
import { CallOutcome2, host, Report as Big } from "./generated/odd.guest";
${authors
  .map((name) =>
    name === "call"
      ? "export function call(input: Big): CallOutcome2 { return CallOutcome2.ok(input); }"
      : `export function ${name}(input: Big): Big { return ${name === "json" ? "host.oddName(input)" : "input"}; }`,
  )
  .join("\n")}`;

  it("of the document survive keywords, globals, and the generator's own names", async () => {
    const { bytes, messages } = await compilePlugin(odd, author);
    expect(messages).toBe("");
    const host = new TestHost(bytes, { "odd name": (argument) => argument });
    const report = {
      items: [
        Object.fromEntries(nasty.map((name) => [name, name])),
        Object.fromEntries(nasty.map((name) => [name, ""])),
      ],
      value: "while",
      l: { x: ["y"] },
    };
    for (const name of names) {
      if (name === "json") continue;
      expect(unpack(host.callDirect(name, pack(report)).bytes)).toEqual(report);
      expect(unpack(host.callKernel(name, pack(report)).bytes)).toEqual(report);
    }
    expect(JSON.parse(text(host.callDirect("json", utf8(JSON.stringify(report))).bytes))).toEqual(report);
  }, 60_000);
});

describe("an author's mistake is a compile error that names the function", () => {
  it.each([
    [
      "missing",
      textToolsAuthor.replace("function walk", "function wander"),
      "Property 'walk' does not exist",
    ],
    [
      "of another type",
      textToolsAuthor.replace("slugify(input: string)", "slugify(input: Node)"),
      "plugin.slugify(input)",
    ],
    [
      "returning another type",
      textToolsAuthor.replace("slugify(input: string): string {", "slugify(input: string): i32 { return 1;"),
      "plugin.slugify(input)",
    ],
  ])(
    "%s",
    async (_, author, message) => {
      const { bytes, messages } = await compilePlugin(textTools, author);
      expect(bytes).toHaveLength(0);
      expect(messages).toContain(message);
    },
    60_000,
  );
});
