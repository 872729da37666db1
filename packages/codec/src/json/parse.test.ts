import { deepStrictEqual } from "node:assert";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CodecError } from "../errors.js";
import { anyJson } from "../testing/arbitraries.js";
import { failure } from "../testing/failure.js";
import { parseExactJson } from "./exact-parser.js";
import { parseJson } from "./parse.js";

type Outcome = { readonly value: unknown } | "refused";

function outcome(parse: () => unknown): Outcome {
  try {
    return { value: parse() };
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof CodecError && error.code === "syntax"))
      return "refused";
    throw error;
  }
}

/** JSON texts, most of them with a piece taken out, put in or changed. */
const nearlyJson = fc
  .tuple(
    fc.oneof(
      anyJson.map((v) => JSON.stringify(v)),
      anyJson.map((v) => JSON.stringify(v, null, "\t")),
    ),
    fc.nat(200),
    fc.nat(2),
    fc.constantFrom(
      "",
      "",
      "1",
      "-",
      "0",
      ".",
      "e5",
      '"',
      "\\",
      "\\u12",
      "\\ud800",
      "[",
      "]",
      "{",
      "}",
      ",",
      ":",
      "nul",
      "\n",
      "\u00a0",
      "\ufeff",
      "\u0000",
      "\u2028",
    ),
  )
  .map(
    ([text, at, cut, put]) =>
      text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + cut),
  );

describe("parseJson", () => {
  it("agrees with JSON.parse on any text, in what it reads and in what it refuses", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          nearlyJson,
          fc.string({ unit: fc.constantFrom(...'[]{}",:\\/0123456789-+.eEtrufalsn \n\t') }),
        ),
        (text) => {
          const expected = outcome(() => JSON.parse(text));
          deepStrictEqual(
            outcome(() => parseExactJson(text, false)),
            expected,
          );
          deepStrictEqual(
            outcome(() => parseJson(text)),
            expected,
          );
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["9007199254740991", Number.MAX_SAFE_INTEGER],
    ["9007199254740992", 9007199254740992n],
    ["9007199254740993", 9007199254740993n],
    ["-9007199254740993", -9007199254740993n],
    ["18446744073709551615", 18446744073709551615n],
    ["18446744073709551616.0", 2 ** 64],
    ["18446744073709551616e0", 2 ** 64],
    ["1234567890123456789012345", 1234567890123456789012345n],
    ["-0", -0],
    ["1e400", Number.POSITIVE_INFINITY],
    ['"12345678901234567890"', "12345678901234567890"],
    [
      '{"a":[12345678901234567890,1],"__proto__":2}',
      Object.fromEntries([
        ["a", [12345678901234567890n, 1]],
        ["__proto__", 2],
      ]),
    ],
  ])("keeps the digits of %s when asked to", (text, v) => {
    expect(parseJson(text, { bigints: true })).toStrictEqual(v);
  });

  it("only makes bigints when asked to", () => {
    expect(parseJson("9007199254740993")).toBe(9007199254740992);
  });

  it("refuses an integer so long that making it would take long", () => {
    expect(failure(() => parseJson("1".repeat(5000), { bigints: true })).code).toBe("range");
  });

  it.each([
    ["", 0, "expected a JSON value, got the end of the text at offset 0"],
    ['{"a":}', 5, 'expected a JSON value, got "}"'],
    ["[1 2]", 3, 'expected "," or "]", got "2"'],
    ['{"a" 1}', 5, 'expected ":", got "1"'],
    ["{a:1}", 1, 'expected a property name in quotes, got "a"'],
    ["[1,]", 3, 'expected a JSON value, got "]"'],
    ['"abc', 4, "expected a closing quote, got the end of the text"],
    ['"a\nb"', 2, "expected an escape for a control character"],
    ['"\\x"', 1, "expected a valid escape"],
    ['"a\\u12G4"', 2, "expected an escape with four hexadecimal digits"],
    ["1 1", 2, 'expected the end of the text, got "1"'],
    ["01", 1, 'expected the end of the text, got "1"'],
    ["\ufeff1", 0, "expected a JSON value"],
    ["tru", 0, "expected a JSON value"],
  ])("says what is wrong with %j, and where", (text, offset, message) => {
    for (const bigints of [true, false]) {
      const error = failure(() => parseJson(text, { bigints }));
      expect(error).toMatchObject({ code: "syntax", offset });
      expect(error.message).toContain(message);
    }
  });

  it.each([true, false])("refuses what nests deeper than 512 levels (bigints: %s)", (bigints) => {
    const digits = "12345678901234567890";
    const nested = (depth: number) => `${'[{"a":'.repeat(depth / 2)}${digits}${"}]".repeat(depth / 2)}`;
    expect(JSON.stringify(parseJson(nested(512).replace(digits, "1"), { bigints })).length).toBe(512 * 4 + 1);
    parseJson(nested(512), { bigints });
    expect(failure(() => parseJson(nested(514), { bigints }))).toMatchObject({
      code: "depth",
      offset: 256 * 6,
    });
    expect(failure(() => parseJson("[".repeat(1_000_000), { bigints })).code).toBe("depth");
  });

  it("doesn't take brackets in strings for nesting", () => {
    const brackets = "[".repeat(2000);
    const text = JSON.stringify([brackets, `"${brackets}`, `\\"${brackets}`, `\\`, brackets]);
    expect(JSON.stringify(parseJson(text))).toBe(text);
  });

  it("refuses what isn't text", () => {
    // A caller without types can do this.
    expect(failure(() => parseJson(7 as unknown as string)).code).toBe("type");
  });

  it("never changes a prototype", () => {
    const text =
      '{"__proto__":{"polluted":1},"n":12345678901234567890,"constructor":{"prototype":{"polluted":1}}}';
    const v = parseJson(text, { bigints: true });
    expect(Object.getPrototypeOf(v)).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
    expect(Object.keys(Object(v))).toEqual(["__proto__", "n", "constructor"]);
  });
});
