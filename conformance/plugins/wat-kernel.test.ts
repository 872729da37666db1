import type { Case } from "../src/case.js";
import { conform } from "../src/conform.js";
import { FAILURE } from "../src/host-functions.js";
import { assemble, ENV, kernelExport, userImport } from "../src/wat.js";

/** The output is the whole block at a handle; nothing where the handle is 0. */
const output = (handle: string) =>
  `(local.set $a ${handle})
  (if (i64.ne (local.get $a) (i64.const 0))
    (then (call $output_set (local.get $a) (call $length (local.get $a)))))`;
const INPUT = "(call $input_offset)";

const wasm = assemble(
  "wat-kernel",
  `(module ${ENV}
    ${["upper", "reverse", "lookup", "fail"].map(userImport).join("\n")}
    (memory (export "memory") 1)
    (global $calls (mut i32) (i32.const 0))

    ${kernelExport("echo", `(call $output_set ${INPUT} (call $input_length))`)}
    ${kernelExport("half", `(call $output_set ${INPUT} (i64.shr_u (call $input_length) (i64.const 1)))`)}
    ${kernelExport("nothing", "")}
    (func (export "no_result") (call $output_set ${INPUT} (call $input_length)))
    ${kernelExport("last_output_wins", `(call $output_set ${INPUT} (i64.const 1)) (call $output_set ${INPUT} (i64.const 2))`)}
    ${kernelExport(
      "copy_bytes",
      `(local.set $b (call $alloc (call $input_length)))
      (block $done (loop $next
        (br_if $done (i64.ge_u (local.get $i) (call $input_length)))
        (call $store_u8 (i64.add (local.get $b) (local.get $i)) (call $input_load_u8 (local.get $i)))
        (local.set $i (i64.add (local.get $i) (i64.const 1)))
        (br $next)))
      (call $output_set (local.get $b) (call $input_length))`,
    )}
    ${kernelExport(
      "copy_words",
      `(local.set $b (call $alloc (call $input_length)))
      (block $done (loop $next
        (br_if $done (i64.ge_u (local.get $i) (call $input_length)))
        (call $store_u64 (i64.add (local.get $b) (local.get $i)) (call $input_load_u64 (local.get $i)))
        (local.set $i (i64.add (local.get $i) (i64.const 8)))
        (br $next)))
      (call $output_set (local.get $b) (call $input_length))`,
    )}
    ${kernelExport(
      "reload",
      `(local.set $b (call $alloc (i64.const 8)))
      (call $store_u64 (local.get $b) (i64.const 0x6867666564636261))
      (call $store_u8 (local.get $b) (i32.const 0x41))
      (local.set $a (call $alloc (i64.const 9)))
      (call $store_u64 (local.get $a) (call $load_u64 (local.get $b)))
      (call $store_u8 (i64.add (local.get $a) (i64.const 8)) (call $load_u8 (i64.add (local.get $b) (i64.const 7))))
      (call $output_set (local.get $a) (i64.const 9))`,
    )}
    ${kernelExport(
      "length_of_new_block",
      `(local.set $a (call $alloc (i64.const 1)))
      (call $store_u8 (local.get $a) (i32.wrap_i64 (i64.add (i64.const 48)
        (call $length (call $alloc (i64.const 7))))))
      (call $output_set (local.get $a) (i64.const 1))`,
    )}
    ${kernelExport(
      "length_of_none",
      `(local.set $a (call $alloc (i64.const 1)))
      (call $store_u8 (local.get $a) (i32.wrap_i64 (i64.add (i64.const 48) (call $length (i64.const 0)))))
      (call $output_set (local.get $a) (i64.const 1))`,
    )}
    ${kernelExport(
      "count",
      `(global.set $calls (i32.add (global.get $calls) (i32.const 1)))
      (local.set $a (call $alloc (i64.const 1)))
      (call $store_u8 (local.get $a) (i32.add (i32.const 48) (global.get $calls)))
      (call $output_set (local.get $a) (i64.const 1))`,
    )}

    ${kernelExport("config", output(`(call $config_get ${INPUT})`))}
    (func $key (result i64) (local $a i64)
      (local.set $a (call $alloc (i64.const 1))) (call $store_u8 (local.get $a) (i32.const 107)) (local.get $a))
    ${kernelExport("var_set", `(call $var_set (call $key) ${INPUT})`)}
    ${kernelExport("var_get", output("(call $var_get (call $key))"))}
    ${kernelExport("var_delete", "(call $var_set (call $key) (i64.const 0))")}
    ${["trace", "debug", "info", "warn", "error"].map((level) => kernelExport(`log_${level}`, `(call $log_${level} ${INPUT})`)).join("\n")}
    ${kernelExport("log_twice", `(call $log_info ${INPUT}) (call $log_warn (call $key))`)}
    ${kernelExport(
      "log_level",
      `(local.set $a (call $alloc (i64.const 1)))
      (call $store_u8 (local.get $a) (i32.add (i32.const 48) (call $get_log_level)))
      (call $output_set (local.get $a) (i64.const 1))`,
    )}

    ${["upper", "reverse", "lookup", "fail"].map((name) => kernelExport(`call_${name}`, output(`(call $${name} ${INPUT})`))).join("\n")}
    ${kernelExport("call_two", output(`(call $reverse (call $upper ${INPUT}))`))}
    ${kernelExport("call_with_none", output("(call $reverse (i64.const 0))"))}
  )`,
);

const WHOLE_BLOCK = "it ignores the length and returns the whole block";

