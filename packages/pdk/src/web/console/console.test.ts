import { beforeEach, describe, expect, it } from "vitest";
import { engineState, resetEngine } from "../../testing/engine/state.js";
import { console } from "./console.js";

beforeEach(resetEngine);

describe("console", () => {
  it.each<[string, readonly unknown[], string]>([
    [
      "several values",
      ["a", 1, true, null, undefined, 2n, Symbol("s"), -0],
      "a 1 true null undefined 2n Symbol(s) -0",
    ],
    ["nothing", [], ""],
    [
      "objects",
      [{ a: 1, "b c": "x", d: { e: [1, { f: {} }] } }],
      '{ a: 1, "b c": "x", d: { e: [1, [Object]] } }',
    ],
    ["arrays and typed arrays", [[1, "x"], new Uint8Array([1, 2]), []], '[1, "x"] Uint8Array(2) [1, 2] []'],
    ["maps and sets", [new Map([["a", 1]]), new Set([1])], 'Map(1) { "a" => 1 } Set(1) { 1 }'],
    [
      "objects of classes",
      [
        new (class Point {
          x = 1;
        })(),
      ],
      "Point { x: 1 }",
    ],
    [
      "what has a text of its own",
      [new URL("http://h/"), /a/g, new Date(0)],
      "http://h/ /a/g 1970-01-01T00:00:00.000Z",
    ],
    ["functions", [function named() {}, class Named {}], "[Function: named] [Function: Named]"],
    ["errors, with the stack that the engine describes", [new TypeError("bad")], "described TypeError: bad"],
    [
      "%s, %d, %i, %f",
      ["%s %d %i %f %s", "x", "4.5", 4.7, "1.5", { a: 1 }, "rest"],
      "x 4.5 4 1.5 { a: 1 } rest",
    ],
    ["%j, %o, %O, %c", ["%j %o %O%c!", { a: "x" }, [1], [2], "color: red"], '{"a":"x"} [1] [2]!'],
    ["percent signs", ["100%% %d%%", 5], "100% 5%"],
    ["directives without a value", ["%s and %d", "one"], "one and %d"],
    ["a first value that is no text", [1, "%s", 2], "1 %s 2"],
  ])("writes %s", (_, values, expected) => {
    console.log(...values);
    expect(engineState.log).toEqual([`info: ${expected}`]);
  });

  it("writes each kind of line at its level", () => {
    for (const kind of ["trace", "debug", "log", "info", "warn", "error"] as const) console[kind]("x");
    expect(engineState.log).toEqual([
      "trace: described Trace: x",
      "debug: x",
      "info: x",
      "info: x",
      "warn: x",
      "error: x",
    ]);
  });

  it("shows cycles, and goes on past getters and proxies that throw", () => {
    const cycle: Record<string, unknown> = {};
    cycle["self"] = cycle;
    const hostile = {
      get bad() {
        throw new Error("no");
      },
    };
    console.log(
      cycle,
      hostile,
      new Proxy(
        {},
        {
          ownKeys() {
            throw new Error("no");
          },
        },
      ),
    );
    expect(engineState.log).toEqual(["info: { self: [Circular] } [object] [object]"]);
  });

  it("limits what it shows of long lists, and breaks long lines", () => {
    console.log(Array.from({ length: 150 }, (_, index) => index));
    const [line = ""] = engineState.log;
    expect(line.split("\n").length).toBe(103);
    expect(line).toContain("\n  99,\n  … 50 more\n]");
  });

  it("asserts, counts and groups", () => {
    console.assert(true, "not this");
    console.assert(false, "%s went wrong", "it");
    console.assert(false);
    console.count();
    console.count("a");
    console.count();
    console.countReset();
    console.count();
    console.group("outer");
    console.warn("one\ntwo");
    console.groupEnd();
    console.groupEnd();
    console.warn("three");
    expect(engineState.log).toEqual([
      "error: Assertion failed: it went wrong",
      "error: Assertion failed",
      "info: default: 1",
      "info: a: 1",
      "info: default: 2",
      "info: default: 1",
      "info: outer",
      "warn:   one\n  two",
      "warn: three",
    ]);
  });

  it("stays silent where there is no log, as while modules are evaluated", () => {
    const { log } = engineState;
    log.push = () => {
      throw new Error("there is no call");
    };
    expect(() => console.log("x")).not.toThrow();
  });
});
