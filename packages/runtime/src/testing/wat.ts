import wabt from "wabt";

const { parseWat } = await wabt();

/** Assembles a module, with the features that every supported engine has. */
export function assemble(text: string): Uint8Array<ArrayBuffer> {
  const module = parseWat("test.wat", text, { bulk_memory: true, multi_value: true, exceptions: true });
  try {
    return new Uint8Array(module.toBinary({}).buffer);
  } finally {
    module.destroy();
  }
}

/** A module with Extism's imports and a memory, and whatever else is given. */
export function plugin(body: string, imports = ""): Uint8Array<ArrayBuffer> {
  return assemble(`(module
    (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
    (import "extism:host/env" "length" (func $length (param i64) (result i64)))
    (import "extism:host/env" "load_u8" (func $load_u8 (param i64) (result i32)))
    (import "extism:host/env" "store_u8" (func $store_u8 (param i64 i32)))
    (import "extism:host/env" "input_offset" (func $input_offset (result i64)))
    (import "extism:host/env" "input_length" (func $input_length (result i64)))
    (import "extism:host/env" "output_set" (func $output_set (param i64 i64)))
    (import "extism:host/env" "error_set" (func $error_set (param i64)))
    ${imports}
    (memory (export "memory") 1)
    ${body})`);
}

/** Returns its input as it is: the output is the input's own block. */
export const ECHO = `(func (export "echo") (result i32)
  (call $output_set (call $input_offset) (call $input_length)) (i32.const 0))`;

/** Sets its input as the error. The result code is the first byte of the input minus "0". */
export const FAIL = `(func (export "fail") (result i32)
  (call $error_set (call $input_offset))
  (i32.sub (call $load_u8 (call $input_offset)) (i32.const 48)))`;

/**
 * The direct convention in the smallest way: blocks come from a bump pointer at 1024, and the record is at 16. Each
 * export given as name and body sees the input as `$address` and `$length`; helpers `$put` (sets the record) exist.
 */
export function directPlugin(
  exports: Readonly<Record<string, string>>,
  { imports = "", reserve = "", result = "(i32.const 16)", abi = "(i32.const 1)", more = "" } = {},
): Uint8Array<ArrayBuffer> {
  const calls = Object.entries(exports).map(
    ([
      name,
      body,
    ]) => `(func (export "tenon_call_${name}") (param $address i32) (param $length i32) (result i32) ${body})
    (func (export "${name}") (result i32) (i32.const 99))`,
  );
  return plugin(
    `(global $top (mut i32) (i32.const 1024))
    (global $direct (export "direct") (mut i32) (i32.const 0))
    (func $put (param i32 i32) (i32.store (i32.const 16) (local.get 0)) (i32.store (i32.const 20) (local.get 1)))
    (func (export "tenon_abi") (result i32) ${abi})
    (func $reserve (export "tenon_reserve") (param $n i32) (result i32) (local $at i32)
      ${
        reserve ||
        `(local.set $at (global.get $top))
      (global.set $top (i32.add (local.get $at) (local.get $n)))
      (block $fits
        (br_if $fits (i32.le_u (global.get $top) (i32.mul (memory.size) (i32.const 65536))))
        (drop (memory.grow (i32.add (i32.shr_u (local.get $n) (i32.const 16)) (i32.const 1)))))
      (local.get $at)`
      })
    (func (export "tenon_result") (result i32) ${result})
    (func (export "tenon_direct") (param i32) (global.set $direct (local.get 0)))
    ${calls.join("\n")}
    ${more}`,
    imports,
  );
}
