import { describeModule } from "@tenon/wasm";
import { describe, expect, it } from "vitest";
import { assemble, DIRECT_EXPORTS } from "../testing/plugins.js";
import { detectConventions } from "./conventions.js";

const CALL = `(func (export "tenon_call_f") (param i32 i32) (result i32) (i32.const 0))`;
const MEMORY = `(memory (export "memory") 1)`;

describe("detectConventions", () => {
  it("takes exports of the type () -> i32 for kernel calls, except those of the direct convention", () => {
    const { kernel } = detect(`${DIRECT_EXPORTS}
      (func (export "f") (result i32) (i32.const 0))
      (func (export "wrong") (result i64) (i64.const 0))
      (func (export "_initialize"))`);
    expect(kernel).toEqual(["f"]);
  });

  it("sees no direct convention where no export belongs to it", () => {
    expect(detect(MEMORY).direct).toEqual({ version: null, exports: [], missing: [] });
  });

  it("names the exports that can be called directly", () => {
    const { direct } = detect(MEMORY + DIRECT_EXPORTS + CALL);
    expect(direct).toEqual({ version: "direct 1", exports: ["f"], missing: [] });
  });

  it.each([
    ["the memory", DIRECT_EXPORTS + CALL, "memory"],
    ["a call", MEMORY + DIRECT_EXPORTS, "tenon_call_<export>: (i32, i32) -> i32"],
    ["tenon_reserve", MEMORY + without("tenon_reserve") + CALL, "tenon_reserve: (i32) -> i32"],
    [
      "a tenon_result of the right type",
      `${MEMORY}${without("tenon_result")}${CALL} (func (export "tenon_result") (result i64) (i64.const 0))`,
      "tenon_result: () -> i32",
    ],
    [
      "a call of the right type",
      `${MEMORY}${DIRECT_EXPORTS}(func (export "tenon_call_f") (param i32))`,
      "tenon_call_<export>: (i32, i32) -> i32",
    ],
  ])("says that %s is missing", (_, body, missing) => {
    expect(detect(body).direct).toEqual({ version: null, exports: [], missing: [missing] });
  });
});

function detect(body: string) {
  return detectConventions(describeModule(assemble(`(module ${body})`)).exports);
}

function without(name: string): string {
  return DIRECT_EXPORTS.split("\n")
    .filter((line) => !line.includes(name))
    .join("\n");
}
