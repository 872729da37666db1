import { expect, test } from "vitest";
import { Agreement } from "./agreement.js";
import type { Call } from "./case.js";

const call: Call = { export: "f", json: { a: 1 } };
const reply = (text: string) => ({ output: new TextEncoder().encode(text), logs: [] });

test("the same bytes are no dispute, and other bytes of the same value are", () => {
  const agreement = new Agreement();
  expect(agreement.dispute("k", call, "tenon-kernel", reply('{"a":1}'))).toBeUndefined();
  expect(agreement.dispute("k", call, "extism-js", reply('{"a":1}'))).toBeUndefined();
  expect(agreement.dispute("k", call, "extism-go", reply('{"a": 1}'))).toContain("the bytes of tenon-kernel");
});

test("a host that is known to deviate is not held to the others, nor they to it", () => {
  const agreement = new Agreement();
  const deviating: Call = { ...call, except: { "extism-js": { json: { a: 2 }, because: "reasons" } } };
  expect(agreement.dispute("k", deviating, "extism-js", reply('{"a":2}'))).toBeUndefined();
  expect(agreement.dispute("k", deviating, "extism-go", reply('{"a":1}'))).toBeUndefined();
});
