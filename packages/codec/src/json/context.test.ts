import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ExtensionValue } from "../messagepack/extension.js";
import { anyJson, anyText } from "../testing/arbitraries.js";
import { failure } from "../testing/failure.js";
import { JsonContext } from "./context.js";
import { parseJson } from "./parse.js";

const context = () => new JsonContext();
type Decode =
  | "object"
  | "array"
  | "string"
  | "boolean"
  | "integer"
  | "int8"
  | "int16"
  | "int32"
  | "uint8"
  | "uint16"
  | "uint32"
  | "int64"
  | "uint64"
  | "float32"
  | "float64"
  | "bytes"
  | "date"
  | "value";

describe("decoding", () => {
  it.each<[Decode, unknown, unknown]>([
    ["string", "a", "a"],
    ["boolean", false, false],
    ["integer", -0, 0],
    ["integer", Number.MIN_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
    ["int8", -128, -128],
    ["int16", 32767, 32767],
    ["int32", -2147483648, -2147483648],
    ["uint8", 255, 255],
    ["uint16", 65535, 65535],
    ["uint32", 4294967295, 4294967295],
    ["int64", 5, 5n],
    ["int64", -(2n ** 63n), -(2n ** 63n)],
    ["uint64", 2n ** 64n - 1n, 2n ** 64n - 1n],
    ["float64", 1.5, 1.5],
    ["float64", -0, -0],
    ["float64", 2n ** 64n, 2 ** 64],
    ["float32", 0.1, Math.fround(0.1)],
    ["bytes", "AQI=", Uint8Array.of(1, 2)],
    ["date", "1970-01-01T00:00:01Z", new Date(1000)],
    ["value", null, null],
  ])("%s takes %o", (method, v, expected) => {
    expect(context()[method](v)).toStrictEqual(expected);
  });

  it.each<[Decode, unknown, string, string]>([
    ["object", [], "type", "expected object, got array"],
    ["object", null, "type", "expected object, got null"],
    ["array", {}, "type", "expected array, got object"],
    ["string", 1, "type", "expected string, got integer 1"],
    ["boolean", "true", "type", "expected boolean, got string"],
    ["integer", 1.5, "type", "expected integer, got number 1.5"],
    ["integer", 2 ** 53, "range", "expected integer, got integer 9007199254740992"],
    ["integer", 2n ** 60n, "range", "expected integer, got bigint"],
    ["integer", "1", "type", "expected integer, got string"],
    ["int8", 128, "range", "expected int8, got integer 128"],
    ["int16", -32769, "range", "expected int16, got integer -32769"],
    ["int32", 2 ** 31, "range", "expected int32, got integer 2147483648"],
    ["uint8", -1, "range", "expected uint8, got integer -1"],
    ["uint16", 65536, "range", "expected uint16, got integer 65536"],
    ["uint32", 2 ** 32, "range", "expected uint32, got integer 4294967296"],
    ["uint32", 0.5, "type", "expected uint32, got number 0.5"],
    ["int64", 2 ** 53, "range", "expected int64, got integer 9007199254740992"],
    ["int64", 2n ** 63n, "range", "expected int64, got bigint 9223372036854775808"],
    ["int64", "1", "type", "expected int64, got string"],
    ["uint64", -1, "range", "expected uint64, got"],
    ["float64", Number.POSITIVE_INFINITY, "range", "expected float64, got number Infinity"],
    ["float64", null, "type", "expected float64, got null"],
    ["float32", 1e39, "range", "expected float32, got integer 1e+39"],
    ["bytes", "A", "syntax", "expected padded base64"],
    ["bytes", 1, "type", "expected base64 string, got integer 1"],
    ["date", "today", "syntax", "expected an RFC 3339 date-time"],
    ["date", 1, "type", "expected date-time string, got integer 1"],
    ["value", undefined, "type", "expected a JSON value, got undefined"],
  ])("%s refuses %o", (method, v, code, message) => {
    const error = failure(() => context()[method](v, "field"));
    expect(error.code).toBe(code);
    expect(error.message).toContain(`$.field: ${message}`);
    expect(error.offset).toBe(-1);
  });

  it("sees own properties only", () => {
    const c = context();
    const o = c.object(JSON.parse('{"constructor":1}'));
    expect([c.own(o, "constructor"), c.own(o, "toString"), c.own(o, "__proto__")]).toEqual([
      1,
      undefined,
      undefined,
    ]);
  });
});

describe("paths", () => {
  it("name the way through the containers, and the last step", () => {
    const c = context();
    c.enter("items");
    c.enter(3);
    expect(failure(() => c.string(null, "name")).message).toBe("$.items[3].name: expected string, got null");
    expect(failure(() => c.missing("name")).message).toBe(
      '$.items[3]: expected the field "name", which is missing',
    );
    expect(failure(() => c.missing("name", "odd key")).path).toBe('$.items[3]["odd key"]');
    c.leave();
    expect(failure(() => c.unknownField("x\n", 0)).message).toBe('$.items[0]: got the unknown field "x\\n"');
    c.leave();
    expect(failure(() => c.notInEnum('"a" or "b"', "c")).message).toBe('$: expected "a" or "b", got "c"');
  });

  it("begin at the root again after a reset", () => {
    const c = context();
    c.enter("left behind");
    c.reset();
    expect(failure(() => c.fail("Text", 1)).message).toBe("$: expected Text, got integer 1");
  });

  it("end at the depth that was allowed, the root being the first level", () => {
    const c = new JsonContext({ maxDepth: 3 });
    c.enter("a");
    c.enter("b");
    expect(failure(() => c.enter("c"))).toMatchObject({ code: "depth", path: "$.a.b.c" });
  });
});

describe("encoding", () => {
  it("writes any JSON value as JSON.stringify does, but keeps -0", () => {
    fc.assert(
      fc.property(anyJson, (v) => {
        const text = context().writeValue(v);
        expect(text.replace(/-0(?=[,\]}]|$)/g, "0").length).toBeLessThanOrEqual(text.length);
        expect(parseJson(text)).toEqual(v);
        if (!text.includes("-0")) expect(text).toBe(JSON.stringify(v));
      }),
    );
  });

  it("writes any text so that it comes back, with U+FFFD for lone surrogates", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const quoted = context().writeString(text);
        expect(JSON.parse(quoted)).toBe(text.replace(/\p{Surrogate}/gu, "\ufffd"));
        expect(new TextDecoder().decode(new TextEncoder().encode(quoted))).toBe(quoted);
      }),
    );
  });

  it("leaves text that looks like the escape of a surrogate alone", () => {
    expect(JSON.parse(context().writeString(`\\ud800 ${"x".repeat(60)}`))).toBe(`\\ud800 ${"x".repeat(60)}`);
  });

  it("writes a float 32 in the fewest digits that read back as the same one", () => {
    expect(context().writeFloat32(Math.fround(0.1))).toBe("0.1");
    expect(context().writeFloat32(0.1)).toBe("0.1");
    fc.assert(
      fc.property(fc.float({ noDefaultInfinity: true, noNaN: true }), (v) => {
        const text = context().writeFloat32(v);
        expect(Math.fround(JSON.parse(text))).toBe(v);
        expect(context().float32(parseJson(text))).toBe(v);
        expect(text.length).toBeLessThanOrEqual(JSON.stringify(v).length + (Object.is(v, -0) ? 1 : 0));
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, (c: JsonContext) => string, string]>([
    ["an integer", (c) => c.writeInteger(-0), "0"],
    ["an int8", (c) => c.writeInt8(-128), "-128"],
    ["an int16", (c) => c.writeInt16(-3), "-3"],
    ["an int32", (c) => c.writeInt32(7), "7"],
    ["a uint8", (c) => c.writeUint8(255), "255"],
    ["a uint16", (c) => c.writeUint16(65535), "65535"],
    ["a uint32", (c) => c.writeUint32(4294967295), "4294967295"],
    ["an int64", (c) => c.writeInt64(-(2n ** 63n)), "-9223372036854775808"],
    ["a uint64", (c) => c.writeUint64(2n ** 64n - 1n), "18446744073709551615"],
    ["minus zero", (c) => c.writeFloat64(-0), "-0"],
    ["a large float", (c) => c.writeFloat64(1e21), "1e+21"],
    ["a boolean", (c) => c.writeBoolean(true), "true"],
    ["bytes", (c) => c.writeBytes(Uint8Array.of(1, 2)), '"AQI="'],
    ["a date", (c) => c.writeDate(new Date(0)), '"1970-01-01T00:00:00.000Z"'],
    [
      "any value",
      (c) =>
        c.writeValue({ a: undefined, b: [2n ** 63n, Uint8Array.of(0), new Date(0), null], "c\n": {} }, "x"),
      '{"b":[9223372036854775808,"AA==","1970-01-01T00:00:00.000Z",null],"c\\n":{}}',
    ],
  ])("writes %s", (_, write, text) => {
    expect(write(context())).toBe(text);
  });

  const cycle: Record<string, unknown> = {};
  cycle["self"] = [cycle];

  it.each<[unknown, string, string]>([
    [Number.NaN, "unencodable", "$.v"],
    [{ a: [1, Number.POSITIVE_INFINITY] }, "unencodable", "$.v.a[1]"],
    [{ a: { b: [undefined] } }, "type", "$.v.a.b[0]"],
    [{ a: new Map() }, "type", "$.v.a"],
    [[() => 0], "type", "$.v[0]"],
    [[Symbol("s")], "type", "$.v[0]"],
    [[2n ** 64n], "range", "$.v[0]"],
    [[new Date(Number.NaN)], "unencodable", "$.v[0]"],
    [[new ExtensionValue(1, new Uint8Array(0))], "type", "$.v[0]"],
  ])("refuses %o", (v, code, path) => {
    expect(failure(() => context().writeValue(v, "v"))).toMatchObject({ code, path });
  });

  it("refuses cycles, and what is too deep to be read again", () => {
    expect(failure(() => context().writeValue(cycle)).code).toBe("depth");
    const nest = (depth: number) => Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 1);
    expect(parseJson(context().writeValue(nest(512)))).toEqual(nest(512));
    expect(failure(() => context().writeValue(nest(513))).code).toBe("depth");
  });

  it.each<[string, (c: JsonContext, v: never) => string, unknown, string]>([
    ["writeString", (c, v) => c.writeString(v), 1, "type"],
    ["writeBoolean", (c, v) => c.writeBoolean(v), 1, "type"],
    ["writeInteger", (c, v) => c.writeInteger(v), 2 ** 53, "range"],
    ["writeInteger", (c, v) => c.writeInteger(v), "1", "type"],
    ["writeInt8", (c, v) => c.writeInt8(v), 128, "range"],
    ["writeInt16", (c, v) => c.writeInt16(v), 32768, "range"],
    ["writeInt32", (c, v) => c.writeInt32(v), 2 ** 31, "range"],
    ["writeUint8", (c, v) => c.writeUint8(v), -1, "range"],
    ["writeUint16", (c, v) => c.writeUint16(v), -1, "range"],
    ["writeUint32", (c, v) => c.writeUint32(v), -1, "range"],
    ["writeInt64", (c, v) => c.writeInt64(v), 1, "type"],
    ["writeInt64", (c, v) => c.writeInt64(v), 2n ** 63n, "range"],
    ["writeUint64", (c, v) => c.writeUint64(v), -1n, "range"],
    ["writeFloat32", (c, v) => c.writeFloat32(v), 1e39, "range"],
    ["writeFloat32", (c, v) => c.writeFloat32(v), Number.POSITIVE_INFINITY, "unencodable"],
    ["writeFloat32", (c, v) => c.writeFloat32(v), Number.NaN, "unencodable"],
    ["writeFloat64", (c, v) => c.writeFloat64(v), Number.NaN, "unencodable"],
    ["writeFloat64", (c, v) => c.writeFloat64(v), 1n, "type"],
    ["writeBytes", (c, v) => c.writeBytes(v), "AA==", "type"],
    ["writeDate", (c, v) => c.writeDate(v), new Date(Number.NaN), "unencodable"],
    ["writeDate", (c, v) => c.writeDate(v), 0, "type"],
  ])("%s refuses a wrong argument: %#", (_, write, v, code) => {
    // What the type forbids is what this is about.
    expect(failure(() => write(context(), v as never)).code).toBe(code);
  });
});
