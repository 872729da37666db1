import { describe, expect, it } from "vitest";
import { failure } from "../testing/failure.js";
import { decoded, encoded, hex, readerInside } from "../testing/messagepack.js";
import { Reader } from "./reader.js";

type Scalar =
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
  | "boolean"
  | "string"
  | "binary"
  | "date"
  | "key"
  | "array"
  | "map"
  | "value"
  | "skip"
  | "text"
  | "rest";

describe("what is read", () => {
  it.each<[Scalar, string, unknown]>([
    ["integer", "05", 5],
    ["integer", "cf 00 00 00 00 00 00 00 05", 5],
    ["integer", "d3 ff ff ff ff ff ff ff fb", -5],
    ["integer", "ca 40 a0 00 00", 5],
    ["integer", "cb c0 14 00 00 00 00 00 00", -5],
    ["integer", "cb 80 00 00 00 00 00 00 00", 0],
    ["integer", "cf 00 1f ff ff ff ff ff ff", Number.MAX_SAFE_INTEGER],
    ["int8", "d0 80", -128],
    ["int8", "cd 00 7f", 127],
    ["uint8", "cb 40 6f e0 00 00 00 00 00", 255],
    ["uint32", "ce ff ff ff ff", 4294967295],
    ["int32", "d2 80 00 00 00", -2147483648],
    ["int64", "ff", -1n],
    ["int64", "cb 43 d0 00 00 00 00 00 00", 2n ** 62n],
    ["int64", "d3 80 00 00 00 00 00 00 00", -(2n ** 63n)],
    ["uint64", "cf ff ff ff ff ff ff ff ff", 2n ** 64n - 1n],
    ["uint64", "d3 00 00 00 00 00 00 00 01", 1n],
    ["float64", "05", 5],
    ["float64", "d0 80", -128],
    ["float64", "ca 3f 00 00 00", 0.5],
    ["float64", "cf 00 20 00 00 00 00 00 01", 2 ** 53],
    ["float64", "cb 80 00 00 00 00 00 00 00", -0],
    ["float32", "cb 3f b9 99 99 99 99 99 9a", Math.fround(0.1)],
    ["float32", "cb 7f f0 00 00 00 00 00 00", Number.POSITIVE_INFINITY],
    ["boolean", "c3", true],
    ["boolean", "c2", false],
    ["string", "d9 01 61", "a"],
    ["string", "db 00 00 00 02 c3 a9", "é"],
    ["key", "a1 61", "a"],
    ["binary", "c5 00 02 01 02", hex("01 02")],
    ["date", "d6 ff 00 00 00 01", new Date(1000)],
    ["date", "b4 31 39 37 30 2d 30 31 2d 30 31 54 30 30 3a 30 30 3a 30 31 5a", new Date(1000)],
    ["array", "90", 0],
    ["map", "df 00 00 00 00", 0],
    ["text", "c3 a9 61", "éa"],
    ["text", "", ""],
    ["rest", "c3 a9", hex("c3 a9")],
    ["skip", "82 a1 61 92 01 c0 a1 62 c7 01 05 ff", undefined],
    ["value", "81 a9 5f 5f 70 72 6f 74 6f 5f 5f 01", JSON.parse('{"__proto__":1}')],
    ["value", "82 a1 61 01 a1 61 02", { a: 2 }],
    ["value", "cf 00 20 00 00 00 00 00 00", 2n ** 53n],
  ])("%s of %s", (method, digits, expected) => {
    expect(decoded(hex(digits), (r) => r[method]())).toStrictEqual(expected);
  });

  it("has copies of bytes, also when the memory is a Buffer", () => {
    const memory = Buffer.from("c40101c40102", "hex");
    const reader = new Reader().open(memory);
    const first = reader.binary();
    const rest = reader.rest();
    memory.fill(0xff);
    expect([first, rest]).toEqual([hex("01"), hex("c4 01 02")]);
    expect(first.buffer.byteLength).toBe(1);
  });

  it("is nil only where nil comes next", () => {
    const reader = readerInside(hex("c0 01"));
    expect([reader.isNil(), reader.isNil(), reader.integer(), reader.isNil()]).toEqual([
      true,
      false,
      1,
      false,
    ]);
  });
});

