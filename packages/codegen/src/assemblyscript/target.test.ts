import type { Interface } from "@tenon/schema";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { TargetError } from "../target.js";
import { assemblyscript } from "./target.js";
import { compilePlugin } from "./testing/compile.js";
import { TestHost, text, utf8 } from "./testing/host.js";
import {
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
import { textTools, textToolsAuthor } from "./testing/text-tools.js";

// Compiling takes seconds where the machine is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const string = scalar("string");

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
  });

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
  });
});

/** Something that compiles quickly. */
const small = definition({
  exports: [operation("slugify", { input: payload("text", string), output: payload("text", string) })],
});

async function failure(author: string, runtime?: string): Promise<string> {
  const compiled = await compilePlugin(small, author, runtime === undefined ? {} : { runtime });
  expect(compiled.bytes).toHaveLength(0);
  return compiled.messages;
}

describe("a runtime that a plug-in can't have is a compile error", () => {
  it.each([
    ["minimal", "--runtime minimal needs Tenon's heap"],
    ["stub", "can't be compiled with --runtime stub"],
  ])("%s", async (runtime, message) => {
    const author = "export function slugify(input: string): string { return input; }";
    expect(await failure(author, runtime)).toContain(message);
  });
});

describe("an author's mistake is a compile error that names the function", () => {
  it.each([
    [
      "missing",
      "export function slug(input: string): string { return input; }",
      "Property 'slugify' does not",
    ],
    [
      "of another type",
      "export function slugify(input: Date): string { return ''; }",
      "plugin.slugify(input)",
    ],
    [
      "returning another type",
      "export function slugify(input: string): i32 { return 1; }",
      "plugin.slugify(input)",
    ],
  ])("%s", async (_, author, message) => {
    expect(await failure(author)).toContain(message);
  });
});
