import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { TestHost } from "./testing/host.js";
import { build } from "./testing/project.js";

/** One field for each kind of type, and a type that contains itself. */
const TYPES = [
  [
    "record",
    true,
    [
      ["s", true, "string"],
      ["b", true, "boolean"],
      ["i", true, "integer"],
      ["i8", true, "int8"],
      ["u8", true, "uint8"],
      ["i16", true, "int16"],
      ["u16", true, "uint16"],
      ["i32", true, "int32"],
      ["u32", true, "uint32"],
      ["i64", true, "int64"],
      ["u64", true, "uint64"],
      ["f32", true, "float32"],
      ["f64", true, "float64"],
      ["bin", true, "bytes"],
      ["at", true, "date-time"],
      ["list", true, ["list", "integer"]],
      ["map", true, ["map", "string"]],
      ["maybe", true, ["nullable", "string"]],
      ["kind", true, ["enum", ["one", 'tw"o']]],
      ["any", true, "any"],
      ["self", true, ["ref", 0]],
      ["naïve", true, "string"],
    ],
  ],
  ["record", false, [["must", false, "string"]]],
];

const SOURCE = `
import { codec, read, write } from "tenon:host";
const types = ${JSON.stringify(TYPES)};
const all = (encoding) => codec(encoding, ["ref", 0], types);
const open = codec("json", ["ref", 1], types);
const pairs = { jj: ["json", "json"], jm: ["json", "messagepack"], mj: ["messagepack", "json"], mm: ["messagepack", "messagepack"] };
const functions = {};
for (const [name, [from, to]] of Object.entries(pairs)) {
  const [a, b, c, d] = [all(from), all(to), codec(from), codec(to)];
  functions[name] = () => write(b, read(a));
  functions["any_" + name] = () => write(d, read(c));
}
const outputs = {
  undefined, null: null, nan: NaN, function: () => 1, symbol: Symbol("x"), date: new Date(0), negativeZero: -0,
  sparse: [, 1], nothing: { a: undefined, b: 1 }, huge: 2n ** 64n, big: -(2n ** 63n), lone: "a\\ud800b", self: null,
  toJson: { toJSON() { return { toJSON() { return 5; } }; } }, map: new Map([[1, 2]]), proto: { ["__proto__"]: 1 },
  getter: { get a() { return 7; } }, reads: { get a() { return read(codec("text")); } }, throws: { get a() { throw new Error("no"); } },
};
outputs.self = {}; outputs.self.self = outputs.self;
const typed = { list: codec("json", ["list", "int8"]), u64: codec("json", "uint64"), bytes: codec("json", "bytes"), f64: codec("messagepack", "float64"), f32: codec("messagepack", "float32") };
export default {
  ...functions,
  open() { write(open, read(open)); },
  typeOf() { const v = read(all("json")); write(codec("json"), Object.entries(v).map(([k, x]) => k + ":" + (x instanceof Uint8Array ? "Uint8Array" : typeof x))); },
  put() { write(codec("json"), outputs[read(codec("text"))]); },
  pack() { write(codec("messagepack"), outputs[read(codec("text"))]); },
  list() { write(typed.list, [1, 300]); },
  u64() { write(typed.u64, -1n); },
  number() { write(typed.u64, 5); },
  bytes() { write(typed.bytes, [1]); },
  f64() { write(typed.f64, 1); },
  f32() { write(typed.f32, 1.5); },
};`;

let wasm: Uint8Array<ArrayBuffer>;
let host: TestHost;

beforeAll(async () => {
  wasm = (await build(SOURCE)).wasm;
  host = new TestHost(wasm);
});

const run = (name: string, input: string | Uint8Array = "") => host.callDirect(name, input);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const fromHex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(" ", ""), "hex"));

