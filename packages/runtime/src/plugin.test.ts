import { describe, expect, it } from "vitest";
import { createPlugin } from "./create-plugin.js";
import { PluginError } from "./errors.js";
import { assemble, ECHO, FAIL, plugin } from "./testing/wat.js";

describe("a call", () => {
  it.each([
    ["text", "héllo", "héllo"],
    ["bytes", new TextEncoder().encode("bytes"), "bytes"],
    ["a long text", "x".repeat(1 << 20), "x".repeat(1 << 20)],
  ])("carries %s both ways", async (_, input, expected) => {
    await using loaded = await createPlugin(plugin(ECHO));
    expect((await loaded.call("echo", input))?.text()).toBe(expected);
  });

  it.each([
    ["no input", undefined],
    ["an empty input", ""],
  ])("answers null for no output: %s", async (_, input) => {
    await using loaded = await createPlugin(plugin(ECHO));
    expect(await loaded.call("echo", input)).toBeNull();
  });

  it("answers with an output that outlives the next call and can't be written", async () => {
    await using loaded = await createPlugin(plugin(ECHO));
    const first = await loaded.call("echo", '{"a":1}');
    await loaded.call("echo", "another text");
    expect(first?.json()).toEqual({ a: 1 });
    expect(first?.getUint8(0)).toBe("{".charCodeAt(0));
    expect(first?.bytes()).toHaveLength(7);
    expect(first?.arrayBuffer().byteLength).toBe(7);
    expect(() => first?.setUint8()).toThrow(/read-only/);
  });

  it("sees nothing of the call before", async () => {
    // Reads the byte at the last call's input, whose handle it kept.
    const bytes = plugin(`${ECHO}
      (global $kept (mut i64) (i64.const 0))
      (func (export "keep") (result i32) (global.set $kept (call $input_offset)) (i32.const 0))
      (func (export "peek") (result i32) (call $load_u8 (global.get $kept)))`);
    await using loaded = await createPlugin(bytes);
    await loaded.call("keep", "secret");
    await expect(loaded.call("peek")).resolves.toBeNull();
  });

  it.each([
    ["a missing export", "nope", "export-missing", /it has echo/],
    ["an export with parameters", "add", "export-signature", /takes 2 parameters/],
    ["an export that isn't a function", "memory", "export-signature", /not a function/],
    ["a name that every object has", "constructor", "export-missing", /no such export/],
  ])("of %s is refused", async (_, name, code, message) => {
    const bytes = plugin(`${ECHO} (func (export "add") (param i32 i32) (result i32) (i32.const 0))`);
    await using loaded = await createPlugin(bytes);
    await expect(loaded.call(name)).rejects.toMatchObject({ code, function: name });
    await expect(loaded.call(name)).rejects.toThrow(message);
  });

  it("on a closed plug-in is refused", async () => {
    const loaded = await createPlugin(plugin(ECHO), { name: "shut" });
    await loaded.close();
    await expect(loaded.call("echo")).rejects.toMatchObject({
      code: "closed",
      plugin: "shut",
      function: "echo",
    });
    await expect(loaded.getInstance()).rejects.toMatchObject({ code: "closed" });
  });
});

describe("a plug-in's error", () => {
  it("is its text and its return code", async () => {
    await using loaded = await createPlugin(plugin(FAIL), { name: "grumpy" });
    const error = await loaded.call("fail", "3 wishes").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PluginError);
    expect(error).toMatchObject({
      code: "plugin-error",
      text: "3 wishes",
      returnCode: 3,
      plugin: "grumpy",
      function: "fail",
      message: 'plug-in "grumpy", function "fail": 3 wishes',
    });
  });

  it("counts although the plug-in returned 0", async () => {
    await using loaded = await createPlugin(plugin(FAIL));
    await expect(loaded.call("fail", "0 is no excuse")).rejects.toMatchObject({ returnCode: 0 });
  });

  it("may be a return code alone", async () => {
    await using loaded = await createPlugin(plugin(`(func (export "f") (result i32) (i32.const 7))`));
    await expect(loaded.call("f")).rejects.toThrow(/returned 7 and set no error text/);
  });

  it("does not spoil the next call", async () => {
    await using loaded = await createPlugin(plugin(`${FAIL} ${ECHO}`));
    await expect(loaded.call("fail", "1")).rejects.toThrow();
    expect((await loaded.call("echo", "fine"))?.text()).toBe("fine");
  });

  it("that was set before a trap is what is reported", async () => {
    const bytes = plugin(
      `(func (export "f") (result i32) (call $error_set (call $input_offset)) unreachable)`,
    );
    await using loaded = await createPlugin(bytes);
    await expect(loaded.call("f", "abort: on purpose")).rejects.toMatchObject({
      code: "plugin-error",
      text: "abort: on purpose",
      cause: expect.any(WebAssembly.RuntimeError),
    });
  });
});

