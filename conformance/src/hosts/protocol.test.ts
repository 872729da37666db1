import { expect, test } from "vitest";
import type { Batch } from "./host.js";
import { decodeResponse, encodeRequest } from "./protocol.js";

const batch: Batch = {
  plugin: "p",
  wasm: "/p.wasm",
  wasi: false,
  scenarios: [
    {
      config: { a: "b" },
      functions: [
        { name: "f", does: "upper" },
        {
          name: "g",
          does: "table",
          replies: [[Uint8Array.of(1), Uint8Array.of(2)]],
          otherwise: Uint8Array.of(3),
        },
      ],
      calls: [{ export: "run", input: Uint8Array.of(255) }],
    },
  ],
};

test("bytes of a request are base64", () => {
  expect(JSON.parse(encodeRequest(batch))).toEqual({
    wasm: "/p.wasm",
    wasi: false,
    scenarios: [
      {
        config: { a: "b" },
        functions: [
          { name: "f", does: "upper" },
          { name: "g", does: "table", replies: [["AQ==", "Ag=="]], otherwise: "Aw==" },
        ],
        calls: [{ export: "run", input: "/w==" }],
      },
    ],
  });
});

test.each([
  [
    "an output",
    { calls: [{ output: "/w==", logs: [] }] },
    { calls: [{ output: Uint8Array.of(255), logs: [] }] },
  ],
  [
    "an error",
    { calls: [{ error: "no", logs: [["info", "x"]] }] },
    { calls: [{ error: "no", logs: [["info", "x"]] }] },
  ],
  ["a refusal", { refused: "no" }, { refused: "no" }],
])("reads %s", (_, scenario, decoded) => {
  expect(decodeResponse(JSON.stringify({ scenarios: [scenario] }), batch)).toEqual([decoded]);
});

test.each([
  ["", "expected JSON"],
  ["[]", "expected an object as the response"],
  ["{}", "expected a list as scenarios"],
  ['{"scenarios":[]}', "expected 1 scenarios, got 0"],
  ['{"scenarios":[{"calls":[]}]}', "expected 1 results in scenarios[0].calls, got 0"],
  ['{"scenarios":[{"calls":[{"logs":[]}]}]}', "expected an output or an error in scenarios[0].calls[0]"],
  ['{"scenarios":[{"calls":[{"output":""}]}]}', "expected a list as scenarios[0].calls[0].logs"],
  ['{"scenarios":[{"calls":[{"output":"","logs":[["loud","x"]]}]}]}', "expected lines of a level and a text"],
])("refuses the response %s", (text, problem) => {
  expect(() => decodeResponse(text, batch)).toThrow(problem);
});