describe("values with a shape", () => {
  const SAMPLES = [
    `{}`,
    `{"s":"","b":true,"i":-9007199254740991,"i8":-128,"u8":255,"i16":-32768,"u16":65535,"i32":-2147483648,"u32":4294967295}`,
    `{"i64":-9223372036854775808,"u64":18446744073709551615}`,
    `{"i64":9223372036854775807,"u64":0}`,
    `{"f32":1.5,"f64":0.1,"bin":"AAECAwQ=","at":"2024-02-29T12:00:00Z"}`,
    `{"list":[1,2,3],"map":{"a":"b","":"x","__proto__":"p"},"maybe":null,"kind":"tw\\"o","naïve":"é"}`,
    `{"any":{"a":[null,true,1,-1.5,"x",{}]},"self":{"self":{"self":{}}}}`,
    `{"s":"\\u0000\\n\\"\\\\\\u001f𝄞 ","bin":"","list":[],"map":{}}`,
  ];

  it.each(SAMPLES)("are the same in both encodings: %s", (json) => {
    const packed = run("jm", json);
    expect(packed.code).toBe(0);
    expect(run("jj", json).text).toBe(json);
    expect(run("mj", packed.bytes).text).toBe(json);
    expect(hex(run("mm", packed.bytes).bytes)).toBe(hex(packed.bytes));
  });

  it("are bigint for 64 bits, and Uint8Array for bytes", () => {
    const types = run("typeOf", `{"i":1,"i64":1,"u64":2,"bin":"AA==","f64":1}`).text;
    expect(types).toBe(`["i:number","i64:bigint","u64:bigint","f64:number","bin:Uint8Array"]`);
  });

  it.each([
    ['{"i":5.0}', '{"i":5}'],
    ['{"i":5e2}', '{"i":500}'],
    ['{"i64":1e3}', '{"i64":1000}'],
    ['{"f64":5}', '{"f64":5}'],
    [' { "b" : true , "s" : "\\u00e9\\ud834\\udd1e" } ', '{"s":"é𝄞","b":true}'],
    ['{"i":1,"i":2}', '{"i":2}'],
    ['{"f64":-0}', '{"f64":-0}'],
    ['{"f64":1e400,"f32":1}', undefined],
  ])("are read leniently where the form alone differs: %s", (json, expected) => {
    const { code, text } = run("jj", json);
    if (expected === undefined) expect(code).toBe(1);
    else expect(text).toBe(expected);
  });

  it("come out in their declared order", () => {
    expect(run("jj", `{"i":1,"b":false,"s":"x"}`).text).toBe(`{"s":"x","b":false,"i":1}`);
  });

  it("may have unknown keys unless they are closed", () => {
    expect(run("open", `{"x":[{"y":1}],"must":"a","z":"\\""}`).text).toBe(`{"must":"a"}`);
    expect(run("jj", `{"x":1}`).text).toMatch(/^TypeError: \$\.x: expected no such key, got one/);
  });

  it.each([
    [`{"s":1}`, "$.s: expected string, got 1"],
    [`{"b":null}`, "$.b: expected boolean, got null"],
    [`{"i":9007199254740993}`, "$.i: expected integer, got 9007199254740993"],
    [`{"i":1.5}`, "$.i: expected integer, got 1.5"],
    [`{"i8":128}`, "$.i8: expected int8, got 128"],
    [`{"u8":-1}`, "$.u8: expected uint8, got -1"],
    [`{"u32":4294967296}`, "$.u32: expected uint32, got 4294967296"],
    [`{"i64":9223372036854775808}`, "$.i64: expected int64, got 9223372036854775808"],
    [`{"i64":"1"}`, "$.i64: expected int64, got a string"],
    [`{"u64":-1}`, "$.u64: expected uint64, got -1"],
    [`{"f64":"x"}`, "$.f64: expected float64, got a string"],
    [`{"bin":"A"}`, "$.bin: expected base64, got a string that is not base64"],
    [`{"bin":"AB=="}`, "$.bin: expected base64, got a string that is not base64"],
    [`{"bin":"A-_="}`, "$.bin: expected base64, got a string that is not base64"],
    [`{"list":[1,[]]}`, "$.list[1]: expected integer, got an array"],
    [`{"map":{"a b":1}}`, '$.map["a b"]: expected string, got 1'],
    [`{"kind":"three"}`, "$.kind: expected one of the enum's values, got another string"],
    [`{"self":{"self":{"s":[]}}}`, "$.self.self.s: expected string, got an array"],
    [`[]`, "$: expected object, got an array"],
  ])("are refused with their place: %s", (json, message) => {
    const { code, text } = run("jj", json);
    expect(code).toBe(1);
    expect(text.split("\n")[0]).toBe(`TypeError: ${message}`);
  });

  it("are refused when a required key is missing", () => {
    expect(run("open", "{}").text.split("\n")[0]).toBe("TypeError: $.must: expected string, got nothing");
  });

  it.each([
    ["list", "TypeError: $[1]: expected int8, got 300"],
    ["u64", "TypeError: $: expected uint64, got a bigint"],
    ["number", "TypeError: $: expected uint64, got 5"],
    ["bytes", "TypeError: $: expected binary, got an array"],
  ])("are checked on their way out, too: %s", (name, message) => {
    expect(run(name).text.split("\n")[0]).toBe(message);
  });

  it("keep floats apart from integers in MessagePack", () => {
    expect(hex(run("f64").bytes)).toBe("cb3ff0000000000000");
    expect(hex(run("f32").bytes)).toBe("ca3fc00000");
  });
});

