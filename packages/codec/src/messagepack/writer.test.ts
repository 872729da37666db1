import { describe, expect, it } from "vitest";
import { failure } from "../testing/failure.js";
import { encoded, toHex } from "../testing/messagepack.js";
import { ExtensionValue } from "./extension.js";
import { GrowingBuffer } from "./growing-buffer.js";
import type { Sink } from "./output.js";
import { Writer } from "./writer.js";

/** A call of a writer's method with an argument that its type may forbid. */
function write(method: keyof Writer, ...args: unknown[]): (w: Writer) => void {
  return (w) => {
    const f: unknown = w[method];
    if (typeof f !== "function") throw new Error(`no method ${method}`);
    f.apply(w, args);
  };
}

describe("the forms that values take", () => {
  it.each<[keyof Writer, unknown, string]>([
    ["integer", 0, "00"],
    ["integer", -0, "00"],
    ["integer", 127, "7f"],
    ["integer", 128, "cc 80"],
    ["integer", 255, "cc ff"],
    ["integer", 256, "cd 01 00"],
    ["integer", 65535, "cd ff ff"],
    ["integer", 65536, "ce 00 01 00 00"],
    ["integer", 2147483648, "ce 80 00 00 00"],
    ["integer", 4294967295, "ce ff ff ff ff"],
    ["integer", 4294967296, "cf 00 00 00 01 00 00 00 00"],
    ["integer", Number.MAX_SAFE_INTEGER, "cf 00 1f ff ff ff ff ff ff"],
    ["integer", -1, "ff"],
    ["integer", -32, "e0"],
    ["integer", -33, "d0 df"],
    ["integer", -128, "d0 80"],
    ["integer", -129, "d1 ff 7f"],
    ["integer", -32768, "d1 80 00"],
    ["integer", -32769, "d2 ff ff 7f ff"],
    ["integer", -2147483648, "d2 80 00 00 00"],
    ["integer", -2147483649, "d3 ff ff ff ff 7f ff ff ff"],
    ["integer", Number.MIN_SAFE_INTEGER, "d3 ff e0 00 00 00 00 00 01"],
    ["int8", -128, "d0 80"],
    ["int16", 32767, "cd 7f ff"],
    ["int32", -2147483648, "d2 80 00 00 00"],
    ["uint8", 255, "cc ff"],
    ["uint16", 65535, "cd ff ff"],
    ["uint32", 2147483648, "ce 80 00 00 00"],
    ["uint32", 1, "01"],
    ["int64", 1n, "01"],
    ["int64", -33n, "d0 df"],
    ["int64", 2147483648n, "ce 80 00 00 00"],
    ["int64", 4294967296n, "cf 00 00 00 01 00 00 00 00"],
    ["int64", -(2n ** 63n), "d3 80 00 00 00 00 00 00 00"],
    ["int64", -2147483649n, "d3 ff ff ff ff 7f ff ff ff"],
    ["uint64", 2n ** 64n - 1n, "cf ff ff ff ff ff ff ff ff"],
    ["uint64", 2n ** 63n, "cf 80 00 00 00 00 00 00 00"],
    ["uint64", 4294967295n, "ce ff ff ff ff"],
    ["float32", 1, "ca 3f 80 00 00"],
    ["float32", Number.POSITIVE_INFINITY, "ca 7f 80 00 00"],
    ["float32", Number.NaN, "ca 7f c0 00 00"],
    ["float64", 1, "cb 3f f0 00 00 00 00 00 00"],
    ["boolean", true, "c3"],
    ["boolean", false, "c2"],
    ["string", "é", "a2 c3 a9"],
    ["date", new Date(0), `b8 ${toHex(new TextEncoder().encode("1970-01-01T00:00:00.000Z"))}`],
    ["utf8", "aé", "61 c3 a9"],
    ["raw", Uint8Array.of(1, 2), "01 02"],
    ["array", 15, "9f"],
    ["array", 16, "dc 00 10"],
    ["array", 65536, "dd 00 01 00 00"],
    ["map", 15, "8f"],
    ["map", 16, "de 00 10"],
    ["map", 4294967295, "df ff ff ff ff"],
    ["value", -0, "cb 80 00 00 00 00 00 00 00"],
    ["value", 2 ** 53, "cb 43 40 00 00 00 00 00 00"],
    ["value", { a: undefined, b: 1 }, "81 a1 62 01"],
    ["value", Object.create(null), "80"],
    ["value", new ExtensionValue(-2, Uint8Array.of(7)), "d4 fe 07"],
    ["value", new Date(0), "d6 ff 00 00 00 00"],
  ])("%s(%o)", (method, v, expected) => {
    expect(toHex(encoded(write(method, v)))).toBe(expected);
  });

  it.each([0, 1, 31, 32, 48, 49, 85, 86, 255, 256, 65535, 65536, 70000])(
    "a string of %i units has the shortest header, whatever it is made of",
    (length) => {
      for (const unit of ["a", "é", "€", "\ud800"]) {
        const text = unit.repeat(length);
        const utf8 = new TextEncoder().encode(text);
        const n = utf8.length;
        const header =
          n < 32
            ? [0xa0 | n]
            : n < 256
              ? [0xd9, n]
              : n < 65536
                ? [0xda, n >> 8, n & 255]
                : [0xdb, 0, n >> 16, (n >> 8) & 255, n & 255];
        const bytes = encoded((w) => w.string(text));
        expect(Buffer.compare(bytes, Buffer.concat([Uint8Array.from(header), utf8]))).toBe(0);
      }
    },
  );

  it.each([
    [0, "c4 00"],
    [255, "c4 ff"],
    [256, "c5 01 00"],
    [65536, "c6 00 01 00 00"],
  ])("%i bytes have the shortest header", (length, header) => {
    const bytes = encoded((w) => w.binary(new Uint8Array(length).fill(9)));
    expect(toHex(bytes.subarray(0, bytes.length - length))).toBe(header);
    expect(bytes.subarray(bytes.length - length).every((byte) => byte === 9)).toBe(true);
  });

  it("puts constants with the first byte in the high bits", () => {
    const bytes = encoded((w) => {
      w.reserve(10);
      w.put1(0xf1);
      w.put2(0xf1f2);
      w.put3(0xf1f2f3);
      w.put4(0xf1f2f3f4);
    });
    expect(toHex(bytes)).toBe("f1 f1 f2 f1 f2 f3 f1 f2 f3 f4");
  });
});

