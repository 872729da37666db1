import { describe, expect, it } from "vitest";
import { crypto } from "./crypto.js";

describe("crypto", () => {
  it("fills the part of a buffer that a view shows, and answers the view", () => {
    const whole = new Uint8Array(64);
    const view = new Uint32Array(whole.buffer, 16, 8);
    expect(crypto.getRandomValues(view)).toBe(view);
    expect(view.some((value) => value !== 0)).toBe(true);
    expect([...whole.subarray(0, 16), ...whole.subarray(48)].every((byte) => byte === 0)).toBe(true);
  });

  it.each([
    ["floats", new Float64Array(1), "TypeMismatchError"],
    ["a DataView", new DataView(new ArrayBuffer(1)), "TypeMismatchError"],
    ["more than a call gives", new Uint8Array(65537), "QuotaExceededError"],
  ])("refuses %s", (_, array, name) => {
    expect(() => crypto.getRandomValues(array)).toThrow(expect.objectContaining({ name }));
  });

  it("makes UUIDs of version 4, each another one", () => {
    const uuids = Array.from({ length: 50 }, () => crypto.randomUUID());
    for (const uuid of uuids)
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(uuids).size).toBe(50);
  });
});
