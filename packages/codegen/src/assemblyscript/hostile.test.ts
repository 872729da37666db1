import fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { compilePlugin } from "./testing/compile.js";
import { TestHost, text, utf8 } from "./testing/host.js";
import { Float64, pack, unpack } from "./testing/messagepack.js";
import { echoAuthor, echoInterface, SHAPES } from "./testing/shapes.js";

// Compiling takes seconds where the machine is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let host: TestHost;

beforeAll(async () => {
  const { bytes, messages } = await compilePlugin(echoInterface, echoAuthor());
  expect(messages).toBe("");
  host = new TestHost(bytes);
});

/** The output as text where the call succeeded, else its error. */
function echo(name: string, input: Uint8Array | string): string {
  const { status, bytes } = host.callDirect(name, typeof input === "string" ? utf8(input) : input);
  if (status === 0) return name.endsWith("_json") ? text(bytes) : JSON.stringify(unpack(bytes));
  expect(status).toBe(1);
  return text(bytes);
}

const item = { id: 1, name: "n", tags: ["a", "b"], score: 1.5, active: true };
const options = {
  ...{ first: "f", count: 0, required: "r", nullableText: "t", nullableCount: 1.5, both: "b", bothCount: 7 },
  ...{ color: "red", nullableColor: null, any: { deep: [1, "two", null, 1.5] }, item, bothItem: item },
};
const tree = { value: 1, children: [{ value: 2, children: [] }], next: { value: 3, children: [] } };
const samples: readonly (readonly [string, unknown])[] = [
  ["item", item],
  ["options", options],
  ["tree", tree],
  ["any", { a: [1, -1.5, "é🤖", null, true, { b: {} }] }],
  ["nested", { a: [{ x: null, y: item }] }],
  ["odd", { class: "é", "with space": "b", "": "\n" }],
];

describe("hostile input never traps", () => {
  it.each(samples)("%s as MessagePack, cut anywhere", (shape, value) => {
    const bytes = pack(value);
    for (let length = 0; length < bytes.length; length++) {
      expect(echo(`${shape}_messagepack`, bytes.subarray(0, length))).toMatch(/^input: \$.*: /);
    }
  });

  it.each(samples)("%s as JSON, cut anywhere", (shape, value) => {
    const bytes = utf8(JSON.stringify(value));
    for (let length = 0; length < bytes.length; length++) {
      expect(echo(`${shape}_json`, bytes.subarray(0, length))).toMatch(/^input: \$.*: /);
    }
  });

  const mutations = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 255 })), {
    minLength: 1,
    maxLength: 4,
  });

  it.each(samples)("%s with bytes changed", (shape, value) => {
    const encoded = { messagepack: pack(value), json: utf8(JSON.stringify(value)) };
    fc.assert(
      fc.property(mutations, fc.constantFrom("messagepack", "json"), (changes, encoding) => {
        const bytes = encoded[encoding].slice();
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        const first = host.callDirect(`${shape}_${encoding}`, bytes);
        const again = host.callKernel(`${shape}_${encoding}`, bytes);
        expect(again.status).toBe(first.status);
        expect(Buffer.compare(again.bytes, first.bytes)).toBe(0);
        if (first.status === 1) expect(text(first.bytes)).toMatch(/^input: \$/);
      }),
      { numRuns: 300 },
    );
  });

  it("any bytes for any shape", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(SHAPES)),
        fc.uint8Array({ maxLength: 40 }),
        (shape, bytes) => {
          expect([0, 1]).toContain(host.callDirect(`${shape}_messagepack`, bytes).status);
          expect([0, 1]).toContain(host.callDirect(`${shape}_json`, bytes).status);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("sizes that are larger than the data", () => {
    const sizes = [0xff, 0xff, 0xff, 0xff];
    for (const shape of Object.keys(SHAPES)) {
      for (const head of [0xc6, 0xdb, 0xdd, 0xdf]) {
        expect(echo(`${shape}_messagepack`, Uint8Array.of(head, ...sizes, 0xc0))).toMatch(/^input: /);
      }
    }
    expect(host.memory.length).toBeLessThan(64 << 20);
  });

  it("nesting without end", () => {
    const deep = "nested deeper than 512 levels";
    const lists = (depth: number): Uint8Array =>
      Uint8Array.from({ length: depth + 1 }, (_, n) => (n < depth ? 0x91 : 0xc0));
    expect(echo("any_messagepack", lists(512))).toBe(`${"[".repeat(512)}null${"]".repeat(512)}`);
    expect(echo("any_messagepack", lists(513))).toContain(deep);
    expect(echo("any_messagepack", lists(1 << 20))).toContain(deep);
    expect(echo("any_json", "[".repeat(512) + "]".repeat(512))).toBe("[".repeat(512) + "]".repeat(512));
    expect(echo("any_json", "[".repeat(513) + "]".repeat(513))).toContain(deep);
    expect(echo("any_json", "[".repeat(1 << 20))).toContain(deep);
    expect(echo("closed_json", `{"x":1,"z":${"[".repeat(1 << 20)}`)).toContain("unknown field");
    expect(echo("allOptional_json", `{"z":${"[".repeat(1 << 20)}`)).toContain(deep);
    // What is skipped is not nested in anything that the plug-in keeps.
    expect(echo("allOptional_messagepack", Uint8Array.of(0x81, 0xa1, 0x7a, ...lists(100_000)))).toBe("{}");
    const chain = (depth: number): string =>
      `${'{"value":1,"children":[],"next":'.repeat(depth - 1)}{"value":1,"children":[]}${"}".repeat(depth - 1)}`;
    expect(echo("tree_json", chain(512))).toBe(
      `${'{"value":1,"children":[],"next":'.repeat(511)}{"value":1,"children":[]}${"}".repeat(511)}`,
    );
    expect(echo("tree_json", chain(513))).toContain(deep);
  });
});

