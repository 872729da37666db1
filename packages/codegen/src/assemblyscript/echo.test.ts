import fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { compilePlugin } from "./testing/compile.js";
import { type Ending, TestHost, text, utf8 } from "./testing/host.js";
import { Float32, Float64, pack, unpack } from "./testing/messagepack.js";
import { echoAuthor, echoInterface } from "./testing/shapes.js";

// Compiling takes seconds where the machine is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let host: TestHost;

beforeAll(async () => {
  const { bytes, messages } = await compilePlugin(echoInterface, echoAuthor());
  expect(messages).toBe("");
  host = new TestHost(bytes);
});

const calls: readonly (readonly [string, (name: string, input: Uint8Array) => Ending])[] = [
  ["a direct call", (name, input) => host.callDirect(name, input)],
  ["a kernel call", (name, input) => host.callKernel(name, input)],
];

const item = { id: 12345, name: "Ada Lovelace", tags: ["math", "engine"], score: 99.25, active: true };
const scalars = {
  text: "héllo",
  flag: false,
  whole: -(2 ** 53 - 1),
  i8: -128,
  i16: -32768,
  i32: -(2 ** 31),
  i64: -(2n ** 63n),
  u8: 255,
  u16: 65535,
  u32: 2 ** 32 - 1,
  u64: 2n ** 64n - 1n,
  f32: 0.10000000149011612,
  f64: 5e-324,
  bytes: Uint8Array.of(0, 1, 254, 255),
  when: "2024-02-29T12:00:00Z",
};
const tree = { value: 1, children: [{ value: 2, children: [] }], next: { value: 3, children: [] } };
const wide = Object.fromEntries(Array.from({ length: 70 }, (_, n) => [`f${n}`, n * 3]));
const odd = {
  class: "a",
  "with space": "b",
  é: "c",
  "": "d",
  string: "e",
  value: "f",
  'quo"te\\': "g",
  aVeryLongNameOfAFieldThatNeedsMoreThanOneWideLoadToCompareInTheReaderAndTheWriter: "h",
  seventeenBytesOk1: "i",
};
const options = { required: "r", nullableText: null, nullableCount: null, nullableColor: null };
const allOptions = {
  first: "f",
  count: 0,
  required: "r",
  nullableText: "t",
  nullableCount: 1.5,
  both: "b",
  bothCount: 7,
  color: "blå",
  nullableColor: "dark green",
  any: { deep: [1, "two", null] },
  item,
  bothItem: item,
};

/** Values that come back as they are, in both encodings. */
const unnamed: readonly (readonly [shape: string, value: unknown])[] = [
  ["item", item],
  ["item", { ...item, tags: [], name: "", score: -0 }],
  ["items", [item, item]],
  ["items", []],
  ["items", Array.from({ length: 20 }, () => item)],
  ["colors", Array.from({ length: 70_000 }, () => "red")],
  ["color", "red"],
  ["color", "dark green"],
  ["color", "delete"],
  ["color", ""],
  ["color", "blå"],
  ["options", options],
  ["options", allOptions],
  ["options", { ...options, both: null, bothCount: null, bothItem: null }],
  ["options", { ...options, any: null }],
  ["options", { ...options, count: 3 }],
  ["allOptional", {}],
  ["allOptional", { b: "x" }],
  ["allOptional", { a: 1, b: "" }],
  ["empty", {}],
  ["closed", { x: 1 }],
  ["closed", { x: 1, y: 2 }],
  ["tree", tree],
  ["odd", odd],
  ["wide", wide],
  ["aliases", { ids: [1, 2], maybe: null, own: { inner: "x" } }],
  ["aliases", { ids: [], maybe: "m", maybeNot: null, own: { inner: "" } }],
  ["aliases", { ids: [], maybe: "m", maybeNot: "n", own: { inner: "" } }],
  ["any", null],
  ["any", [true, false, -1, 2 ** 40, 1.25, "s", {}, [], { k: { l: [null] } }]],
  ...[
    "",
    "a",
    "plain ascii of some length, more than sixteen",
    "é",
    "日本語",
    "🤖 and 👩‍🚀",
    '\u0000\u001f"\\/\u007f',
    "\ufeffbom",
    "x".repeat(31),
    "x".repeat(32),
    "x".repeat(255),
    "x".repeat(256),
    "é".repeat(40_000),
    "x".repeat(70_000),
  ].map((value) => ["text", value] as const),
  ...[
    0,
    1,
    -1,
    127,
    128,
    255,
    256,
    65535,
    65536,
    2 ** 32,
    2 ** 53 - 1,
    -32,
    -33,
    -128,
    -129,
    -32768,
    -32769,
    -(2 ** 31),
    -(2 ** 31) - 1,
    -(2 ** 53 - 1),
  ].map((value) => ["integer", value] as const),
  ...[
    0, -0, 1, -1.5, 0.1, 1e21, 1e22, 1e23, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308,
    123456789.123, 9007199254740992, 1e-7, 4.35, 0.000001, 100,
  ].map((value) => ["float64", value] as const),
  ...[0, 1.5, 3.4028234663852886e38, 1.401298464324817e-45, 16777216].map(
    (value) => ["float32", value] as const,
  ),
  ["boolean", true],
  ["uint8", 255],
  ["nullableInt", null],
  ["nullableInt", -5],
  ["texts", ["", "a", "é"]],
  ["matrix", [[], [1.5], [2.5, 3.5]]],
  ["maybeTexts", ["a", null, ""]],
  ["maybeInts", [1, null, 0]],
  ["colors", ["red", "blå", "red"]],
  ["numbers", {}],
  ["numbers", { a: 1.5, "odd key": -2.5, é: 0.5, "": 3.5 }],
  ["nested", { a: [{ x: null, y: item }, {}], b: [] }],
  ["anys", [null, "x", [1]]],
];