describe("what is refused", () => {
  it.each<[keyof Writer, unknown, string, string]>([
    ["integer", "1", "type", "expected integer, got string"],
    ["integer", 1.5, "range", "expected integer, got number 1.5"],
    ["integer", 2 ** 53, "range", "expected integer, got integer 9007199254740992"],
    ["integer", Number.NaN, "range", "expected integer, got number NaN"],
    ["integer", undefined, "type", "expected integer, got undefined"],
    ["int8", 128, "range", "expected int8, got integer 128"],
    ["int8", -129, "range", "expected int8, got integer -129"],
    ["int8", true, "type", "expected int8, got boolean true"],
    ["int16", 32768, "range", "expected int16, got integer 32768"],
    ["int32", 2147483648, "range", "expected int32, got integer 2147483648"],
    ["int32", 0.5, "range", "expected int32, got number 0.5"],
    ["uint8", -1, "range", "expected uint8, got integer -1"],
    ["uint8", 256, "range", "expected uint8, got integer 256"],
    ["uint16", 65536, "range", "expected uint16, got integer 65536"],
    ["uint32", 4294967296, "range", "expected uint32, got integer 4294967296"],
    ["uint32", -1, "range", "expected uint32, got integer -1"],
    ["uint32", "7", "type", "expected uint32, got string"],
    ["int64", 1, "type", "expected bigint, got integer 1"],
    ["int64", 2n ** 63n, "range", "expected int64, got bigint 9223372036854775808"],
    ["uint64", -1n, "range", "expected uint64, got bigint -1"],
    ["uint64", 2n ** 64n, "range", "expected uint64, got bigint 18446744073709551616"],
    ["float32", 1e39, "range", "expected float32, got integer 1e+39"],
    ["float32", "1", "type", "expected float32, got string"],
    ["float64", 1n, "type", "expected float64, got bigint 1"],
    ["float64", null, "type", "expected float64, got null"],
    ["boolean", 0, "type", "expected boolean, got integer 0"],
    ["string", 7, "type", "expected string, got integer 7"],
    ["string", new String("x"), "type", "expected string, got String"],
    ["utf8", null, "type", "expected string, got null"],
    ["binary", [1], "type", "expected Uint8Array, got array"],
    ["binary", new Uint16Array(1), "type", "expected Uint8Array, got Uint16Array"],
    ["raw", "x", "type", "expected Uint8Array, got string"],
    ["date", 0, "type", "expected Date, got integer 0"],
    ["date", new Date(Number.NaN), "unencodable", "this Date has no RFC 3339 text"],
    ["timestamp", new Date(Number.NaN), "unencodable", "expected Date, got an invalid one"],
    ["timestamp", "x", "type", "expected Date, got string"],
    ["array", -1, "range", "expected array length, got integer -1"],
    ["array", 1n, "range", "expected array length, got bigint 1"],
    ["map", 1.5, "range", "expected map size, got number 1.5"],
    ["extension", 128, "range", "expected extension type, got integer 128"],
    ["value", undefined, "type", "expected a value that can be encoded, got undefined"],
    ["value", () => 0, "type", "expected a value that can be encoded, got function"],
    ["value", Symbol("s"), "type", "expected a value that can be encoded, got symbol"],
    ["value", new Map(), "type", "expected a value that can be encoded, got Map"],
    ["value", [undefined], "type", "expected a value that can be encoded, got undefined"],
    ["value", 2n ** 64n, "range", "expected uint64, got bigint"],
    ["value", { a: [new Set()] }, "type", "expected a value that can be encoded, got Set"],
  ])("%s(%o)", (method, v, code, message) => {
    const error = failure(() => encoded(write(method, v)));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });

  it("keeps what was written before, and says at what offset it failed", () => {
    const writer = new GrowingBuffer().begin();
    writer.string("abc");
    for (const fail of [write("int8", 200), write("string", 1), write("float32", 1e300)]) {
      expect(failure(() => fail(writer)).offset).toBe(4);
      expect(writer.pos - writer.start).toBe(4);
    }
  });

  it("refuses cycles, and values nested deeper than 512", () => {
    const cycle: unknown[] = [];
    cycle.push([cycle, cycle]);
    expect(failure(() => encoded((w) => w.value(cycle))).code).toBe("depth");
    const nest = (depth: number) => Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 1);
    expect(encoded((w) => w.value(nest(512))).length).toBe(513);
    expect(failure(() => encoded((w) => w.value(nest(513)))).code).toBe("depth");
  });

  it("refuses an object that changes while it is encoded", () => {
    let reads = 0;
    const shifty = {
      get a() {
        return reads++ === 0 ? 1 : undefined;
      },
    };
    expect(failure(() => encoded((w) => w.value(shifty))).code).toBe("unencodable");
  });
});

