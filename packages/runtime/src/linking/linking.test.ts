import { describe, expect, it } from "vitest";
import { createPlugin } from "../create-plugin.js";
import type { PluginOptions } from "../options.js";
import { assemble, directPlugin, plugin } from "../testing/wat.js";

/** Modules by name, the last of which is main. */
function manifest(modules: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>) {
  const wasm = Object.entries(modules).map(([name, code]) => ({
    name,
    data: typeof code === "string" ? assemble(`(module ${code})`) : code,
  }));
  return { wasm };
}

/** Calls `run` of main, which returns a number. */
async function run(modules: Readonly<Record<string, string>>, options: PluginOptions = {}): Promise<number> {
  await using loaded = await createPlugin(manifest(modules), options);
  return loaded.call("run").then(
    () => 0,
    ({ returnCode }) => returnCode,
  );
}

const RUN = (body: string) => `(func (export "run") (result i32) ${body})`;

describe("modules of one manifest", () => {
  it("are linked by name, to any depth", async () => {
    const modules = Array.from({ length: 30 }, (_, i): [string, string] => [
      `m${i}`,
      i === 0
        ? `(func (export "f") (result i32) (i32.const 1))`
        : `(import "m${i - 1}" "f" (func $f (result i32)))
           (func (export "f") (result i32) (i32.add (call $f) (i32.const 1)))`,
    ]);
    const main = `(import "m29" "f" (func $f (result i32))) ${RUN("(call $f)")}`;
    expect(await run({ ...Object.fromEntries(modules), main })).toBe(30);
  });

  it("are one instance each, however many import from it", async () => {
    const counter = `(global $n (mut i32) (i32.const 0))
      (func (export "next") (result i32) (global.set $n (i32.add (global.get $n) (i32.const 1))) (global.get $n))`;
    const user = `(import "counter" "next" (func $next (result i32)))
      (func (export "f") (result i32) (call $next))`;
    const main = `(import "a" "f" (func $a (result i32))) (import "b" "f" (func $b (result i32)))
      ${RUN("(drop (call $a)) (call $b)")}`;
    expect(await run({ counter, a: user, b: user, main })).toBe(2);
  });

  it("may share memories, tables and globals", async () => {
    const side = `(memory (export "memory") 1) (data (i32.const 8) "\\07")
      (global (export "g") (mut i32) (i32.const 30))
      (table (export "t") 1 funcref) (elem (i32.const 0) $f) (func $f (result i32) (i32.const 5))`;
    const main = `(import "side" "memory" (memory 1)) (import "side" "g" (global $g (mut i32)))
      (import "side" "t" (table 1 funcref)) (type $f (func (result i32)))
      ${RUN("(i32.add (i32.add (i32.load8_u (i32.const 8)) (global.get $g)) (call_indirect (type $f) (i32.const 0)))")}`;
    expect(await run({ side, main })).toBe(42);
  });

  // Doubles and adds one by turns, until the number is above 100: 1, 2, 3, 6, 7, 14, 15 ...
  const LEFT = `(import "right" "addOne" (func $next (param i32) (result i32)))
    (func (export "double") (param i32) (result i32)
      (if (result i32) (i32.gt_u (local.get 0) (i32.const 100)) (then (local.get 0))
        (else (call $next (i32.mul (local.get 0) (i32.const 2))))))`;
  const RIGHT = `(import "left" "double" (func $next (param i32) (result i32)))
    (memory (export "memory") 1)
    (func (export "addOne") (param i32) (result i32) (call $next (i32.add (local.get 0) (i32.const 1))))`;
  const CIRCLE_MAIN = `(import "left" "double" (func $f (param i32) (result i32)))
    (import "right" "memory" (memory 1)) ${RUN("(call $f (i32.const 1))")}`;

  it("may import each other's functions in a circle", async () => {
    expect(await run({ left: LEFT, right: RIGHT, main: CIRCLE_MAIN })).toBe(127);
    expect(await run({ right: RIGHT, left: LEFT, main: CIRCLE_MAIN })).toBe(127);
  });

  it("may import the functions of main", async () => {
    const side = `(import "main" "one" (func $one (result i32))) (func (export "two") (result i32) (i32.add (call $one) (call $one)))`;
    const main = `(import "side" "two" (func $two (result i32))) (func (export "one") (result i32) (i32.const 1)) ${RUN("(call $two)")}`;
    expect(await run({ side, main })).toBe(2);
  });

  it("are started in an order in which each has the memory that it imports, although functions go in a circle", async () => {
    const main = `(import "side" "f" (func $f (result i32))) (memory (export "memory") 1) (data (i32.const 0) "\\09")
      ${RUN("(call $f)")}`;
    const side = `(import "main" "memory" (memory 1)) (func (export "f") (result i32) (i32.load (i32.const 0)))`;
    expect(await run({ side, main })).toBe(9);
  });

  it("carry 64-bit integers and several results around a circle", async () => {
    const side = `(import "main" "pair" (func $pair (param i64) (result i64 i32)))
      (func (export "f") (result i32) (local i64 i32)
        (call $pair (i64.const 0x100000000)) (local.set 1) (local.set 0)
        (i32.add (local.get 1) (i32.wrap_i64 (i64.shr_u (local.get 0) (i64.const 32)))))`;
    const main = `(import "side" "f" (func $f (result i32)))
      (func (export "pair") (param i64) (result i64 i32) (i64.mul (local.get 0) (i64.const 3)) (i32.const 4)) ${RUN("(call $f)")}`;
    expect(await run({ side, main })).toBe(7);
  });

  it("are initialised before those that import from them", async () => {
    const side = `(global $n (mut i32) (i32.const 0)) (func (export "_initialize") (global.set $n (i32.const 3)))
      (func (export "n") (result i32) (global.get $n))`;
    const main = `(import "side" "n" (func $n (result i32))) (global $m (mut i32) (i32.const 0))
      (func $start (global.set $m (call $n))) (start $start) ${RUN("(global.get $m)")}`;
    expect(await run({ side, main })).toBe(3);
  });

  it("share the plug-in's kernel, config and variables", async () => {
    const upper = plugin(`(func (export "f") (param i64) (result i64)
      (call $store_u8 (local.get 0) (i32.sub (call $load_u8 (local.get 0)) (i32.const 32))) (local.get 0))`);
    const main = plugin(
      `(func (export "run") (result i32) (local $h i64) (local.set $h (call $f (call $input_offset)))
        (call $output_set (local.get $h) (call $length (local.get $h))) (i32.const 0))`,
      `(import "extism:host/user" "f" (func $f (param i64) (result i64)))`,
    );
    await using loaded = await createPlugin(manifest({ "extism:host/user": upper, main }));
    expect((await loaded.call("run", "hello"))?.text()).toBe("Hello");
  });

  it("tell what main exports, and nothing else", async () => {
    const main = `(import "side" "f" (func $f (result i32))) ${RUN("(call $f)")}`;
    const side = `(func (export "f") (result i32) (i32.const 0))`;
    await using loaded = await createPlugin(manifest({ side, main }));
    expect(await loaded.functionExists("run")).toBe(true);
    expect(await loaded.functionExists("f")).toBe(false);
    expect(await loaded.getImports()).toEqual([{ module: "side", name: "f", kind: "function" }]);
  });

  it("are all replaced after a trap", async () => {
    const side = `(global $n (mut i32) (i32.const 0))
      (func (export "f") (param i32) (result i32) (global.set $n (i32.add (global.get $n) (i32.const 1)))
        (if (local.get 0) (then unreachable)) (global.get $n))`;
    const main = `(import "side" "f" (func $f (param i32) (result i32))) ${RUN("(call $f (i32.const 0))")}
      (func (export "trap") (result i32) (call $f (i32.const 1)))`;
    await using loaded = await createPlugin(manifest({ side, main }));
    await expect(loaded.call("run")).rejects.toMatchObject({ returnCode: 1 });
    await expect(loaded.call("trap")).rejects.toMatchObject({ code: "trap" });
    await expect(loaded.call("run")).rejects.toMatchObject({ returnCode: 1 });
  });
});