describe("what is refused", () => {
  it.each<[Scalar, string, string, string]>([
    ["integer", "c0", "type", "expected integer, got nil"],
    ["integer", "cb 3f e0 00 00 00 00 00 00", "type", "expected integer, got float 0.5"],
    ["integer", "cb 7f f0 00 00 00 00 00 00", "type", "expected integer, got float Infinity"],
    ["integer", "cf 00 20 00 00 00 00 00 00", "range", "expected integer, got integer 9007199254740992"],
    ["integer", "d3 80 00 00 00 00 00 00 00", "range", "got integer -9223372036854775808"],
    ["integer", "cb 43 40 00 00 00 00 00 00", "range", "got float 9007199254740992"],
    ["integer", "a1 37", "type", "expected integer, got string"],
    ["integer", "c1", "syntax", "expected integer, got the invalid byte 0xc1"],
    ["integer", "", "truncated", "expected integer, got end of data"],
    ["integer", "cd 01", "truncated", "expected integer, got integer that is cut off"],
    ["int8", "cc 80", "range", "expected int8, got integer 128"],
    ["int16", "cd 80 00", "range", "expected int16, got integer 32768"],
    ["int32", "ce 80 00 00 00", "range", "expected int32, got integer 2147483648"],
    ["uint8", "ff", "range", "expected uint8, got integer -1"],
    ["uint16", "d2 ff ff ff ff", "range", "expected uint16, got integer -1"],
    ["uint32", "cf 00 00 00 01 00 00 00 00", "range", "expected uint32, got integer 4294967296"],
    ["int64", "cf 80 00 00 00 00 00 00 00", "range", "expected int64, got integer 9223372036854775808"],
    ["int64", "cb 43 e0 00 00 00 00 00 00", "range", "expected int64, got float 9223372036854776000"],
    ["uint64", "ff", "range", "expected uint64, got integer -1"],
    ["uint64", "ca 3f 00 00 00", "type", "expected uint64, got float 0.5"],
    ["int64", "d3 80 00", "truncated", "expected int64, got integer that is cut off"],
    ["float32", "cb 7e 37 e4 3c 88 00 75 9c", "range", "expected float32, got float"],
    ["float64", "c3", "type", "expected float64, got boolean true"],
    ["boolean", "01", "type", "expected boolean, got integer 1"],
    ["string", "90", "type", "expected string, got array"],
    ["string", "c4 01 61", "type", "expected string, got binary"],
    ["string", "a2 61", "truncated", "expected string, got string that is cut off"],
    ["string", "db ff ff ff ff 61", "truncated", "expected string, got string that is cut off"],
    ["string", "d9", "truncated", "expected string, got string that is cut off"],
    ["key", "01", "type", "expected a string as the map's key, got integer 1"],
    ["binary", "a1 61", "type", "expected binary, got string"],
    ["binary", "c6 ff ff ff ff", "truncated", "expected binary, got binary that is cut off"],
    ["date", "a3 6e 6f 77", "syntax", "expected an RFC 3339 date-time"],
    ["date", "d4 ff 00", "range", "expected a timestamp that a Date can hold"],
    ["date", "d6 05 00 00 00 00", "type", "expected date-time, got extension"],
    [
      "date",
      "c7 0c ff 00 00 00 00 7f ff ff ff ff ff ff ff",
      "range",
      "expected a timestamp that a Date can hold",
    ],
    ["date", "d7 ff ff ff ff fc 00 00 00 00", "range", "expected a timestamp that a Date can hold"],
    ["date", "07", "type", "expected date-time, got integer 7"],
    ["array", "91", "oversized", "expected array, got one of 1 elements in 0 bytes"],
    [
      "array",
      "dd ff ff ff ff 01 02",
      "oversized",
      "expected array, got one of 4294967295 elements in 2 bytes",
    ],
    ["array", "80", "type", "expected array, got map"],
    ["array", "dc 00", "truncated", "expected array, got array that is cut off"],
    ["map", "82 a0 c0 a0", "oversized", "expected map, got one of 2 entries in 3 bytes"],
    ["map", "df 80 00 00 00 00", "oversized", "expected map, got one of 2147483648 entries in 1 bytes"],
    ["map", "90", "type", "expected map, got array"],
    ["skip", "92 01", "truncated", "the data ends inside it"],
    ["skip", "c1", "syntax", "the invalid byte 0xc1"],
    ["skip", "dd ff ff ff ff", "truncated", "the data ends inside it"],
    ["value", "81 01 02", "type", "expected a string as the map's key, got integer 1"],
    ["value", "c1", "syntax", "expected a value, got the invalid byte 0xc1"],
    ["value", "", "truncated", "expected a value, got end of data"],
    ["value", "c9 ff ff ff ff 01 61", "truncated", "expected a value, got extension that is cut off"],
    ["text", "61 ff", "utf8", "ill-formed sequence at offset 1"],
    ["string", "a3 61 c0 80", "utf8", "ill-formed sequence at offset 2"],
    ["string", "a3 ed a0 80", "utf8", "ill-formed sequence at offset 1"],
  ])("%s of %s", (method, digits, code, message) => {
    const reader = readerInside(hex(digits));
    const error = failure(() => reader[method]());
    expect(error.message).toContain(message);
    expect(error.code).toBe(code);
    // Of a container, what lies before the fault has been read.
    if (method !== "value") expect(reader.pos).toBe(reader.start);
  });

  it("names what is there when generated code fails", () => {
    const reader = readerInside(hex("01 93 01 02 03"));
    reader.skip();
    const error = failure(() => reader.fail("Text"));
    expect(error).toMatchObject({ code: "type", offset: 1, expected: "Text", got: "array" });
  });

  it("leaves nothing over unnoticed", () => {
    const reader = readerInside(hex("01 02"));
    reader.skip();
    expect(failure(() => reader.done())).toMatchObject({ code: "trailing", offset: 1 });
  });

  it("stops at the depth it was told", () => {
    const nested = (depth: number) => hex(`${"91".repeat(depth)}c0`);
    expect(failure(() => decoded(nested(513), (r) => r.value()))).toMatchObject({
      code: "depth",
      offset: 513 - 1,
    });
    expect(failure(() => decoded(nested(4), (r) => r.value(), { maxDepth: 3 })).code).toBe("depth");
    expect(decoded(nested(3), (r) => r.value(), { maxDepth: 3 })).toEqual([[[null]]]);
    decoded(nested(100_000), (r) => r.skip());
  });

  it("counts depth from the start again for each value", () => {
    const reader = readerInside(hex("c0"), { maxDepth: 1 });
    reader.enter();
    expect(failure(() => reader.enter()).code).toBe("depth");
    reader.open(hex("90"));
    expect(reader.value()).toEqual([]);
  });
});