const values = unnamed.map(([shape, value]) => [shape, JSON.stringify(value).slice(0, 60), value] as const);

describe.each(calls)("in %s", (_, call) => {
  it.each(values)("%s: %s comes back as MessagePack", (shape, _, value) => {
    const { status, bytes } = call(`${shape}_messagepack`, pack(value));
    expect(status === 0 ? unpack(bytes) : text(bytes)).toEqual(value);
  });

  it.each(values)("%s: %s comes back as JSON", (shape, _, value) => {
    const { status, bytes } = call(`${shape}_json`, utf8(JSON.stringify(value)));
    // JSON.stringify drops the sign of zero.
    expect(status === 0 ? JSON.parse(text(bytes)) : text(bytes)).toEqual(JSON.parse(JSON.stringify(value)));
  });

  it("echoes every kind of scalar as MessagePack", () => {
    const { status, bytes } = call("scalars_messagepack", pack(scalars));
    expect(status === 0 ? unpack(bytes) : text(bytes)).toEqual(scalars);
  });

  it("echoes every kind of scalar as JSON, to the last digit", () => {
    const json =
      '{"text":"héllo","flag":false,"whole":-9007199254740991,"i8":-128,"i16":-32768,"i32":-2147483648,' +
      '"i64":-9223372036854775808,"u8":255,"u16":65535,"u32":4294967295,"u64":18446744073709551615,' +
      '"f32":0.10000000149011612,"f64":5e-324,"bytes":"AAH+/w==","when":"2024-02-29T12:00:00Z"}';
    expect(text(call("scalars_json", utf8(json)).bytes)).toBe(json);
  });

  it.each([
    ["text", ""],
    ["text", "plain"],
    ["text", "héllo 🤖"],
  ])("echoes %s %j as it is", (name, value) => {
    expect(text(call(name, utf8(value)).bytes)).toBe(value);
  });

  it.each([0, 1, 7, 8, 9, 1 << 20])("echoes %d bytes as they are", (length) => {
    const input = Uint8Array.from({ length }, (_, n) => n * 7);
    expect(Buffer.compare(call("binary", input).bytes, input)).toBe(0);
  });
});

it("any JSON value comes back in both encodings", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      expect(unpack(host.callDirect("any_messagepack", pack(value)).bytes)).toEqual(value);
      const json = text(host.callDirect("any_json", utf8(JSON.stringify(value))).bytes);
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { numRuns: 100 },
  );
});

