import { describe, expect, test } from "vitest";
import type { Call } from "./case.js";
import { differences } from "./compare.js";
import type { CallResult } from "./hosts/index.js";
import { pack } from "./messagepack.js";

const output = (bytes: string | Uint8Array): CallResult => ({
  output: typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes,
  logs: [],
});
const error = (text: string): CallResult => ({ error: text, logs: [] });
const call = (rest: object): Call => ({ export: "f", output: "", ...rest });

describe("a result that is as expected", () => {
  test.each<[string, Call, CallResult]>([
    ["text", call({ output: "ahoj 🐋" }), output("ahoj 🐋")],
    ["bytes", call({ output: Uint8Array.of(0, 255) }), output(Uint8Array.of(0, 255))],
    ["JSON with other blanks", { export: "f", json: { a: [1] } }, output('{ "a": [1] }')],
    ["MessagePack", { export: "f", messagepack: { a: [1] } }, output(pack({ a: [1] }))],
    ["a part of an error", { export: "f", error: "no whale" }, error("plug-in: no whale.")],
    ["an error that matches", { export: "f", error: /^no/ }, error("no whale")],
    ["a log", call({ logs: [["info", "x"]] }), { output: new Uint8Array(), logs: [["info", "x"]] }],
  ])("%s", (_, expected, result) => {
    expect(differences(expected, "extism-js", result)).toBeUndefined();
  });
});

describe("a result that is not as expected", () => {
  test.each<[string, Call, CallResult, string]>([
    ["other text", call({ output: "a" }), output("b"), 'expected "a", got "b"'],
    ["more bytes", call({ output: "a" }), output("ab"), 'expected "a", got "ab"'],
    ["an error instead", call({ output: "a" }), error("oh"), 'expected "a", got the error: oh'],
    ["an output instead", { export: "f", error: "oh" }, output("a"), 'expected an error, got "a"'],
    ["another error", { export: "f", error: "oh" }, error("ah"), "got: ah"],
    ["another value", { export: "f", json: { a: 1 } }, output('{"a":2}'), 'got {"a":2}'],
    ["not JSON", { export: "f", json: 1 }, output("{"), "SyntaxError"],
    ["not MessagePack", { export: "f", messagepack: 1 }, output(Uint8Array.of(0xc1)), "CodecError"],
    ["more after MessagePack", { export: "f", messagepack: 1 }, output(Uint8Array.of(1, 1)), "CodecError"],
    ["another log", call({ logs: [["info", "x"]] }), output(""), 'expected the log [["info","x"]]'],
  ])("%s", (_, expected, result, problem) => {
    expect(differences(expected, "extism-js", result)).toContain(problem);
  });
});

test("a deviation holds for its host alone, and a host that stops deviating is noticed", () => {
  const deviating = call({ output: "a", except: { "extism-js": { output: "b", because: "it adds one" } } });
  expect(differences(deviating, "extism-js", output("b"))).toBeUndefined();
  expect(differences(deviating, "extism-go", output("b"))).toBe('expected "a", got "b"');
  expect(differences(deviating, "extism-js", output("a"))).toContain("it adds one; has that changed?");
});
