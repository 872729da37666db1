import wabt from "wabt";

const { parseWat } = await wabt();

/** Assembles a module of WebAssembly text. */
export function assemble(name: string, text: string): Uint8Array {
  const module = parseWat(`${name}.wat`, text);
  try {
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}

/** The imports of Extism's ABI that hand-written plug-ins use, under the names that they have there. */
export const ENV = Object.entries({
  alloc: "(param i64) (result i64)",
  free: "(param i64)",
  length: "(param i64) (result i64)",
  load_u8: "(param i64) (result i32)",
  load_u64: "(param i64) (result i64)",
  store_u8: "(param i64 i32)",
  store_u64: "(param i64 i64)",
  input_offset: "(result i64)",
  input_length: "(result i64)",
  input_load_u8: "(param i64) (result i32)",
  input_load_u64: "(param i64) (result i64)",
  output_set: "(param i64 i64)",
  error_set: "(param i64)",
  config_get: "(param i64) (result i64)",
  var_get: "(param i64) (result i64)",
  var_set: "(param i64 i64)",
  log_trace: "(param i64)",
  log_debug: "(param i64)",
  log_info: "(param i64)",
  log_warn: "(param i64)",
  log_error: "(param i64)",
  get_log_level: "(result i32)",
})
  .map(([name, type]) => `(import "extism:host/env" "${name}" (func $${name} ${type}))`)
  .join("\n");

/** An import from `extism:host/user`. */
export function userImport(name: string): string {
  return `(import "extism:host/user" "${name}" (func $${name} (param i64) (result i64)))`;
}

/** An export of the kernel convention that returns 0 at its end. */
export function kernelExport(name: string, body: string): string {
  return `(func (export "${name}") (result i32) (local $a i64) (local $b i64) (local $i i64) ${body} (i32.const 0))`;
}