describe("MessagePack", () => {
  const echo = (shape: string, input: Uint8Array): unknown => {
    const { status, bytes } = host.callDirect(`${shape}_messagepack`, input);
    return status === 0 ? unpack(bytes) : text(bytes);
  };

  it("writes the shortest form of everything, and floats in their width", () => {
    const input = pack({ ...scalars, f32: new Float32(1), f64: new Float64(1) });
    expect(host.callDirect("scalars_messagepack", input).bytes).toEqual(input);
  });

  it.each([
    [new Float64(3), 3],
    [new Float32(-3), -3],
    [Uint8Array.of(0xd3, 0, 0, 0, 0, 0, 0, 0, 5), 5],
    [Uint8Array.of(0xcf, 0, 0, 0, 0, 0, 0, 0, 5), 5],
    [Uint8Array.of(0xd1, 0xff, 0xfe), -2],
    [Uint8Array.of(0xd2, 0xff, 0xff, 0xff, 0xfe), -2],
    [Uint8Array.of(0xcd, 0, 5), 5],
  ])("takes an integer in every format: %j", (input, value) => {
    expect(echo("integer", input instanceof Uint8Array ? input : pack(input))).toBe(value);
  });

  it.each([7, -7, 2 ** 40, 2n ** 64n - 1n, -(2n ** 63n), new Float32(0.5)])(
    "takes a float in every format: %s",
    (input) => {
      const value = input instanceof Float32 ? input.value : Number(input);
      expect(echo("float64", pack(input))).toBe(value);
      expect(echo("float32", pack(input))).toBe(Math.fround(value));
    },
  );

  it.each([2 ** 63, 2 ** 63 + 2 ** 40, 0])("takes the float %d as a uint64", (value) => {
    expect(echo("uint64", pack(new Float64(value)))).toEqual(value > 2 ** 53 ? BigInt(value) : value);
  });

  it("takes keys in any order, skips unknown ones, and takes the last of equal ones", () => {
    const entries: [string, unknown][] = [...Object.entries(item)].reverse();
    expect(echo("item", pack(new Map(entries)))).toEqual(item);
    expect(echo("item", pack({ zero: [1, { a: "b" }], ...item, last: new Uint8Array(300) }))).toEqual(item);
    // Twice the key "x", which no Map can hold.
    expect(echo("closed", Uint8Array.of(0x82, 0xa1, 0x78, 1, 0xa1, 0x78, 2))).toEqual({ x: 2 });
  });

  it("takes heads that are longer than they have to be", () => {
    const map = [0xdf, 0, 0, 0, 1, 0xd9, 1, 0x78, 0xd3, 0, 0, 0, 0, 0, 0, 0, 9];
    expect(echo("closed", Uint8Array.from(map))).toEqual({ x: 9 });
    expect(echo("texts", Uint8Array.of(0xdd, 0, 0, 0, 1, 0xdb, 0, 0, 0, 1, 0x61))).toEqual(["a"]);
  });

  it("keeps bytes, and integers of 64 bits, in a value of any shape", () => {
    const value = [Uint8Array.of(1, 2), 2n ** 64n - 1n, -(2n ** 63n), { k: Uint8Array.of() }];
    expect(echo("any", pack(value))).toEqual(value);
  });
});

describe("JSON", () => {
  const echo = (shape: string, json: string): string =>
    text(host.callDirect(`${shape}_json`, utf8(json)).bytes);

  it.each([
    ["integer", "1.0", "1"],
    ["integer", "1e2", "100"],
    ["integer", "-1.50e1", "-15"],
    ["integer", "12000e-3", "12"],
    ["integer", "-0", "0"],
    ["integer", "0e99999999999", "0"],
    ["int64", "-9223372036854775808", "-9223372036854775808"],
    ["int64", "9223372036854775807.000", "9223372036854775807"],
    ["uint64", "18446744073709551615", "18446744073709551615"],
    ["uint64", "1844674407370955161.5e1", "18446744073709551615"],
    ["float64", "-0", "-0"],
    ["float64", "1E2", "100"],
    ["any", "-0", "-0"],
    ["any", "18446744073709551615", "18446744073709551615"],
    ["any", "-9223372036854775808", "-9223372036854775808"],
    ["any", "1.0", "1"],
    ["text", String.raw`"\u00e9\ud83e\udd16\"\\\/\b\f\n\r\t"`, String.raw`"é🤖\"\\/\b\f\n\r\t"`],
    ["text", String.raw`"\ud800"`, '"\ufffd"'],
    ["text", String.raw`"\u0001\u001f"`, String.raw`"\u0001\u001f"`],
    ["bytes", String.raw`"\u0041A=="`, '"AA=="'],
    ["closed", ' \t\r\n{ "x" : 1 , "y" : 2 } ', '{"x":1,"y":2}'],
    ["closed", String.raw`{"\u0078":1}`, '{"x":1}'],
    ["closed", '{"x":1,"x":2}', '{"x":2}'],
    ["color", String.raw`"\u0072ed"`, '"red"'],
    [
      "item",
      '{"active":true,"x":[{"y":"\\""},1e5,null,false],"score":1,"tags":[ ],"name":"","id":0}',
      '{"id":0,"name":"","tags":[],"score":1,"active":true}',
    ],
    ["texts", ' [ "a" , "b" ] ', '["a","b"]'],
  ])("%s: %s becomes %s", (shape, json, expected) => {
    expect(echo(shape, json)).toBe(expected);
  });
});
