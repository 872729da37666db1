import { beforeEach, describe, expect, it } from "vitest";
import { engineState, resetEngine } from "../testing/engine/state.js";
import { defineHost, definePlugin, type OperationShape, PluginFailure, type Shape } from "./index.js";

beforeEach(resetEngine);

const types: readonly Shape[] = [["record", false, [["a", false, "string"]]]];

/** Calls the one function of a plug-in. */
function call(run: (input: never) => unknown, operation: OperationShape): unknown {
  return definePlugin({ run }, { run: operation }, types)["run"]?.();
}

describe("definePlugin", () => {
  it("makes exports that read, call, and write", () => {
    engineState.input = { messagepack: { a: "x" } };
    call((input: { a: string }) => input.a + 1, {
      input: ["messagepack", ["ref", 0]],
      output: ["text", "string"],
    });
    expect(engineState.written).toEqual([
      { codec: { encoding: "text", shape: "string", types }, value: "x1" },
    ]);
  });

  it("reads nothing for a function without input, and writes nothing for one without output", () => {
    let told: readonly unknown[] | undefined;
    definePlugin(
      {
        run(...all: unknown[]) {
          told = all;
          return 5;
        },
      },
      { run: {} },
      types,
    )["run"]?.();
    expect([told, engineState.written]).toEqual([[], []]);
  });

  it("waits for a promise", async () => {
    await call(async () => "later", { output: ["json", "string"] });
    expect(engineState.written).toMatchObject([{ value: "later" }]);
  });

  it("calls with the object of functions as this, also that of a class", () => {
    class Counter {
      count = 0;
      next() {
        return ++this.count;
      }
    }
    const exports = definePlugin(new Counter(), { next: { output: ["json", "integer"] } }, types);
    exports["next"]?.();
    exports["next"]?.();
    expect(engineState.written.map(({ value }) => value)).toEqual([1, 2]);
    expect(Object.keys(exports)).toEqual(["next"]);
  });

  it.each<[string, object, string]>([
    ["a missing function", {}, 'the plug-in lacks "run"'],
    [
      "one that is spelled otherwise",
      { rum() {} },
      'the plug-in lacks "run", and has "rum", which the interface doesn\'t have',
    ],
    ["what is no function", { run: 5 }, 'the plug-in has "run" as number, not as a function'],
    ["no object", null as unknown as object, "expected an object with the plug-in's functions, got null"],
  ])("refuses %s", (_, functions, message) => {
    expect(() => definePlugin(functions, { run: {} }, types)).toThrow(new TypeError(message));
  });

  it("doesn't take what every object has for a function of the plug-in", () => {
    expect(() => definePlugin({}, { toString: {} }, types)).toThrow('lacks "toString"');
  });

  it("passes on whatever else is thrown", async () => {
    const error = new Error("bad");
    const fails = () => {
      throw error;
    };
    expect(() => call(fails, { errors: "string" })).toThrow(error);
    await expect(call(async () => fails(), { errors: "string" })).rejects.toBe(error);
    expect(engineState.failures).toEqual([]);
  });
});

