import { describe, expect, it } from "vitest";
import { Headers as Ours } from "./headers.js";

const Theirs = globalThis.Headers;

describe("Headers", () => {
  it.each<[string, (headers: Ours) => unknown]>([
    ["goes through its names in order, in lower case", (h) => [...h]],
    [
      "joins values with commas, but not cookies",
      (h) => [h.get("x-a"), h.getSetCookie(), h.get("SET-COOKIE")],
    ],
    [
      "has, sets and deletes by any spelling",
      (h) => {
        h.set("X-A", " 9\t");
        h.delete("B");
        return [h.has("x-A"), h.get("x-a"), h.has("b"), h.get("b")];
      },
    ],
    [
      "has keys, values and forEach",
      (h) => {
        const seen: unknown[] = [];
        h.forEach((value, name) => {
          seen.push([name, value]);
        });
        return [[...h.keys()], [...h.values()], seen];
      },
    ],
  ])("%s", (_, act) => {
    const init: [string, string][] = [
      ["X-A", "1"],
      ["b", " 2 "],
      ["x-a", "3"],
      ["Set-Cookie", "a=1, b"],
      ["set-cookie", "c=2"],
    ];
    // Both have the members that the actions use.
    expect(act(new Ours(init))).toEqual(act(new Theirs(init) as unknown as Ours));
  });

  it.each([
    ["a record", { A: "1", b: "2" }],
    [
      "pairs",
      [
        ["A", "1"],
        ["b", "2"],
      ] as const,
    ],
    ["other headers", new Ours({ a: "1", b: "2" })],
  ])("is made of %s", (_, init) => {
    expect([...new Ours(init)]).toEqual([
      ["a", "1"],
      ["b", "2"],
    ]);
  });

  it.each([
    ["a name with a space", { "a b": "1" }],
    ["an empty name", { "": "1" }],
    ["a value with a line break within", { a: "1\r\nb: 2" }],
    ["a value beyond latin1", { a: "世" }],
    ["a pair of three", [["a", "1", "2"]] as unknown as [string, string][]],
    ["null", null as unknown as Record<string, string>],
  ])("refuses %s with a TypeError", (_, init) => {
    expect(() => new Ours(init)).toThrow(TypeError);
  });
});