describe("predicted keys", () => {
  const constants: readonly [number, (r: Reader) => boolean][] = [
    [1, (r) => r.key1(0xa0)],
    [2, (r) => r.key2(0xa1f2)],
    [3, (r) => r.key3(0xa2f2f3)],
    [4, (r) => r.key4(0xa3f2f3f4)],
    [5, (r) => r.key5(0xa4f2f3f4, 0xf5)],
    [6, (r) => r.key6(0xa5f2f3f4, 0xf5f6)],
    [7, (r) => r.key7(0xa6f2f3f4, 0xf5f6f7)],
    [8, (r) => r.key8(0xa7f2f3f4, 0xf5f6f7f8)],
    [9, (r) => r.keyBytes(hex("a8 f2 f3 f4 f5 f6 f7 f8 f9"))],
  ];

  it.each(constants)("of %i bytes pass when all of them come next, and only then", (length, key) => {
    const bytes = Uint8Array.from({ length }, (_, i) => (i === 0 ? 0xa0 + length - 1 : 0xf1 + i));
    const reader = readerInside(bytes);
    expect(key(reader)).toBe(true);
    expect(reader.pos).toBe(reader.end);
    for (let i = 0; i < length; i++) {
      const other = bytes.slice();
      other[i] = 0x7e;
      const refused = readerInside(other);
      expect(key(refused)).toBe(false);
      expect(refused.pos).toBe(refused.start);
    }
  });

  it.each(constants)("of %i bytes don't pass when the range ends before the memory does", (length, key) => {
    const bytes = Uint8Array.from({ length }, (_, i) => (i === 0 ? 0xa0 + length - 1 : 0xf1 + i));
    const reader = new Reader();
    reader.source(bytes, new DataView(bytes.buffer), 0, length - 1);
    expect(key(reader)).toBe(false);
    expect(reader.pos).toBe(0);
  });
});

describe("what records are refused for", () => {
  // { "a": { "b": { "c": "x" } } }: three maps end at the same place.
  const bytes = encoded((w) => w.value({ a: { b: { c: "x" } } }));

  it.each([
    ["c", 0],
    ["a", 6],
    ["b", 6],
    ["z", 6],
  ])("finds the map that lacks %s when it isn't told", (field, offset) => {
    const reader = readerInside(bytes);
    reader.skip();
    expect(failure(() => reader.missing(field))).toMatchObject({
      code: "missing",
      offset: field === "c" ? 3 : offset,
    });
  });

  it("believes where the map began when it is told", () => {
    const reader = readerInside(bytes);
    reader.skip();
    expect(failure(() => reader.missing("z", reader.start))).toMatchObject({
      code: "missing",
      offset: 0,
      message: 'expected the field "z", which is missing at offset 0',
    });
  });

  it("finds the key and the string that were just read", () => {
    const reader = readerInside(bytes);
    reader.map();
    expect(failure(() => reader.unknownField(reader.key()))).toMatchObject({
      code: "unknown-field",
      offset: 1,
    });
    reader.map();
    reader.key();
    reader.map();
    reader.key();
    const error = failure(() => reader.notInEnum('"y" or "z"', reader.string()));
    expect(error).toMatchObject({ code: "enum", offset: 9, detail: 'expected "y" or "z", got "x"' });
  });
});