describe("a message says where and why", () => {
  it.each(
    [
      ["item", { ...item, name: null }, "input: $.name: expected string, got nil"],
      [
        "item",
        { ...item, id: "1" },
        "input: $.id: expected integer from -(2^53 - 1) to 2^53 - 1, got string",
      ],
      [
        "item",
        { ...item, id: new Float64(1.5) },
        "input: $.id: expected integer from -(2^53 - 1) to 2^53 - 1, got 1.5",
      ],
      [
        "item",
        { ...item, id: 2n ** 53n },
        "input: $.id: expected integer from -(2^53 - 1) to 2^53 - 1, got 9007199254740992",
      ],
      ["item", { ...item, tags: ["a", 7] }, "input: $.tags[1]: expected string, got 7"],
      ["item", { ...item, active: 1 }, "input: $.active: expected boolean, got 1"],
      ["item", { ...item, score: [] }, "input: $.score: expected number, got array"],
      ["item", [], "input: $: expected map, got array"],
      ["item", { id: 1 }, 'input: $: expected the field "name", which is missing'],
      ["items", [item, item, item, { ...item, name: null }], "input: $[3].name: expected string, got nil"],
      ["closed", { x: 1, z: 2 }, 'input: $: got the unknown field "z"'],
      ["closed", { x: 2 ** 31 }, "input: $.x: expected int32, got 2147483648"],
      ["color", "green", 'input: $: expected one of "red", "dark green", "delete", "", "blå", got "green"'],
      ["colors", ["red", 1], "input: $[1]: expected string, got 1"],
      ["uint8", -1, "input: $: expected uint8, got -1"],
      ["uint64", -1, "input: $: expected uint64, got -1"],
      ["int64", 2n ** 63n, "input: $: expected int64, got 9223372036854775808"],
      ["float32", 1e300, "input: $: expected float32, got 1e+300"],
      ["bytes", "AA==", "input: $: expected bytes, got string"],
      ["numbers", { "odd key": "x" }, 'input: $["odd key"]: expected number, got string'],
      ["nested", { a: [{}, { "x-y": 1 }] }, 'input: $.a[1]["x-y"]: expected map, got 1'],
      [
        "tree",
        { value: 1, children: [{ ...tree, next: 1 }] },
        "input: $.children[0].next: expected map, got 1",
      ],
      ["numbers", new Map([[1, 2]]), "input: $: expected string, got 1"],
    ].map(([shape, value, message]) => [shape, message, value] as const),
  )("%s as MessagePack: %s", (shape, message, value) => {
    expect(echo(`${shape}_messagepack`, pack(value))).toBe(message);
  });

  it.each([
    ["item", '{"id":1,"name":null}', "input: $.name: expected string, got null"],
    ["item", '{"id":1.5}', "input: $.id: expected integer from -(2^53 - 1) to 2^53 - 1, got 1.5"],
    ["item", '{"id":1, "tags":["a",7]}', "input: $.tags[1]: expected string, got 7"],
    ["item", "[]", "input: $: expected object, got array"],
    ["item", "{}", 'input: $: expected the field "id", which is missing'],
    ["items", " [ {}", 'input: $[0]: expected the field "id", which is missing'],
    ["closed", '{"z":2}', 'input: $: got the unknown field "z"'],
    ["closed", '{"x":2147483648}', "input: $.x: expected int32, got 2147483648"],
    ["closed", '{"x":1}x', "input: $: something follows the value"],
    ["closed", '{"x":01}', "input: $.x: malformed number at byte 5"],
    ["closed", '{"x":1,}', "input: $: expected key, got malformed JSON"],
    ["closed", '{"x" 1}', 'input: $: malformed JSON at byte 5: expected ":"'],
    ["closed", '{"x":1 "y"', 'input: $.x: malformed JSON at byte 7: expected "," or "}"'],
    ["color", ' "green"', 'input: $: expected one of "red", "dark green", "delete", "", "blå", got "green"'],
    ["float64", "1e999", "input: $: expected float64, got 1e999"],
    ["float64", "NaN", "input: $: expected number, got NaN"],
    ["float64", "-", "input: $: malformed number at byte 0"],
    ["float64", "1.", "input: $: malformed number at byte 0"],
    ["float64", ".5", "input: $: expected number, got .5"],
    ["float64", "1e+", "input: $: malformed number at byte 0"],
    ["uint64", "18446744073709551616", "input: $: expected uint64, got 18446744073709551616"],
    ["int64", "-9223372036854775809", "input: $: expected int64, got -9223372036854775809"],
    ["bytes", '"AB=="', "input: $: not valid base64"],
    ["bytes", '"AAA"', "input: $: not valid base64"],
    ["bytes", '"A A="', "input: $: not valid base64"],
    ["text", '"\u0001"', "input: $: malformed JSON at byte 1: a control character in a string"],
    ["text", String.raw`"\x"`, "input: $: malformed JSON: unknown escape in a string"],
    [
      "text",
      String.raw`"\u12g4"`,
      String.raw`input: $: malformed JSON: not four hexadecimal digits after \u`,
    ],
    ["boolean", "tru", "input: $: malformed JSON at byte 0: expected true"],
    ["numbers", '{"odd key":"x"}', 'input: $["odd key"]: expected number, got string'],
    ["nested", '{"a":[{},{"x-y":1}]}', 'input: $.a[1]["x-y"]: expected object, got 1'],
    ["any", "[1,[2,{]", "input: $[1][1]: expected key, got malformed JSON"],
  ])("%s %s as JSON", (shape, json, message) => {
    expect(echo(`${shape}_json`, json)).toBe(message);
  });

  it.each([
    ["lone continuation", [0x80]],
    ["overlong", [0xc0, 0xaf]],
    ["overlong, three bytes", [0xe0, 0x80, 0xaf]],
    ["surrogate", [0xed, 0xa0, 0x80]],
    ["beyond Unicode", [0xf4, 0x90, 0x80, 0x80]],
    ["cut", [0xe2, 0x82]],
    ["after a long plain part", [...utf8("x".repeat(20)), 0xff]],
  ])("text that is not UTF-8: %s", (_, bytes) => {
    const message = "input: $: the string is not valid UTF-8";
    expect(echo("text_messagepack", Uint8Array.of(0xd9, bytes.length, ...bytes))).toBe(message);
    expect(echo("text_json", Uint8Array.of(0x22, ...bytes, 0x22))).toBe(message);
    expect(text(host.callKernel("text", Uint8Array.from(bytes)).bytes)).toBe("input: not valid UTF-8");
  });

  it("makes text from outside fit for a log line", () => {
    expect(echo("numbers_messagepack", pack({ "a\nb\u202e": "x" }))).toBe(
      'input: $["a\\u{a}b\\u{202e}"]: expected number, got string',
    );
  });
});
