import fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { compilePlugin } from "./testing/compile.js";
import { TestHost, text, utf8 } from "./testing/host.js";
import { definition, list, operation, payload, scalar } from "./testing/interfaces.js";

// Compiling takes seconds where the machine is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const floats = list(scalar("float64"));
const numbers = definition({
  name: "numbers",
  exports: [operation("floats", { input: payload("json", floats), output: payload("json", floats) })],
});

let host: TestHost;

beforeAll(async () => {
  const author = "export function floats(input: Array<f64>): Array<f64> { return input; }";
  const { bytes, messages } = await compilePlugin(numbers, author);
  expect(messages).toBe("");
  host = new TestHost(bytes);
});

function echo(decimals: readonly string[]): number[] {
  return JSON.parse(text(host.callDirect("floats", utf8(`[${decimals.join(",")}]`)).bytes));
}

/** The float after this one. */
function next(value: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigUint64(0, view.getBigUint64(0) + 1n);
  return view.getFloat64(0);
}

/** A float's exact decimal digits, from its bits. */
function exactDecimal(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const significand = (bits & 0xfffffffffffffn) | (biased === 0 ? 0n : 1n << 52n);
  const exponent = Math.max(biased, 1) - 1075;
  if (exponent >= 0) return String(significand << BigInt(exponent));
  return `${significand * 5n ** BigInt(-exponent)}e${exponent}`;
}

describe("floats in JSON", () => {
  it("come back as they are", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 40 }),
        (values) => {
          const decimals = values.map((value) => (Object.is(value, -0) ? "-0" : String(value)));
          const back = echo(decimals);
          expect(back.every((value, index) => Object.is(value, values[index]))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("are the nearest to any decimal", () => {
    const digits = fc.stringMatching(/^[1-9][0-9]{0,45}$/);
    const fraction = fc.stringMatching(/^[0-9]{1,30}$/);
    const decimal = fc
      .tuple(digits, fc.option(fraction), fc.option(fc.integer({ min: -350, max: 290 })))
      .map(
        ([whole, part, exponent]) =>
          `${whole}${part === null ? "" : `.${part}`}${exponent === null ? "" : `e${exponent}`}`,
      )
      .filter((text) => Number.isFinite(Number(text)));
    fc.assert(
      fc.property(fc.array(decimal, { maxLength: 30 }), (decimals) => {
        expect(echo(decimals)).toEqual(decimals.map(Number));
      }),
      { numRuns: 200 },
    );
  });

  it("are rounded to even between two floats, and up where anything is beyond the middle", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e300, noNaN: true }), (value) => {
        // The middle has one bit more than the floats beside it: twice the significand, plus one.
        const [low, lowExponent = "0"] = exactDecimal(value).split("e");
        const [high, highExponent = "0"] = exactDecimal(next(value)).split("e");
        const exponent = Math.min(Number(lowExponent), Number(highExponent));
        const scale = (digits: string | undefined, from: string): bigint =>
          BigInt(digits ?? 0) * 10n ** BigInt(Number(from) - exponent);
        const middle = `${(scale(low, lowExponent) + scale(high, highExponent)) * 5n}`;
        const decimals = [
          `${middle}e${exponent - 1}`,
          `${middle}0000001e${exponent - 8}`,
          `${BigInt(middle) - 1n}e${exponent - 1}`,
        ];
        expect(echo(decimals)).toEqual(decimals.map(Number));
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    "2.2250738585072011e-308",
    "2.2250738585072014e-308",
    "4.9406564584124654e-324",
    "2.4703282292062327e-324",
    "2.4703282292062328e-324",
    "1.7976931348623157e308",
    "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093042880",
    "9007199254740993",
    "9007199254740992.99999999999999999999",
    "0.1e-1",
    "1e22",
    "1e23",
    "123456789012345678e27",
    "123456789012345678e-27",
    `0.${"0".repeat(400)}1e401`,
    `1${"0".repeat(400)}e-400`,
    `0.${"3".repeat(2000)}`,
    "1e-400",
    "0e400",
  ])("has the nearest float for %s", (decimal) => {
    expect(echo([decimal, `-${decimal}`])).toEqual([Number(decimal), -Number(decimal)]);
  });

  it("are as short as they may be", () => {
    const shortest = ["0", "-0", "1", "100", "0.1", "1e+21", "1e-7", "5e-324", "1.7976931348623157e+308"];
    expect(text(host.callDirect("floats", utf8(`[${shortest.join(",")}]`)).bytes)).toBe(
      `[${shortest.join(",")}]`,
    );
  });
});