describe("JSON without a shape", () => {
  it("does what JSON.parse and JSON.stringify do", () => {
    const value = fc.jsonValue({ maxDepth: 5 });
    fc.assert(
      fc.property(value, (json) => {
        const text = JSON.stringify(json);
        expect(JSON.parse(run("any_jj", text).text)).toEqual(JSON.parse(text));
        expect(JSON.parse(run("any_mj", run("any_jm", text).bytes).text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 300 },
    );
  });

  it("reads and writes every double exactly", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(
          Object.is(
            Number(run("any_jj", `[${Object.is(value, -0) ? "-0" : value}]`).text.slice(1, -1)),
            value,
          ),
        ).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("refuses exactly the texts that JSON.parse refuses", () => {
    const piece = fc.constantFrom(
      ...'[]{}:,"\\ue1.0-+Et ',
      "true",
      "null",
      "1e5",
      '"a"',
      "\\n",
      "01",
      "-",
      "\u0001",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join("");
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        // Numbers beyond the range of a double are read as infinite, which can't be written.
        expect([text, run("any_jm", text).code === 0]).toEqual([text, valid]);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ["null", "null"],
    ["date", '"1970-01-01T00:00:00.000Z"'],
    ["sparse", "[null,1]"],
    ["nothing", '{"b":1}'],
    ["big", "-9223372036854775808"],
    ["lone", '"a\\ud800b"'],
    ["toJson", "5"],
    ["map", "{}"],
    ["getter", '{"a":7}'],
    ["proto", '{"__proto__":1}'],
  ])("writes %s", (name, json) => {
    expect(run("put", name)).toMatchObject({ code: 0, text: json });
  });

  it.each([
    ["undefined", "expected a value, got nothing"],
    ["nan", "expected a value, got NaN"],
    ["function", "expected a value, got a function"],
    ["symbol", "expected a value, got a symbol"],
    ["huge", "expected uint64, got a bigint"],
    ["self", "expected at most 512 levels of nesting, got more; is the value part of itself?"],
    ["reads", "a getter or toJSON of a value that is being encoded can't read or write"],
    ["throws", "no"],
  ])("doesn't write %s", (name, message) => {
    const { code, text } = run("put", name);
    expect(code).toBe(1);
    expect(text).toContain(message);
    expect(run("put", "null").text).toBe("null");
  });
});

describe("MessagePack without a shape", () => {
  it.each([
    ["c0", "null"],
    ["c3", "true"],
    ["7f", "127"],
    ["e0", "-32"],
    ["cc 80", "128"],
    ["cf ffffffffffffffff", "18446744073709551615"],
    ["d3 8000000000000000", "-9223372036854775808"],
    ["d0 80", "-128"],
    ["ca 3fc00000", "1.5"],
    ["cb 3ff8000000000000", "1.5"],
    ["a1 61", '"a"'],
    ["d9 01 61", '"a"'],
    ["db 00000001 61", '"a"'],
    ["c4 02 0001", '"AAE="'],
    ["92 01 90", "[1,[]]"],
    ["dc 0001 c0", "[null]"],
    ["81 a1 61 01", '{"a":1}'],
    ["de 0001 a1 61 01", '{"a":1}'],
  ])("reads %s", (bytes, json) => {
    expect(run("any_mj", fromHex(bytes))).toMatchObject({ code: 0, text: json });
  });

  it.each([
    ["", "cut off"],
    ["c1", "0xc1"],
    ["a2 61", "cut off"],
    ["dd ffffffff", "cut off"],
    ["df 7fffffff c0", "cut off"],
    ["c6 ffffffff 00", "cut off"],
    ["81 01 01", "a key that is not a string"],
    ["01 01", "data behind the value"],
    ["d4 00 00", "a MessagePack extension"],
    [`${"91".repeat(600)} c0`, "nested deeper than 512 levels"],
  ])("refuses %s", (bytes, message) => {
    const { code, text } = run("any_mj", fromHex(bytes));
    expect(code).toBe(1);
    expect(text).toContain(message);
  });

  it("survives any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        for (const name of ["any_mm", "mm", "any_jj", "jj"]) expect([0, 1]).toContain(run(name, bytes).code);
      }),
      { numRuns: 1000 },
    );
    expect(run("any_jj", "[1]").text).toBe("[1]");
  });

  it.each([
    ["negativeZero", "cb8000000000000000"],
    ["big", "d38000000000000000"],
    ["nothing", "81a16201"],
    ["lone", "a561efbfbd62"],
    ["nan", "cb7ff8000000000000"],
  ])("writes %s in the shortest form", (name, bytes) => {
    expect(hex(run("pack", name).bytes)).toBe(bytes);
  });
});
