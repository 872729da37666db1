import { expect, test } from "vitest";
import { assemble } from "../wat.js";
import { withoutDirectCalls } from "./without-direct-calls.js";

test("only the exports of the direct convention are gone", () => {
  const wasm = assemble(
    "direct",
    `(module (memory (export "memory") 1)
      (func (export "tenon_abi") (result i32) (i32.const 1))
      (func (export "greet") (result i32) (i32.const 0))
      (func (export "tenon_call_greet") (param i32 i32) (result i32) (i32.const 2)))`,
  );
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(withoutDirectCalls(wasm)));
  expect(Object.keys(exports)).toEqual(["memory", "greet"]);
  expect((exports["greet"] as () => number)()).toBe(0);
});
