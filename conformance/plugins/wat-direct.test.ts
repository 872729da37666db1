import { conform } from "../src/conform.js";
import { FAILURE } from "../src/host-functions.js";
import { assemble, ENV, kernelExport, userImport } from "../src/wat.js";

/**
 * One export in both conventions: `$address` and `$length` are the input in the plug-in's own memory, and the body puts
 * its result, an address and a length, into the record and leaves the code.
 */
const both = (name: string, body: string) => `
  (func $direct_${name} (param $address i32) (param $length i32) (result i32) ${body})
  (func (export "tenon_call_${name}") (param i32 i32) (result i32)
    (call $direct_${name} (local.get 0) (local.get 1))
    (global.set $top (i32.const 1024)))
  (func (export "${name}") (result i32) (call $kernel (i32.const ${functions.indexOf(name)})))`;

const functions = ["echo", "shout", "lookup_word", "fail", "fail_in_host", "two_blocks", "nothing", "trap"];

// The memory: the result record at 16, an error text at 32, and blocks from 1024 upwards, all given back when the
// outermost call returns.
const wasm = assemble(
  "wat-direct",
  `(module ${ENV}
    ${["upper", "lookup", "fail"].map(userImport).join("\n")}
    (memory (export "memory") 1)
    (data (i32.const 32) "stopped on purpose")
    (global $top (mut i32) (i32.const 1024))
    (global $depth (mut i32) (i32.const 0))
    (global $announced (mut i32) (i32.const 0))
    (global $in_kernel_call (mut i32) (i32.const 0))
    (table funcref (elem ${functions.map((name) => `$direct_${name}`).join(" ")}))
    (type $direct (func (param i32 i32) (result i32)))

    (func (export "tenon_abi") (result i32) (i32.const 1))
    (func (export "tenon_result") (result i32) (i32.const 16))
    (func (export "tenon_direct") (param i32) (global.set $announced (local.get 0)))
    (func $reserve (export "tenon_reserve") (param $length i32) (result i32) (local $at i32)
      (local.set $at (global.get $top))
      (global.set $top (i32.add (local.get $at) (local.get $length)))
      (block $fits
        (br_if $fits (i32.le_u (global.get $top) (i32.mul (memory.size) (i32.const 65536))))
        (drop (memory.grow (i32.add (i32.shr_u (local.get $length) (i32.const 16)) (i32.const 1)))))
      (local.get $at))
    (func $put (param i32 i32)
      (i32.store (i32.const 16) (local.get 0)) (i32.store (i32.const 20) (local.get 1)))

    ;; A kernel call: the input into memory, the function, and its result into a block.
    (func $kernel (param $function i32) (result i32)
      (local $length i32) (local $address i32) (local $code i32) (local $block i64)
      (local.set $length (i32.wrap_i64 (call $input_length)))
      (local.set $address (call $reserve (local.get $length)))
      (call $copy_in (call $input_offset) (local.get $address) (local.get $length))
      (global.set $in_kernel_call (i32.const 1))
      (local.set $code (call_indirect (type $direct)
        (local.get $address) (local.get $length) (local.get $function)))
      (global.set $in_kernel_call (i32.const 0))
      (local.set $block (call $copy_out (i32.load (i32.const 16)) (i32.load (i32.const 20))))
      (if (local.get $code)
        (then (call $error_set (local.get $block)))
        (else (if (i32.load (i32.const 20))
          (then (call $output_set (local.get $block) (i64.extend_i32_u (i32.load (i32.const 20))))))))
      (global.set $top (i32.const 1024))
      (local.get $code))
    (func $copy_in (param $from i64) (param $to i32) (param $length i32) (local $i i32)
      (block $done (loop $next
        (br_if $done (i32.ge_u (local.get $i) (local.get $length)))
        (i32.store8 (i32.add (local.get $to) (local.get $i))
          (call $load_u8 (i64.add (local.get $from) (i64.extend_i32_u (local.get $i)))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next))))
    (func $copy_out (param $from i32) (param $length i32) (result i64) (local $to i64) (local $i i32)
      (local.set $to (call $alloc (i64.extend_i32_u (local.get $length))))
      (block $done (loop $next
        (br_if $done (i32.ge_u (local.get $i) (local.get $length)))
        (call $store_u8 (i64.add (local.get $to) (i64.extend_i32_u (local.get $i)))
          (i32.load8_u (i32.add (local.get $from) (local.get $i))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))
      (local.get $to))

    ;; Whether the next host function takes its argument from the record.
    (func $by_record (result i32)
      (i32.and (global.get $announced) (i32.eqz (global.get $in_kernel_call))))
    ${["upper", "lookup", "fail"].map(askHost).join("\n")}

    ${both("echo", "(call $put (local.get $address) (local.get $length)) (i32.const 0)")}
    ${both("shout", "(call $ask_upper (local.get $address) (local.get $length)) (i32.const 0)")}
    ${both("lookup_word", "(call $ask_lookup (local.get $address) (local.get $length)) (i32.const 0)")}
    ${both("fail", "(call $put (local.get $address) (local.get $length)) (i32.const 1)")}
    ${both("fail_in_host", "(call $ask_fail (local.get $address) (local.get $length)) (i32.const 0)")}
    ${both(
      "two_blocks",
      `(local $copy i32)
      ;; The reply of a host function must leave the input where it is.
      (local.set $copy (local.get $address))
      (call $ask_upper (local.get $address) (local.get $length))
      (call $ask_upper (local.get $copy) (local.get $length))
      (i32.const 0)`,
    )}
    ${both("nothing", "(call $put (i32.const 0) (i32.const 0)) (i32.const 0)")}
    ${both(
      "trap",
      `(call $error_set (call $copy_out (i32.const 32) (i32.const 18)))
      (unreachable)`,
    )}
    ${kernelExport("kernel_only", "(call $output_set (call $input_offset) (call $input_length))")}
  )`,
);

