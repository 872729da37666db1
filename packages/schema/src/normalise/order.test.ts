import { describe, expect, test } from "vitest";
import { normaliseInterface } from "../normalise-interface.js";
import { diagnose, withDefinitions } from "../testing/diagnose.js";
import { components } from "./graph.js";

const ref = (name: string) => ({ $ref: `#/$defs/${name}` });
const list = (name: string) => ({ type: "array", items: ref(name) });
const record = (properties: Record<string, unknown>, ...required: string[]) => ({
  type: "object",
  properties,
  required,
});

describe("the order of types", () => {
  test("puts a type after those it refers to, and says which can contain themselves", () => {
    const types = normaliseInterface(
      withDefinitions({
        Root: record({ tree: ref("Tree"), leaf: ref("Leaf") }),
        Tree: record({ children: list("Tree"), ring: ref("Ring") }),
        Ring: record({ next: { anyOf: [ref("Rung"), { type: "null" }] } }),
        Rung: record({ back: { type: "object", additionalProperties: ref("Ring") } }),
        Leaf: { enum: ["green"] },
      }),
    ).types;
    expect(types.map(({ name, recursive }) => [name, recursive])).toEqual([
      ["Ring", true],
      ["Rung", true],
      ["Tree", true],
      ["Leaf", false],
      ["Root", false],
    ]);
  });

  test("doesn't recurse over a long chain", () => {
    const length = 20_000;
    const edges = Array.from({ length }, (_, i) => (i + 1 < length ? [i + 1] : []));
    expect(components(edges)[0]).toEqual([length - 1]);
  });
});

describe("records whose values would never end", () => {
  test.each([
    [{ A: record({ a: ref("A") }, "a") }, "/$defs/A: every A would have to contain another A, without end"],
    [
      { A: record({ b: ref("B") }, "b"), B: record({ a: ref("A") }, "a") },
      "/$defs/A: every A would have to contain another A through another type, without end",
    ],
    [
      { Z: record({ a: ref("A") }, "a"), A: record({ alias: ref("B") }, "alias"), B: ref("A") },
      "/$defs/A: every A would have to contain another A, without end",
    ],
  ])("%j are refused, once", (definitions, message) => {
    expect(diagnose(withDefinitions(definitions))).toEqual([
      `${message}; make one of the fields on the way optional or nullable`,
    ]);
  });

  test.each([
    [{ A: record({ a: ref("A") }) }],
    [{ A: record({ a: list("A") }, "a") }],
    [{ A: record({ a: { anyOf: [ref("A"), { type: "null" }] } }, "a") }],
    [{ A: record({ a: { type: "object", additionalProperties: ref("A") } }, "a") }],
    [{ A: record({ b: ref("B") }, "b"), B: record({ a: ref("A") }) }],
  ])("%j have a way out", (definitions) => {
    expect(diagnose(withDefinitions(definitions))).toEqual([]);
  });
});
