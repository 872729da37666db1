import { expect, test } from "vitest";
import { preview } from "./report.js";

test.each([
  ["nothing", "", "no bytes"],
  ["text", "ahoj\n🐋", '"ahoj\\n🐋"'],
  ["bytes that are not text", Uint8Array.of(0, 255), "<00 ff>"],
  ["long text, cut", "x".repeat(200), `"${"x".repeat(160)}" … (200 bytes)`],
])("shows %s", (_, value, shown) => {
  expect(preview(typeof value === "string" ? new TextEncoder().encode(value) : value)).toBe(shown);
});
