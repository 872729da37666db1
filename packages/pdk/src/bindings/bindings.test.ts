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

  it("is told as JSON by the shape of the errors", () => {
    failing({ a: 1 }, ["ref", 0]);
    expect(engineState.failures).toEqual([
      { codec: { encoding: "json", shape: ["ref", 0], types: expect.anything() }, value: { a: 1 } },
    ]);
  });

  it("is told from an asynchronous function, too", async () => {
    await call(() => Promise.reject(new PluginFailure("x")), { errors: "string" });
    expect(engineState.failures).toMatchObject([
      { codec: { encoding: "json", shape: "string" }, value: "x" },
    ]);
  });

  it("with a detail that doesn't fit is a TypeError that names the place, with the failure as its cause", () => {
    engineState.misfit = { a: "x" };
    const error = expect.objectContaining({
      name: "TypeError",
      message: "the detail of a PluginFailure doesn't fit the interface: $.a: expected int32, got a string",
      cause: expect.any(PluginFailure),
    });
    expect(() => failing(engineState.misfit, ["ref", 0])).toThrow(error);
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