describe("a PluginFailure", () => {
  const failing = (detail: unknown, errors?: Shape) =>
    call(
      () => {
        throw new PluginFailure(detail);
      },
      errors === undefined ? {} : { errors },
    );

  it.each<[string, Shape, unknown, string]>([
    ["text and booleans", ["list", "any"], ["a\n", true, null, undefined], '["a\\n",true,null,null]'],
    [
      "a record, without its absent optional fields",
      [
        "record",
        true,
        [
          ["a", false, "int8"],
          ["b", true, "string"],
        ],
      ],
      { a: -128, b: undefined, c: 1 },
      '{"a":-128}',
    ],
    ["bytes as base64", "bytes", new Uint8Array([1, 2, 255]), '"AQL/"'],
    [
      "64-bit integers with all digits",
      ["list", "int64"],
      [2n ** 63n - 1n, -(2n ** 63n)],
      "[9223372036854775807,-9223372036854775808]",
    ],
    ["unsigned ones, too", "uint64", 2n ** 64n - 1n, "18446744073709551615"],
    ["floats", ["list", "float64"], [1.5, -0, 1e300], "[1.5,-0,1e+300]"],
    ["maps", ["map", "uint32"], { "a b": 1, c: 2 }, '{"a b":1,"c":2}'],
    [
      "an enum, a date and null",
      [
        "record",
        false,
        [
          ["e", false, ["enum", ["x"]]],
          ["d", false, "date-time"],
          ["n", false, ["nullable", "string"]],
        ],
      ],
      { e: "x", d: "2020-01-01T00:00:00Z", n: null },
      '{"e":"x","d":"2020-01-01T00:00:00Z","n":null}',
    ],
    ["a named type", ["ref", 0], { a: "x" }, '{"a":"x"}'],
    [
      "any value, with bytes, bigints and toJSON",
      "any",
      { a: new Uint8Array([1]), b: [1n, -1n], c: new Date(0) },
      '{"a":"AQ==","b":[1,-1],"c":"1970-01-01T00:00:00.000Z"}',
    ],
  ])("tells %s", (_, shape, detail, text) => {
    failing(detail, shape);
    expect(engineState.failures).toEqual([text]);
  });

  it("is told from an asynchronous function, too", async () => {
    await call(() => Promise.reject(new PluginFailure("x")), { errors: "string" });
    expect(engineState.failures).toEqual(['"x"']);
  });

  it.each<[string, Shape, unknown, string]>([
    [
      "of another type",
      ["record", false, [["a", false, ["list", "int32"]]]],
      { a: [1, "x"] },
      "$.a[1]: expected int32, got a string",
    ],
    ["that lacks a field", ["ref", 0], {}, "$.a: expected string, got nothing"],
    ["that is too large", "uint8", 256, "$: expected uint8, got 256"],
    ["that is no whole number", "integer", 1.5, "$: expected integer, got 1.5"],
    ["that has no form in JSON", "float64", Number.NaN, "$: expected float64, got NaN"],
    ["with a number for a bigint", "int64", 1, "$: expected int64, got 1"],
    [
      "with another value than the enum's",
      ["map", ["enum", ["x"]]],
      { "a b": "y" },
      `$["a b"]: expected one of the enum's values, got a string`,
    ],
    ["that is a list", ["map", "any"], [], "$: expected object, got an array"],
    ["that is no list", ["list", "any"], new Uint8Array(1), "$: expected array, got a Uint8Array"],
    ["with a function in it", "any", { f() {} }, "$.f: expected a value, got a function"],
  ])("with a detail %s is a TypeError that names the place", (_, shape, detail, message) => {
    expect(() => failing(detail, shape)).toThrow(
      new TypeError(`the detail of a PluginFailure doesn't fit the interface: ${message}`),
    );
  });

  it("with a detail that is part of itself is a TypeError, too", () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(() => failing(cycle, "any")).toThrow(/deeper than 512 levels/);
  });

  it("is an error as any other, where the interface describes none", () => {
    expect(() => failing({ a: 1 })).toThrow(PluginFailure);
  });

  it("has a name, a message and its detail", () => {
    class SearchFailure extends PluginFailure<{ limit: number }> {}
    const failure = new SearchFailure({ limit: 1 }, "too many");
    expect([failure.name, failure.message, failure.detail.limit, failure instanceof Error]).toEqual([
      "PluginFailure",
      "too many",
      1,
      true,
    ]);
  });
});

describe("defineHost", () => {
  it("makes functions that call the host's by its codecs", () => {
    engineState.hostFunctions = { lookup: (argument) => `${argument}!`, note: () => undefined };
    const host = defineHost<{ lookup(input: string): string; note(input: string): void }>(
      {
        lookup: { input: ["text", "string"], output: ["messagepack", ["ref", 0]] },
        note: { input: ["text", "string"] },
      },
      types,
    );
    expect(host.lookup("a")).toBe("a!");
    expect(engineState.linked).toEqual([
      {
        name: "lookup",
        argument: { encoding: "text", shape: "string", types },
        result: { encoding: "messagepack", shape: ["ref", 0], types },
      },
      { name: "note", argument: { encoding: "text", shape: "string", types } },
    ]);
  });
});
