import { describe, expect, test } from "vitest";
import initWabt from "wabt";
import { instantiateKernel, kernelBytes, kernelImports, kernelModule } from "./index.js";

const wabt = await initWabt();

/** The functions of Extism's kernel, with its types. */
const EXTISM = {
  alloc: "(param i64) (result i64)",
  free: "(param i64)",
  length: "(param i64) (result i64)",
  length_unsafe: "(param i64) (result i64)",
  load_u8: "(param i64) (result i32)",
  load_u64: "(param i64) (result i64)",
  store_u8: "(param i64 i32)",
  store_u64: "(param i64 i64)",
  input_set: "(param i64 i64)",
  input_offset: "(result i64)",
  input_length: "(result i64)",
  input_load_u8: "(param i64) (result i32)",
  input_load_u64: "(param i64) (result i64)",
  output_set: "(param i64 i64)",
  output_offset: "(result i64)",
  output_length: "(result i64)",
  error_set: "(param i64)",
  error_get: "(result i64)",
  reset: "",
  memory_bytes: "(result i64)",
};

const HOST = {
  begin: "(param i32) (result i32)",
  results: "(result i32)",
  host_alloc: "(param i32) (result i32)",
  host_length: "(param i32) (result i32)",
  limit_pages: "(param i32)",
};

describe("the module", () => {
  test("stands alone: no imports, no start function, one page of memory, under 4 KiB", () => {
    expect(WebAssembly.Module.imports(kernelModule())).toEqual([]);
    expect(wabt.readWasm(kernelBytes(), {}).toText({})).not.toContain("(start");
    expect(instantiateKernel().memory.buffer.byteLength).toBe(65536);
    expect(kernelBytes().length).toBeLessThan(4096);
  });

  test("exports the kernel's functions and its memory, and nothing else", () => {
    const names = WebAssembly.Module.exports(kernelModule()).map(({ name }) => name);
    expect(names.sort()).toEqual([...Object.keys({ ...EXTISM, ...HOST }), "memory"].sort());
  });

  test.each(Object.entries({ ...EXTISM, ...HOST }))("links %s as a function %s", (name, type) => {
    const importer = compile(`(module (import "kernel" "${name}" (func ${type})))`);
    const link = () => new WebAssembly.Instance(importer, { kernel: { ...instantiateKernel() } });
    expect(link).not.toThrow();
  });

  test("offers guests everything of Extism's kernel but what belongs to the host", () => {
    const host = new Set(["input_set", "reset", "memory_bytes"]);
    expect([...kernelImports].sort()).toEqual(
      Object.keys(EXTISM)
        .filter((name) => !host.has(name))
        .sort(),
    );
  });

  test("is compiled once, and its bytes are the caller's to keep", () => {
    expect(kernelModule()).toBe(kernelModule());
    kernelBytes().fill(0);
    expect(kernelBytes().subarray(0, 4)).toEqual(new Uint8Array([0, 0x61, 0x73, 0x6d]));
  });

  test("gives each instance its own memory", () => {
    const [one, other] = [instantiateKernel(), instantiateKernel()];
    expect(other.length(one.alloc(10n))).toBe(0n);
  });
});

test("a guest copies its input to its output from WebAssembly to WebAssembly", () => {
  const kernel = instantiateKernel();
  const guest = new WebAssembly.Instance(compile(COPY), { "extism:host/env": { ...kernel } });
  const address = kernel.begin(1_000_000);
  const input = Uint8Array.from({ length: 1_000_000 }, (_, i) => (i * 31) >> 3);
  new Uint8Array(kernel.memory.buffer, address).set(input);
  const { copy } = guest.exports;
  if (typeof copy !== "function") throw new Error("The guest has no copy export.");
  copy();
  const [output = 0, length] = new Uint32Array(kernel.memory.buffer, kernel.results(), 4);
  expect(length).toBe(input.length);
  expect(Buffer.compare(new Uint8Array(kernel.memory.buffer, output, length), input)).toBe(0);
});

const COPY = `(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "input_length" (func $input_length (result i64)))
  (import "extism:host/env" "input_load_u64" (func $input_load_u64 (param i64) (result i64)))
  (import "extism:host/env" "store_u64" (func $store_u64 (param i64 i64)))
  (import "extism:host/env" "output_set" (func $output_set (param i64 i64)))
  (func (export "copy") (local $to i64) (local $at i64)
    (local.set $to (call $alloc (call $input_length)))
    (loop $next
      (call $store_u64 (i64.add (local.get $to) (local.get $at)) (call $input_load_u64 (local.get $at)))
      (local.set $at (i64.add (local.get $at) (i64.const 8)))
      (br_if $next (i64.lt_u (local.get $at) (call $input_length))))
    (call $output_set (local.get $to) (call $input_length))))`;

function compile(text: string): WebAssembly.Module {
  return new WebAssembly.Module(Uint8Array.from(wabt.parseWat("guest.wat", text).toBinary({}).buffer));
}