describe("a command", () => {
  it("as a side module is started, and each module that imports from it has its own", async () => {
    const command = `(global $n (mut i32) (i32.const 0)) (func (export "_start") (global.set $n (i32.const 10)))
      (func (export "f") (result i32) (global.set $n (i32.add (global.get $n) (i32.const 1))) (global.get $n))
      (func (export "g") (result i32) (global.get $n))`;
    const other = `(import "command" "f" (func $f (result i32))) (func (export "f") (result i32) (call $f))`;
    const main = `(import "command" "f" (func $f (result i32))) (import "command" "g" (func $g (result i32)))
      (import "other" "f" (func $other (result i32)))
      ${RUN("(drop (call $other)) (drop (call $other)) (drop (call $f)) (call $g)")}`;
    expect(await run({ command, other, main })).toBe(11);
  });

  it("may import from a command that imports from it", async () => {
    const a = `(import "b" "f" (func $f (result i32))) (func (export "_start")) (func (export "one") (result i32) (i32.const 1))
      (func (export "f") (result i32) (call $f))`;
    const b = `(import "a" "one" (func $one (result i32))) (func (export "_start")) (func (export "f") (result i32) (call $one))`;
    const main = `(import "a" "f" (func $f (result i32))) ${RUN("(call $f)")}`;
    expect(await run({ a, b, main })).toBe(1);
  });
});

