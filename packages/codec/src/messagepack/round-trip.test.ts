import { deepStrictEqual } from "node:assert";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CodecError } from "../errors.js";
import { anyBytes, anyJson, anyText, wellFormedText } from "../testing/arbitraries.js";
import { failure } from "../testing/failure.js";
import { decoded, encoded, readerInside } from "../testing/messagepack.js";
import { ExtensionValue } from "./extension.js";
import { pathAt } from "./path-at.js";
import type { Reader } from "./reader.js";
import type { Writer } from "./writer.js";

const float32 = fc.float();
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const date = fc.date({
  min: new Date("0000-01-01T00:00:00Z"),
  max: new Date("9999-12-31T23:59:59Z"),
  noInvalidDate: true,
});

/** Anything that `value` writes and reads back as it was. */
const anyValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    fc.integer(),
    fc.maxSafeInteger(),
    fc.double(),
    int64.filter((v) => !Number.isSafeInteger(Number(v))),
    wellFormedText,
    fc.uint8Array({ maxLength: 40 }),
    fc.date({ noInvalidDate: true }),
    fc
      .tuple(fc.integer({ min: 0, max: 127 }), fc.uint8Array({ maxLength: 20 }))
      .map(([t, d]) => new ExtensionValue(t, d)),
    fc.array(tie("value"), { maxLength: 18 }),
    fc.dictionary(fc.oneof(wellFormedText, fc.constantFrom("__proto__", "constructor")), tie("value"), {
      maxKeys: 18,
      noNullPrototype: true,
    }),
  ),
})).value;

describe("a value comes back as it went", () => {
  it.each<[string, fc.Arbitrary<unknown>, (w: Writer, v: never) => void, (r: Reader) => unknown]>([
    ["any value", anyValue, (w, v) => w.value(v), (r) => r.value()],
    ["any JSON value", anyJson, (w, v) => w.value(v), (r) => r.value()],
    ["integer", fc.oneof(fc.integer(), fc.maxSafeInteger()), (w, v) => w.integer(v), (r) => r.integer()],
    ["int8", fc.integer({ min: -128, max: 127 }), (w, v) => w.int8(v), (r) => r.int8()],
    ["int16", fc.integer({ min: -32768, max: 32767 }), (w, v) => w.int16(v), (r) => r.int16()],
    ["int32", fc.integer(), (w, v) => w.int32(v), (r) => r.int32()],
    ["uint8", fc.integer({ min: 0, max: 255 }), (w, v) => w.uint8(v), (r) => r.uint8()],
    ["uint16", fc.integer({ min: 0, max: 65535 }), (w, v) => w.uint16(v), (r) => r.uint16()],
    ["uint32", fc.integer({ min: 0, max: 4294967295 }), (w, v) => w.uint32(v), (r) => r.uint32()],
    ["int64", fc.oneof(int64, fc.integer().map(BigInt)), (w, v) => w.int64(v), (r) => r.int64()],
    ["uint64", fc.oneof(uint64, fc.nat().map(BigInt)), (w, v) => w.uint64(v), (r) => r.uint64()],
    ["float32", float32, (w, v) => w.float32(v), (r) => r.float32()],
    ["float64", fc.double(), (w, v) => w.float64(v), (r) => r.float64()],
    ["boolean", fc.boolean(), (w, v) => w.boolean(v), (r) => r.boolean()],
    ["string", wellFormedText, (w, v) => w.string(v), (r) => r.string()],
    ["binary", fc.uint8Array({ maxLength: 300 }), (w, v) => w.binary(v), (r) => r.binary()],
    ["date", date, (w, v) => w.date(v), (r) => r.date()],
    ["timestamp", fc.date({ noInvalidDate: true }), (w, v) => w.timestamp(v), (r) => r.date()],
    ["raw text", wellFormedText, (w, v) => w.utf8(v), (r) => r.text()],
  ])("%s", (_, values, write, read) => {
    fc.assert(
      fc.property(values, fc.integer({ min: 16, max: 40 }), (v, capacity) => {
        // `values` makes what `write` takes: the table pairs them.
        const bytes = encoded((w) => write(w, v as never), capacity);
        // Vitest would take a key named "constructor" for the value's class.
        deepStrictEqual(decoded(bytes, read), v);
      }),
    );
  });

  it("with lone surrogates replaced by U+FFFD", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const bytes = encoded((w) => w.string(text), 16);
        expect(decoded(bytes, (r) => r.string())).toBe(text.replace(/\p{Surrogate}/gu, "\ufffd"));
      }),
    );
  });
});

describe("hostile bytes", () => {
  const reads: readonly ((r: Reader) => unknown)[] = [
    (r) => r.value(),
    (r) => r.skip(),
    (r) => r.integer(),
    (r) => r.int64(),
    (r) => r.uint64(),
    (r) => r.float32(),
    (r) => r.string(),
    (r) => r.binary(),
    (r) => r.date(),
    (r) => r.array(),
    (r) => r.map(),
    (r) => r.text(),
  ];

  it("cause nothing but CodecErrors, whose paths can be asked for", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        for (const read of reads) {
          const reader = readerInside(bytes);
          try {
            read(reader);
            expect(reader.pos).toBeLessThanOrEqual(reader.end);
          } catch (error) {
            if (!(error instanceof CodecError)) throw error;
            expect(error.offset).toBeGreaterThanOrEqual(0);
            expect(error.offset).toBeLessThanOrEqual(bytes.length);
            expect(pathAt(bytes, 0, error.offset, bytes.length)).toMatch(/^\$/);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("read the same whatever lies around them", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const outcomes = [0x00, 0x61, 0xff].map((fill) => {
          const memory = new Uint8Array(bytes.length + 40).fill(fill);
          memory.set(bytes, 8);
          const reader = readerInside(bytes);
          reader.source(memory, new DataView(memory.buffer), 8, 8 + bytes.length);
          try {
            return reader.value();
          } catch (error) {
            return String(error);
          }
        });
        deepStrictEqual(outcomes[1], outcomes[0]);
        deepStrictEqual(outcomes[2], outcomes[0]);
      }),
      { numRuns: 500 },
    );
  });

  it("are skipped exactly when they are read, but for text, keys and dates", () => {
    fc.assert(
      fc.property(anyValue, anyBytes, (v, after) => {
        const bytes = encoded((w) => w.value(v));
        const reader = readerInside(Uint8Array.from([...bytes, ...after]));
        reader.skip();
        expect(reader.pos - reader.start).toBe(bytes.length);
      }),
    );
  });

  it("are refused when they are a value that is cut off, wherever it is", () => {
    fc.assert(
      fc.property(anyValue, (v) => {
        const bytes = encoded((w) => w.value(v));
        for (let length = 0; length < bytes.length; length++) {
          const cut = bytes.subarray(0, length);
          expect(["truncated", "oversized"]).toContain(failure(() => decoded(cut, (r) => r.value())).code);
          expect(failure(() => decoded(cut, (r) => r.skip())).code).toBe("truncated");
        }
      }),
      { numRuns: 40 },
    );
  });
});
