import wabt from "wabt";

/** A module to test with: assembled from text, or written out in bytes where the assembler lacks the feature. */
export interface Sample {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const assembler = await wabt();

/** Assembles WebAssembly text, with debug names and every feature that the assembler has. */
export function assemble(text: string): Uint8Array<ArrayBuffer> {
  const module = assembler.parseWat("test.wat", new TextEncoder().encode(text), ALL_FEATURES);
  try {
    return new Uint8Array(module.toBinary({ write_debug_names: true }).buffer);
  } finally {
    module.destroy();
  }
}

/** A module of nothing but the given bytes behind the preamble. */
export function moduleOf(...sections: readonly number[][]): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flat());
}

/** A section of fewer than 128 bytes. */
export function sectionOf(id: number, ...payload: readonly number[]): number[] {
  return [id, payload.length, ...payload];
}

const ALL_FEATURES = Object.fromEntries(
  [
    "exceptions",
    "mutable_globals",
    "sat_float_to_int",
    "sign_extension",
    "simd",
    "threads",
    "multi_value",
    "tail_call",
    "bulk_memory",
    "reference_types",
    "annotations",
    "memory64",
    "extended_const",
    "relaxed_simd",
    "multi_memory",
  ].map((feature) => [feature, true]),
);

/** Modules that every engine of the day accepts: `WebAssembly` itself can say what is in them. */
export const ENGINE_SAMPLES: readonly Sample[] = Object.entries({
  empty: "(module)",
  "a plug-in": `(module $plugin
    (import "extism:host/env" "input_length" (func $input_length (result i64)))
    (import "extism:host/env" "output_set" (func $output_set (param i64 i64)))
    (import "extism:host/user" "lookup" (func $lookup (param i64) (result i64)))
    (memory (export "memory") 2 16)
    (global $counter (mut i32) (i32.const -70000))
    (global (export "limit") i64 (i64.const 9223372036854775807))
    (data (i32.const 1024) "hello\\00world")
    (data $passive "later")
    (func $initialize (call $output_set (i64.const 0) (call $lookup (i64.const 0))))
    (func $greet (export "greet") (result i32) (i32.const 0))
    (func (export "wide") (param i32 i64 f32 f64) (result i32 i64) (i32.const 1) (i64.const 2))
    (start $initialize))`,
  "all kinds of imports": `(module
    (import "a" "function" (func (param i32)))
    (import "a" "table" (table 1 9 funcref))
    (import "b" "memory" (memory 3))
    (import "b" "global" (global i32))
    (import "b" "mutable" (global (mut f64)))
    (import "" "" (func))
    (export "again" (memory 0))
    (export "again, table" (table 0)))`,
  "names beyond ASCII": `(module (func (export "größe \u{1f600}")) (func (export "")) (func (export "a\\00b")))`,
  tables: `(module
    (table $functions (export "t") 3 funcref)
    (table $others 0 10 externref)
    (func $f) (func $g)
    (elem (table $functions) (i32.const 0) func $f $g)
    (elem func $f)
    (elem declare func $g)
    (elem funcref (ref.func $f) (ref.null func)))`,
  simd: `(module
    (global v128 (v128.const i32x4 1 2 3 4))
    (func (export "add") (param v128 v128) (result v128) (i32x4.add (local.get 0) (local.get 1))))`,
  exceptions: `(module
    (tag $failure (export "failure") (param i32 i64))
    (func (export "fail") (throw $failure (i32.const 1) (i64.const 2))))`,
  "tail calls": "(module (func $a (param i32) (result i32) (return_call $a (local.get 0))))",
  "shared memory": `(module (memory (export "m") 1 5 shared))`,
  "constants of every type": `(module
    (import "env" "base" (global $base i32))
    (global f32 (f32.const nan)) (global f64 (f64.const -0x1p-1074))
    (global funcref (ref.null func)) (global externref (ref.null extern))
    (func $f) (global funcref (ref.func $f))
    (memory 1)
    (data (global.get $base) "x"))`,
  "bulk memory": `(module (memory 1)
    (data $d "abc")
    (func (memory.init $d (i32.const 0) (i32.const 0) (i32.const 3)) (data.drop $d)))`,
  "custom sections": `(module (@custom "first" "\\00\\01") (func) (@custom "first" "") (@custom "größe" "x"))`,
}).map(([name, text]) => ({ name, bytes: assemble(text) }));

/** Modules of newer features, which not every engine accepts. */
export const NEWER_SAMPLES: readonly Sample[] = [
  {
    // In bytes, because the assembler leaves the memory's index out of a data segment.
    name: "two memories",
    bytes: moduleOf(sectionOf(5, 2, 0, 1, 0, 2), sectionOf(11, 1, 2, 1, 0x41, 0, 0x0b, 1, 0x78)),
  },
  { name: "a 64-bit memory", bytes: assemble(`(module (memory (export "m") i64 1 0x1_0000_0000_0000))`) },
  { name: "a 64-bit table", bytes: assemble(`(module (table (export "t") i64 1 funcref))`) },
  {
    name: "extended constants",
    bytes: assemble("(module (global i32 (i32.add (i32.const 1) (i32.const 2))))"),
  },
  { name: "pages of one byte", bytes: moduleOf(sectionOf(5, 1, 0x09, 0x10, 0x20, 0x00)) },
  {
    name: "a table with a first value",
    bytes: moduleOf(sectionOf(4, 1, 0x40, 0, 0x70, 0, 4, 0xd0, 0x70, 0x0b)),
  },
  {
    name: "types of garbage collection",
    bytes: moduleOf(
      sectionOf(
        1,
        5,
        ...[0x5f, 2, 0x7f, 1, 0x78, 0], // struct of a mutable i32 and an i8
        ...[0x4e, 2, 0x50, 0, 0x5e, 0x63, 1, 1, 0x4f, 1, 1, 0x5e, 0x63, 1, 1], // rec group of two arrays
        ...[0x60, 3, 0x63, 0, 0x64, 0x6b, 0x6e, 1, 0x63, 0x70], // (ref null 0) (ref struct) anyref -> funcref
        ...[0x4e, 0], // an empty group
        ...[0x50, 0, 0x60, 0, 0], // a function that is open to subtypes
      ),
      sectionOf(2, 1, 1, 0x61, 1, 0x62, 0, 3),
    ),
  },
];
