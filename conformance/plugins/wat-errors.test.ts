import { conform } from "../src/conform.js";
import { assemble, ENV, kernelExport } from "../src/wat.js";

/**
 * How hosts name traps. Extism's native runtime hands out the outermost layer of its error, which says where and not
 * what.
 */
const TRAP = /unreachable|divi|out of bounds|stack|recurs|wasm backtrace/;

const INPUT = "(call $input_offset)";

const wasm = assemble(
  "wat-errors",
  `(module ${ENV}
    (memory (export "memory") 1)
    ${kernelExport("echo", `(call $output_set ${INPUT} (call $input_length))`)}
    (func $key (result i64) (local $a i64)
      (local.set $a (call $alloc (i64.const 1))) (call $store_u8 (local.get $a) (i32.const 107)) (local.get $a))
    ${kernelExport("var_set", `(call $var_set (call $key) ${INPUT})`)}
    ${kernelExport(
      "var_get",
      `(local.set $a (call $var_get (call $key)))
      (call $output_set (local.get $a) (call $length (local.get $a)))`,
    )}

    (func (export "fail") (result i32) (call $error_set ${INPUT}) (i32.const 1))
    (func (export "fail_after_output") (result i32)
      (call $output_set ${INPUT} (call $input_length)) (call $error_set ${INPUT}) (i32.const 1))
    (func (export "code_without_text") (result i32) (i32.const 7))
    ${kernelExport("text_without_code", `(call $error_set ${INPUT})`)}
    ${kernelExport("recover", `(call $error_set ${INPUT}) (call $error_set (i64.const 0)) (call $output_set ${INPUT} (call $input_length))`)}

    (func (export "unreachable") (result i32) (unreachable))
    (func (export "divide_by_zero") (result i32) (i32.div_u (i32.const 1) (i32.const 0)))
    (func (export "out_of_bounds") (result i32) (i32.load (i32.const 0x7fffffff)))
    (func $recurse (export "recurse") (result i32) (i32.add (call $recurse) (i32.const 1)))
  )`,
);

conform({
  name: "wat-errors",
  wasm,
  cases: [
    {
      name: "fails with a text",
      calls: [{ export: "fail", input: "no such whale", error: "no such whale" }],
    },
    {
      name: "fails with text beyond ASCII",
      calls: [{ export: "fail", input: "chyba: žádná 🐋", error: "chyba: žádná 🐋" }],
    },
    {
      name: "fails though it has an output",
      calls: [{ export: "fail_after_output", input: "both", error: "both" }],
    },
    {
      name: "fails by its code alone",
      calls: [
        {
          export: "code_without_text",
          error: /./,
          except: { "extism-js": { output: "", because: "it doesn't look at the code" } },
        },
      ],
    },
    {
      name: "fails by its text alone",
      calls: [{ export: "text_without_code", input: "said so", error: "said so" }],
    },
    {
      name: "takes its error back",
      calls: [
        {
          export: "recover",
          input: "fine",
          output: "fine",
          except: { "extism-js": { error: /./, because: "it takes the handle 0 for the block of an error" } },
        },
      ],
    },
    {
      name: "is called again after a failure",
      calls: [
        { export: "fail", input: "once", error: "once" },
        { export: "echo", input: "again", output: "again" },
      ],
    },
    { name: "has no such export", calls: [{ export: "absent", error: /./ }] },
    { name: "reaches an unreachable", calls: [{ export: "unreachable", error: TRAP }] },
    { name: "divides by zero", calls: [{ export: "divide_by_zero", error: TRAP }] },
    { name: "reads out of bounds", calls: [{ export: "out_of_bounds", error: TRAP }] },
    { name: "recurses without end", calls: [{ export: "recurse", error: TRAP }] },
    {
      name: "is called again after a trap",
      calls: [
        { export: "unreachable", error: TRAP },
        { export: "echo", input: "alive", output: "alive" },
      ],
    },
    {
      name: "keeps a variable over a trap",
      calls: [
        { export: "var_set", input: "kept", output: "" },
        { export: "unreachable", error: TRAP },
        { export: "var_get", output: "kept" },
      ],
    },
  ],
});
