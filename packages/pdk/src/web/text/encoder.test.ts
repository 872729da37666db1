import fc from "fast-check";
import { expect, it } from "vitest";
import { TextEncoder as Ours } from "./encoder.js";

const Theirs = globalThis.TextEncoder;
// Strings of UTF-16 units, with halves of surrogate pairs among them.
const anyString = fc.string({
  unit: fc.oneof(
    fc.constantFrom("a", "ü", "世", "😀", "\ud800", "\udc00", "\0"),
    fc.string({ maxLength: 1 }),
  ),
});

it("TextEncoder writes any string as Node does", () => {
  fc.assert(
    fc.property(anyString, (text) => {
      expect(new Ours().encode(text)).toEqual(new Uint8Array(new Theirs().encode(text)));
    }),
  );
});

it("TextEncoder writes into a target of any size what Node writes", () => {
  fc.assert(
    fc.property(anyString, fc.nat(12), (text, size) => {
      const [ours, theirs] = [new Uint8Array(size), new Uint8Array(size)];
      expect([new Ours().encodeInto(text, ours), ours]).toEqual([
        new Theirs().encodeInto(text, theirs),
        theirs,
      ]);
    }),
  );
});

it("TextEncoder without a text writes nothing, and refuses a target that is none", () => {
  expect(new Ours().encode()).toEqual(new Uint8Array(0));
  // A caller in JavaScript.
  expect(() => new Ours().encodeInto("a", [] as unknown as Uint8Array)).toThrow(TypeError);
});