describe("a direct plug-in of several modules", () => {
  const USER = `(import "extism:host/user" "f" (func $f (param i64) (result i64)))`;
  const F = `(func (export "f") (param i64) (result i64) (local.get 0))`;
  const call = { run: "(call $put (local.get $address) (local.get $length)) (i32.const 0)" };

  it.each([
    [
      "imports a user function from a module",
      { "extism:host/user": F, main: directPlugin(call, { imports: USER }) },
      0,
    ],
    [
      "has another module that calls a user function",
      {
        side: `${USER} (func (export "g"))`,
        main: directPlugin(call, { imports: `(import "side" "g" (func))` }),
      },
      0,
    ],
    [
      "does neither",
      { side: `(func (export "g"))`, main: directPlugin(call, { imports: `(import "side" "g" (func))` }) },
      1,
    ],
  ])("that %s is told how host functions are called", async (_, modules, expected) => {
    // The host offers the function typed, as generated bindings do.
    const { createInlinePlugin } = await import("../create-plugin.js");
    await using loaded = await createInlinePlugin(manifest(modules), {}, () => ({
      f: (handle: bigint) => handle,
    }));
    expect((await loaded.call("run", "direct"))?.text()).toBe("direct");
    expect((await loaded.getInstance()).exports["direct"]).toMatchObject({ value: expected });
  });
});

describe("the host may offer", () => {
  it("memories, tables and globals besides functions", async () => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    new Uint8Array(memory.buffer)[0] = 1;
    const global = new WebAssembly.Global({ value: "i32", mutable: true }, 20);
    const table = new WebAssembly.Table({ element: "anyfunc", initial: 300 });
    const main = `(import "env" "memory" (memory 1)) (import "env" "global" (global $g (mut i32)))
      (import "env" "table" (table $t 1 funcref))
      ${RUN("(global.set $g (i32.add (global.get $g) (i32.load (i32.const 0)))) (i32.add (global.get $g) (table.size $t))")}`;
    // Node's own type of a table's size differs between versions: what counts is that it is the host's.
    expect(await run({ main }, { functions: { env: { memory, global, table } } })).toBe(321);
    expect(global.value).toBe(21);
  });

  it.each<[string, string, unknown, string, RegExp]>([
    [
      "a function for a memory",
      `(import "env" "x" (memory 1))`,
      () => 0,
      "import-invalid",
      /imports a memory, "x" from "env", and the host offers a function there/,
    ],
    [
      "a memory for a function",
      `(import "env" "x" (func))`,
      new WebAssembly.Memory({ initial: 1 }),
      "import-invalid",
      /offers a memory there/,
    ],
    [
      "too small a memory",
      `(import "env" "x" (memory 2))`,
      new WebAssembly.Memory({ initial: 1 }),
      "import-invalid",
      /doesn't fit/,
    ],
    [
      "a number for a global",
      `(import "env" "x" (global i32))`,
      7,
      "option-invalid",
      /functions\["env"\]\["x"\] is a function, or a WebAssembly\.Memory.*got number/,
    ],
  ])("but not %s", async (_, main, x, code, message) => {
    // The point of the cases is that their types are wrong.
    const functions = { env: { x } } as NonNullable<PluginOptions["functions"]>;
    const promise = createPlugin(manifest({ main }), { functions });
    await expect(promise).rejects.toMatchObject({ code });
    await expect(promise).rejects.toThrow(message);
  });
});

