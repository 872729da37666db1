import { expect, test } from "vitest";
import { behaviourOf, FAILURE, table } from "./host-functions.js";
import { pack } from "./messagepack.js";

const bytes = (text: string) => new TextEncoder().encode(text);

test("upper is for text, reverse is for bytes, and neither touches its argument", () => {
  const argument = bytes("aé");
  expect(behaviourOf({ name: "f", does: "upper" })(argument)).toEqual(bytes("AÉ"));
  expect(behaviourOf({ name: "f", does: "reverse" })(argument)).toEqual(argument.slice().reverse());
  expect(argument).toEqual(bytes("aé"));
});

test("fail throws the words that every driver uses", () => {
  expect(() => behaviourOf({ name: "f", does: "fail" })(bytes(""))).toThrow(FAILURE);
});

test.each([
  ["json", (value: unknown) => bytes(JSON.stringify(value))],
  ["messagepack", pack],
] as const)("a %s table answers what it knows, and null for the rest", (encoding, encode) => {
  const answer = behaviourOf(table("lookup", encoding, { whale: { n: 1 } }));
  expect(answer(encode("whale"))).toEqual(encode({ n: 1 }));
  expect(answer(encode("whales"))).toEqual(encode(null));
});