describe("a trap", () => {
  const bytes = plugin(`
    (global $count (mut i32) (i32.const 0))
    (func (export "trap") (result i32) (global.set $count (i32.const 5)) unreachable)
    (func (export "count") (result i32) (global.get $count))
    (func $deep (result i32) (i32.add (call $deep) (i32.const 1)))
    (func (export "deep") (result i32) (call $deep))
    ${ECHO}`);

  it("is an error, and a fresh instance takes the next call", async () => {
    await using loaded = await createPlugin(bytes);
    await expect(loaded.call("trap")).rejects.toMatchObject({
      code: "trap",
      cause: expect.any(WebAssembly.RuntimeError),
    });
    await expect(loaded.call("count")).resolves.toBeNull();
    expect((await loaded.call("echo", "alive"))?.text()).toBe("alive");
  });

  it("by endless recursion has a code of its own", async () => {
    await using loaded = await createPlugin(bytes);
    await expect(loaded.call("deep")).rejects.toMatchObject({ code: "stack-overflow" });
    expect((await loaded.call("echo", "alive"))?.text()).toBe("alive");
  });

  it("while the plug-in starts is an error of createPlugin", async () => {
    const start = assemble(`(module (func (export "_initialize") unreachable))`);
    await expect(createPlugin(start)).rejects.toMatchObject({ code: "start-failed" });
    const wasmStart = assemble(`(module (func $s unreachable) (start $s))`);
    await expect(createPlugin(wasmStart)).rejects.toMatchObject({ code: "start-failed" });
  });
});

describe("the initialiser", () => {
  it.each([
    ["_initialize", `(func (export "_initialize") (global.set $n (i32.const 1)))`],
    ["__wasm_call_ctors", `(func (export "__wasm_call_ctors") (global.set $n (i32.const 1)))`],
    ["hs_init", `(func (export "hs_init") (param i32 i32) (global.set $n (i32.const 1)))`],
    [
      "_initialize alone where there is __wasm_call_ctors as well",
      `(func (export "_initialize") (global.set $n (i32.add (global.get $n) (i32.const 1))))
       (func (export "__wasm_call_ctors") (global.set $n (i32.add (global.get $n) (i32.const 1))))`,
    ],
  ])("%s runs once before the first call", async (_, body) => {
    const bytes = assemble(`(module (global $n (mut i32) (i32.const 0)) ${body}
      (func (export "n") (result i32) (global.get $n)))`);
    await using loaded = await createPlugin(bytes);
    await expect(loaded.call("n")).rejects.toMatchObject({ returnCode: 1 });
    await expect(loaded.call("n")).rejects.toMatchObject({ returnCode: 1 });
  });
});

describe("a plug-in", () => {
  it("tells what it exports and imports", async () => {
    await using loaded = await createPlugin(plugin(ECHO));
    expect(await loaded.functionExists("echo")).toBe(true);
    expect(await loaded.functionExists("memory")).toBe(false);
    expect(await loaded.functionExists("toString")).toBe(false);
    expect((await loaded.getExports()).map(({ name }) => name)).toEqual(["memory", "echo"]);
    expect((await loaded.getImports())[0]).toEqual({
      module: "extism:host/env",
      name: "alloc",
      kind: "function",
    });
    expect((await loaded.getInstance()).exports["echo"]).toBeInstanceOf(Function);
    expect(loaded.isActive()).toBe(false);
  });

  it.each([
    [
      "a function that nobody offers",
      `(module (import "env" "nope" (func)))`,
      "import-missing",
      /"nope" from "env".*options\.functions\["env"\]/,
    ],
    [
      "an unknown kernel function",
      `(module (import "extism:host/env" "reset" (func)))`,
      "import-missing",
      /the host offers .*alloc/,
    ],
    [
      "a memory",
      `(module (import "env" "memory" (memory 1)))`,
      "import-missing",
      /imports a memory, "memory" from "env".*a WebAssembly\.Memory/,
    ],
    [
      "WASI",
      `(module (import "wasi_snapshot_preview1" "fd_write" (func)))`,
      "import-missing",
      /"fd_write" from "wasi_snapshot_preview1", and may not use WASI; set the option useWasi/,
    ],
    [
      "a kernel function of another type",
      `(module (import "extism:host/env" "alloc" (func (param i32))))`,
      "import-invalid",
      /doesn't fit/,
    ],
  ])("that imports %s is refused", async (_, text, code, message) => {
    const promise = createPlugin(assemble(text));
    await expect(promise).rejects.toMatchObject({ code });
    await expect(promise).rejects.toThrow(message);
  });
});
