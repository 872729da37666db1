import wabt from "wabt";

const { parseWat } = await wabt();

/** A plug-in whose exports of these names return their input as it is. */
export function echoPlugin(names: readonly string[]): Uint8Array<ArrayBuffer> {
  const exports = names.map((name) => `(export ${JSON.stringify(name)} (func $echo))`);
  const module = parseWat(
    "echo.wat",
    `(module
      (import "extism:host/env" "input_offset" (func $offset (result i64)))
      (import "extism:host/env" "input_length" (func $length (result i64)))
      (import "extism:host/env" "output_set" (func $output (param i64 i64)))
      (func $echo (result i32) (call $output (call $offset) (call $length)) (i32.const 0))
      ${exports.join("\n")})`,
  );
  try {
    return new Uint8Array(module.toBinary({}).buffer);
  } finally {
    module.destroy();
  }
}
