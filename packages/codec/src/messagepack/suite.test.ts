import { Exam, Group, Type } from "msgpack-test-js";
import { describe, expect, it } from "vitest";
import { decoded, encoded, toHex } from "../testing/messagepack.js";
import { ExtensionValue } from "./extension.js";

/** The value of an example in the public test suite, as this package has it; the suite has classes of its own. */
function exampleValue(exam: Exam): unknown {
  const type = exam.getTypes()[0];
  const name = String(type);
  const v = exam.getValue(name);
  switch (name) {
    case "binary":
      return Uint8Array.from(v);
    case "bignum":
      return BigInt(String(v));
    case "ext":
      return new ExtensionValue(v.type, Uint8Array.from(v.buffer));
    case "timestamp":
      return new Date(v.getTime() * 1000 + Math.floor(v.getNano() / 1e6));
    default:
      return v;
  }
}

/** Timestamps finer than a Date can't be written as they were. */
function isExact(exam: Exam): boolean {
  const timestamp = Type.getType("timestamp");
  return String(exam.getTypes()[0]) !== "timestamp" || exam.getValue(timestamp).getNano() % 1e6 === 0;
}

describe.each(Group.getGroups().map((group) => [String(group), group] as const))("%s", (_, group) => {
  it.each(group.getExams().map((exam) => [exam.stringify(0), exam] as const))("%s", (_, exam) => {
    const expected = exampleValue(exam);
    for (const bytes of exam.getMsgpacks()) {
      expect(decoded(Uint8Array.from(bytes), (r) => r.value())).toEqual(expected);
    }
    if (!isExact(exam)) return;
    const written = toHex(encoded((w) => w.value(expected)));
    const listed = exam.getMsgpacks().map((bytes) => toHex(Uint8Array.from(bytes)));
    expect(listed).toContain(written);
    // Whole numbers are never written as floats, and others always as float 64, though float 32 may be shorter.
    const floats = Number.isInteger(expected) ? /^c[ab]/ : /^ca/;
    const lengths = listed.filter((form) => !floats.test(form)).map((form) => form.length);
    expect(written.length).toBe(Math.min(...lengths));
  });
});

it("has all the examples", () => {
  expect(Exam.getExams().length).toBeGreaterThan(80);
});