/** Calls a host function by record or by handle; either way, its reply is in the record afterwards. */
function askHost(name: string): string {
  return `(func $ask_${name} (param $address i32) (param $length i32) (local $reply i64) (local $to i32)
    (if (call $by_record)
      (then
        (call $put (local.get $address) (local.get $length))
        (drop (call $${name} (i64.const 0))))
      (else
        (local.set $reply (call $${name} (call $copy_out (local.get $address) (local.get $length))))
        (local.set $length (i32.wrap_i64 (call $length (local.get $reply))))
        (local.set $to (call $reserve (local.get $length)))
        (call $copy_in (local.get $reply) (local.get $to) (local.get $length))
        (call $put (local.get $to) (local.get $length)))))`;
}

const TEXT_LOST = "it names the trap, and drops the text that the plug-in had set";

const large = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);

conform({
  name: "wat-direct",
  wasm,
  cases: [
    { name: "returns its input", calls: [{ export: "echo", input: "ahoj 🐋", output: "ahoj 🐋" }] },
    {
      name: "takes and returns nothing",
      calls: [
        { export: "echo", output: "" },
        { export: "nothing", input: "x", output: "" },
      ],
    },
    {
      name: "grows for a large input",
      calls: [
        { export: "echo", input: large, output: large },
        { export: "echo", input: "x", output: "x" },
      ],
    },
    { name: "asks the host about text", calls: [{ export: "shout", input: "whale", output: "WHALE" }] },
    {
      name: "asks the host twice about one input",
      calls: [{ export: "two_blocks", input: "whale", output: "WHALE" }],
    },
    {
      name: "asks the host about JSON",
      calls: [
        {
          export: "lookup_word",
          input: '"whale"',
          json: { word: "whale", synonyms: ["leviathan", "cetacean"] },
        },
        { export: "lookup_word", input: '"harpoon"', json: null },
      ],
    },
    {
      name: "fails with a text, and is called again",
      calls: [
        { export: "fail", input: "no such whale 🐋", error: "no such whale 🐋" },
        { export: "echo", input: "again", output: "again" },
      ],
    },
    {
      name: "fails when a host function does, and is called again",
      calls: [
        {
          export: "fail_in_host",
          input: "x",
          error: FAILURE,
          except: {
            "extism-native": {
              output: "",
              because: "its Python SDK prints an exception of a host function, and goes on with the result 0",
            },
          },
        },
        { export: "echo", input: "alive", output: "alive" },
      ],
    },
    {
      name: "says why it traps",
      calls: [
        {
          export: "trap",
          error: "stopped on purpose",
          except: {
            "extism-js": { error: "unreachable", because: TEXT_LOST },
            "extism-go": { error: "unreachable", because: TEXT_LOST },
          },
        },
        { export: "echo", input: "alive", output: "alive" },
      ],
    },
    {
      name: "has an export without a direct form",
      calls: [
        { export: "kernel_only", input: "kernel", output: "kernel" },
        { export: "echo", input: "direct", output: "direct" },
      ],
    },
  ],
});