describe("the memory", () => {
  it("is asked for only when it runs out, and keeps what was written as it moves", () => {
    const sizes: number[] = [];
    let memory = new Uint8Array(40);
    const sink: Sink = {
      grow(writer, more) {
        sizes.push(more);
        const larger = new Uint8Array(memory.length + more + 7);
        larger.set(memory.subarray(writer.start, writer.pos), 5);
        memory = larger;
        writer.moveTo(larger, new DataView(larger.buffer), 5, larger.length);
      },
    };
    const writer = new Writer(sink);
    writer.target(memory, new DataView(memory.buffer), 3, 9);
    for (let i = 0; i < 6; i++) writer.nil();
    expect(sizes).toEqual([]);
    writer.string("é€🍺".repeat(200));
    expect(sizes.length).toBeGreaterThan(0);
    const text = new TextEncoder().encode("é€🍺".repeat(200));
    const written = memory.subarray(writer.start, writer.pos);
    expect(written).toEqual(
      Uint8Array.from([
        0xc0,
        0xc0,
        0xc0,
        0xc0,
        0xc0,
        0xc0,
        0xda,
        text.length >> 8,
        text.length & 255,
        ...text,
      ]),
    );
  });

  it("is not overrun when a sink gives too little", () => {
    const writer = new Writer({ grow() {} });
    const memory = new Uint8Array(16);
    writer.target(memory, new DataView(memory.buffer), 4, 6);
    for (const fail of [
      write("string", "abcdef"),
      write("string", "x".repeat(99)),
      write("binary", new Uint8Array(3)),
      write("float64", 1),
    ]) {
      expect(failure(() => fail(writer)).code).toBe("oversized");
      expect(writer.pos).toBe(4);
    }
    expect(memory).toEqual(new Uint8Array(16));
  });

  it.each([
    [-1, 4],
    [0, 17],
    [5, 4],
    [Number.NaN, 4],
    [0, Number.NaN],
  ])("is not taken from %d to %d of 16 bytes", (start, end) => {
    const memory = new Uint8Array(16);
    const writer = new Writer({ grow() {} });
    expect(() => writer.target(memory, new DataView(memory.buffer), start, end)).toThrow(RangeError);
  });
});

describe("GrowingBuffer", () => {
  it("serves one value after the other, and gives each away as a copy", () => {
    const buffer = new GrowingBuffer(16);
    buffer.begin().string("first, and longer than sixteen bytes");
    const first = buffer.finish();
    buffer.begin().string("abandoned");
    buffer.begin().nil();
    expect(toHex(buffer.finish())).toBe("c0");
    expect(first.length).toBe(38);
    expect(first[2]).toBe(0x66);
    expect(first.buffer.byteLength).toBe(38);
  });

  it("gives back the memory of a large value", () => {
    const buffer = new GrowingBuffer(16);
    buffer.begin().binary(new Uint8Array(3 << 20));
    expect(buffer.finish().length).toBe((3 << 20) + 5);
    expect(buffer.begin().end).toBe(16);
  });
});