const everyByte = Uint8Array.from({ length: 256 }, (_, index) => index);
const megabyte = Uint8Array.from({ length: 1 << 20 }, (_, index) => (index * 31) >> 3);

const data: readonly Case[] = [
  { name: "returns its input", calls: [{ export: "echo", input: "hello", output: "hello" }] },
  {
    name: "takes and returns nothing",
    calls: [
      { export: "echo", output: "" },
      { export: "nothing", input: "x", output: "" },
    ],
  },
  {
    name: "keeps text beyond ASCII",
    calls: [{ export: "echo", input: "žluťoučký 🐋 \u0000", output: "žluťoučký 🐋 \u0000" }],
  },
  { name: "keeps every byte", calls: [{ export: "echo", input: everyByte, output: everyByte }] },
  { name: "keeps a megabyte", calls: [{ export: "echo", input: megabyte, output: megabyte }] },
  {
    name: "returns a part of a block",
    calls: [
      {
        export: "half",
        input: "12345678",
        output: "1234",
        except: { "extism-js": { output: "12345678", because: WHOLE_BLOCK } },
      },
    ],
  },
  {
    name: "takes the last output",
    calls: [
      {
        export: "last_output_wins",
        input: "abc",
        output: "ab",
        except: { "extism-js": { output: "abc", because: WHOLE_BLOCK } },
      },
    ],
  },
  {
    name: "calls an export without a result",
    calls: [{ export: "no_result", input: "void", output: "void" }],
  },
  { name: "copies by byte", calls: [{ export: "copy_bytes", input: everyByte, output: everyByte }] },
  { name: "copies by word", calls: [{ export: "copy_words", input: everyByte, output: everyByte }] },
  { name: "reads what it wrote", calls: [{ export: "reload", output: "Abcdefghh" }] },
  { name: "knows a block's length", calls: [{ export: "length_of_new_block", output: "7" }] },
  {
    name: "knows that the handle 0 is no block",
    calls: [
      {
        export: "length_of_none",
        output: "0",
        except: { "extism-js": { output: "1", because: "it has a block of one byte there" } },
      },
    ],
  },
  {
    name: "forgets the output of the last call",
    calls: [
      { export: "echo", input: "first", output: "first" },
      { export: "nothing", output: "" },
      { export: "echo", input: "x", output: "x" },
    ],
  },
  {
    name: "keeps its globals between calls",
    calls: [
      { export: "count", output: "1" },
      { export: "count", output: "2" },
    ],
  },
];

const surroundings: readonly Case[] = [
  {
    name: "reads its configuration",
    config: { greeting: "ahoj 🐋", empty: "" },
    calls: [
      { export: "config", input: "greeting", output: "ahoj 🐋" },
      { export: "config", input: "absent", output: "" },
      { export: "config", input: "empty", output: "" },
    ],
  },
  {
    name: "finds no configuration that nobody gave",
    calls: [
      {
        export: "config",
        input: "constructor",
        output: "",
        except: { "extism-js": { error: "BigInt", because: "it finds what every object has" } },
      },
    ],
  },
  {
    name: "keeps a variable between calls",
    calls: [
      { export: "var_get", output: "" },
      { export: "var_set", input: everyByte, output: "" },
      { export: "var_get", output: everyByte },
      { export: "var_set", input: "second", output: "" },
      { export: "var_get", output: "second" },
      { export: "var_delete", output: "" },
      { export: "var_get", output: "" },
    ],
  },
  { name: "shares no variable with another instance", calls: [{ export: "var_get", output: "" }] },
  {
    name: "logs from info upwards",
    calls: [
      { export: "log_trace", input: "a", output: "", logs: [] },
      { export: "log_debug", input: "b", output: "", logs: [] },
      { export: "log_info", input: "c", output: "", logs: [["info", "c"]] },
      { export: "log_warn", input: "d 🐋", output: "", logs: [["warn", "d 🐋"]] },
      { export: "log_error", input: "e\nf", output: "", logs: [["error", "e\nf"]] },
      {
        export: "log_twice",
        input: "first",
        output: "",
        logs: [
          ["info", "first"],
          ["warn", "k"],
        ],
      },
    ],
  },
  { name: "knows the log level", calls: [{ export: "log_level", output: "2" }] },
];

const hostFunctions: readonly Case[] = [
  {
    name: "calls a host function on text",
    calls: [{ export: "call_upper", input: "whale", output: "WHALE" }],
  },
  {
    name: "calls a host function on bytes",
    calls: [{ export: "call_reverse", input: everyByte, output: everyByte.slice().reverse() }],
  },
  { name: "calls one with another's result", calls: [{ export: "call_two", input: "abc", output: "CBA" }] },
  {
    name: "hands over no block, and gets none",
    calls: [
      {
        export: "call_with_none",
        output: "",
        except: {
          "extism-js": { output: Uint8Array.of(0), because: "the handle 0 is a block of one byte to it" },
        },
      },
    ],
  },
  {
    name: "calls a host function on JSON",
    calls: [
      {
        export: "call_lookup",
        input: '"whale"',
        json: { word: "whale", synonyms: ["leviathan", "cetacean"] },
      },
      { export: "call_lookup", input: '"harpoon"', json: null },
    ],
  },
  {
    name: "fails when a host function does",
    calls: [
      {
        export: "call_fail",
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
  { name: "is refused where a host function is missing", functions: [], refused: /./ },
];

conform({ name: "wat-kernel", wasm, cases: [...data, ...surroundings, ...hostFunctions] });
