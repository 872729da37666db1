import { withCustomSection } from "@tenon/wasm";
import wabt from "wabt";

const assembler = await wabt();

/** Assembles WebAssembly text, and embeds an interface if one is given. */
export function assemble(text: string, embedded?: string): Uint8Array {
  const module = assembler.parseWat("test.wat", new TextEncoder().encode(text), {
    memory64: true,
    threads: true,
  });
  try {
    const { buffer } = module.toBinary({ write_debug_names: true });
    return embedded === undefined
      ? buffer
      : withCustomSection(buffer, "tenon:interface", new TextEncoder().encode(embedded));
  } finally {
    module.destroy();
  }
}

/** What a plug-in needs to be called directly, besides a `tenon_call_*` for each export. */
export const DIRECT_EXPORTS = `
  (func (export "tenon_abi") (result i32) (i32.const 1))
  (func (export "tenon_reserve") (param i32) (result i32) (i32.const 0))
  (func (export "tenon_result") (result i32) (i32.const 0))
  (func (export "tenon_direct") (param i32))`;

/** A plug-in with something for every part of a report. */
export const TEXT_TOOLS = assemble(
  `(module $text_tools
    (import "extism:host/env" "output_set" (func (param i64 i64)))
    (import "extism:host/user" "lookup" (func (param i64) (result i64)))
    (import "extism:host/env" "input_length" (func (result i64)))
    (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))
    (import "env" "table" (table 1 8 funcref))
    (memory (export "memory") 2 16)
    (data (i32.const 8) "12345")
    (func $init)
    (start $init)
    (func (export "countVowels") (result i32) (i32.const 0))
    (func (export "slugify") (result i32) (i32.const 0))
    ${DIRECT_EXPORTS}
    (func (export "tenon_call_slugify") (param i32 i32) (result i32) (i32.const 0)))`,
  JSON.stringify({
    name: "text-tools",
    version: "1.0.0",
    encoding: "messagepack",
    exports: {
      countVowels: { input: { type: "string" }, output: { encoding: "json", type: "integer" } },
      slugify: { encoding: "text", input: { type: "string" }, output: { type: "string" } },
      forgotten: { output: true },
    },
  }),
);