describe("a manifest whose modules don't fit together is refused:", () => {
  it.each<[string, Record<string, string>, string, RegExp]>([
    [
      "a module that is missing",
      { left: `(import "right" "f" (func)) (func (export "f"))`, main: `(import "left" "f" (func))` },
      "import-missing",
      /its module "main" → "left" imports the function "f" from "right"; the host offers nothing under that name .*modules are "left", "main"/,
    ],
    [
      "a function that a module hasn't",
      { side: `(func (export "g")) (func (export "h"))`, main: `(import "side" "f" (func))` },
      "import-missing",
      /its module "main" imports the function "f" from "side"; that module exports g, h$/,
    ],
    [
      "a module that exports nothing",
      { side: "", main: `(import "side" "memory" (memory 1))` },
      "import-missing",
      /imports a memory, "memory" from "side"; that module exports no memory/,
    ],
    [
      "an export of another kind",
      { side: `(memory (export "f") 1)`, main: `(import "side" "f" (func))` },
      "import-invalid",
      /that module has a memory of that name/,
    ],
    [
      "an export of another type",
      { side: `(func (export "f") (param i32))`, main: `(import "side" "f" (func))` },
      "import-invalid",
      /an import of module "main" doesn't fit/,
    ],
    [
      "globals in a circle",
      {
        side: `(import "main" "m" (global i32)) (global (export "n") i32 (i32.const 1))`,
        main: `(import "side" "n" (global i32)) (global (export "m") i32 (i32.const 1))`,
      },
      "import-invalid",
      /its module "main" imports a global, "n" from "side", which needs it in turn; only functions/,
    ],
    [
      "a function that is called before its module is there",
      {
        side: `(import "main" "f" (func $f)) (func (export "_initialize") (call $f)) (func (export "g"))`,
        main: `(import "side" "g" (func)) (func (export "f"))`,
      },
      "start-failed",
      /its module "main" → "side" failed while it started: .*"main" is called before it is started/,
    ],
    [
      "a side module that traps while it starts",
      {
        side: `(func (export "_initialize") unreachable) (func (export "g"))`,
        main: `(import "side" "g" (func))`,
      },
      "start-failed",
      /its module "main" → "side" failed while it started: the plug-in trapped/,
    ],
    [
      "a misspelt host function",
      { main: `(import "extism:host/env" "aloc" (func))` },
      "import-missing",
      /it imports the function "aloc".*did you mean "alloc"/,
    ],
  ])("%s", async (_, modules, code, message) => {
    const promise = createPlugin(manifest(modules));
    await expect(promise).rejects.toMatchObject({ code });
    await expect(promise).rejects.toThrow(message);
  });

  it("names such as __proto__ are names like any other", async () => {
    const name = "__proto__";
    const promise = createPlugin(manifest({ main: `(import "${name}" "${name}" (func))` }));
    await expect(promise).rejects.toMatchObject({ code: "import-missing" });
    const wasm = [
      { name, data: assemble(`(module (func (export "${name}") (result i32) (i32.const 3)))`) },
      {
        name: "main",
        data: assemble(`(module (import "${name}" "${name}" (func $f (result i32))) ${RUN("(call $f)")})`),
      },
    ];
    await using loaded = await createPlugin({ wasm });
    await expect(loaded.call("run")).rejects.toMatchObject({ returnCode: 3 });
  });
});
