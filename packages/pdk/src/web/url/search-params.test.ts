import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { URLSearchParams as Theirs } from "whatwg-url";
import { URLSearchParams as Ours } from "./search-params.js";
import { URL } from "./url.js";

describe("URLSearchParams", () => {
  it.each([
    "",
    "?",
    "a=b",
    "?a=b&c=d",
    "a",
    "=b",
    "=",
    "&&a&&",
    "a=b=c",
    "a+b=c+d",
    "%41=%zz&%=%",
    "ü=é",
    "a=%ff%C3%BC",
    "a=%F0%9F%98",
    "a=\ud800",
    "??a=b",
    "a=b#c",
    "a\tb=\n",
    "%00=%EF%BB%BF",
  ])("reads %j as the standard says, and writes it again", (query) => {
    const [ours, theirs] = [new Ours(query), new Theirs(query)];
    expect([...ours]).toEqual([...theirs]);
    expect(ours.toString()).toBe(theirs.toString());
  });

  it("writes and reads any names and values as the standard says", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }))),
        (pairs) => {
          expect(new Ours(pairs).toString()).toBe(new Theirs(pairs).toString());
          expect([...new Ours(new Ours(pairs).toString())]).toEqual([...new Ours(pairs)]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each<[string, (params: Ours) => unknown]>([
    ["append", (p) => p.append("a", "9")],
    ["delete by name", (p) => p.delete("a")],
    ["delete by name and value", (p) => p.delete("a", "1")],
    ["set what is there more than once", (p) => p.set("a", "9")],
    ["set what is not there", (p) => p.set("z", "9")],
    ["sort, by UTF-16", (p) => p.sort()],
    ["get and getAll", (p) => [p.get("a"), p.getAll("a"), p.get("z"), p.getAll("z")]],
    ["has", (p) => [p.has("a"), p.has("a", "3"), p.has("a", "2"), p.has("z")]],
    ["size, keys and values", (p) => [p.size, [...p.keys()], [...p.values()]]],
    [
      "a list that shrinks while it is gone through",
      (p) => {
        const seen: string[] = [];
        for (const [name] of p) {
          seen.push(name);
          p.delete(name);
        }
        return seen;
      },
    ],
    [
      "forEach",
      (p) => {
        const seen: unknown[] = [];
        p.forEach((value, name) => {
          seen.push([name, value]);
        });
        return seen;
      },
    ],
  ])("does %s as the standard says", (_, act) => {
    const query = "b=2&a=1&\uffff=x&😀=y&a=3&c=";
    const [ours, theirs] = [new Ours(query), new Theirs(query)];
    // Both have the members that the actions use.
    expect(act(ours)).toEqual(act(theirs as unknown as Ours));
    expect(String(ours)).toBe(String(theirs));
  });

  it.each([
    ["a record", { a: "1", b: "2" }],
    [
      "pairs",
      [
        ["a", "1"],
        ["b", "2"],
      ] as const,
    ],
    [
      "a Map",
      new Map([
        ["a", "1"],
        ["b", "2"],
      ]),
    ],
    ["another one", new Ours("a=1&b=2")],
  ])("is made of %s", (_, init) => {
    expect(String(new Ours(init))).toBe("a=1&b=2");
  });

  it("refuses pairs that are none", () => {
    // A caller in JavaScript.
    expect(() => new Ours([["a"]] as unknown as [string, string][])).toThrow(TypeError);
  });

  it("and its URL follow each other", () => {
    const url = new URL("http://h/?a=1#f");
    const params = url.searchParams;
    params.append("b", "2 3");
    expect(url.href).toBe("http://h/?a=1&b=2+3#f");
    url.search = "?c=4";
    expect([...params]).toEqual([["c", "4"]]);
    expect(url.searchParams).toBe(params);
    params.delete("c");
    expect(url.href).toBe("http://h/#f");
    url.href = "http://x/?d=5";
    expect(params.get("d")).toBe("5");
  });
});
