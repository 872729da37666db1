import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createPlugin } from "../create-plugin.js";
import type { PluginOptions } from "../options.js";
import { assemble, plugin } from "../testing/wat.js";

const from = (name: string, type: string): string =>
  `(import "wasi_snapshot_preview1" "${name}" (func $${name} ${type}))`;

const IMPORTS = [
  from("fd_write", "(param i32 i32 i32 i32) (result i32)"),
  from("proc_exit", "(param i32)"),
  from("random_get", "(param i32 i32) (result i32)"),
  from("clock_time_get", "(param i32 i64 i32) (result i32)"),
  from("path_open", "(param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)"),
  from("fd_read", "(param i32 i32 i32 i32) (result i32)"),
].join("\n");

/** Puts `length` bytes of its memory, from `address` on, into the output. */
const OUTPUT = `(func $output (param $address i32) (param $length i32) (local $block i64) (local $at i32)
  (local.set $block (call $alloc (i64.extend_i32_u (local.get $length))))
  (loop $next
    (call $store_u8
      (i64.add (local.get $block) (i64.extend_i32_u (local.get $at)))
      (i32.load8_u (i32.add (local.get $address) (local.get $at))))
    (local.set $at (i32.add (local.get $at) (i32.const 1)))
    (br_if $next (i32.lt_u (local.get $at) (local.get $length))))
  (call $output_set (local.get $block) (i64.extend_i32_u (local.get $length))))`;

const WASM = plugin(
  `${OUTPUT}
  (data (i32.const 64) "first\\nsecond")
  (data (i32.const 96) "a.txt")
  (global $started (mut i32) (i32.const 0))
  (func $print (param $stream i32)
    (i32.store (i32.const 0) (i32.const 64))
    (i32.store (i32.const 4) (i32.const 12))
    (drop (call $fd_write (local.get $stream) (i32.const 0) (i32.const 1) (i32.const 8))))
  (func (export "_initialize") (global.set $started (i32.add (global.get $started) (i32.const 1))))
  (func (export "print") (result i32) (call $print (i32.const 1)) (call $print (i32.const 2)) (i32.const 0))
  (func (export "_start") (result i32) (call $print (i32.const 1)) (call $output (i32.const 64) (i32.const 5))
    (call $proc_exit (i32.const 0)) (unreachable))
  (func (export "exit_3") (result i32) (call $proc_exit (i32.const 3)) (unreachable))
  (func (export "exit_with_error") (result i32)
    (call $error_set (call $input_offset)) (call $proc_exit (i32.const 0)) (unreachable))
  (func (export "world") (result i32)
    (drop (call $clock_time_get (i32.const 0) (i64.const 0) (i32.const 128)))
    (drop (call $random_get (i32.const 136) (i32.const 8)))
    (call $output (i32.const 128) (i32.const 16)) (i32.const 0))
  (func (export "starts") (result i32)
    (i32.store8 (i32.const 128) (i32.add (i32.const 48) (global.get $started)))
    (call $output (i32.const 128) (i32.const 1)) (i32.const 0))
  ;; Keeps the file open, and answers the error number or the content.
  (func (export "read") (result i32) (local $errno i32)
    (local.set $errno (call $path_open (i32.const 3) (i32.const 1) (i32.const 96) (i32.const 5) (i32.const 0)
      (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 8)))
    (if (local.get $errno) (then (return (local.get $errno))))
    (i32.store (i32.const 0) (i32.const 256))
    (i32.store (i32.const 4) (i32.const 100))
    (drop (call $fd_read (i32.load (i32.const 8)) (i32.const 0) (i32.const 1) (i32.const 12)))
    (call $output (i32.const 256) (i32.load (i32.const 12))) (i32.const 0))
  (func (export "trap") (result i32) unreachable)
  ;; The direct convention, by which 2 means that the stack has overflowed.
  (func (export "tenon_abi") (result i32) (i32.const 1))
  (func (export "tenon_reserve") (param i32) (result i32) (i32.const 0))
  (func (export "tenon_result") (result i32) (i32.const 512))
  (func (export "tenon_direct") (param i32))
  (func (export "overflow") (result i32) (i32.const 2))`,
  IMPORTS,
);

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tenon-wasi-"));
  writeFileSync(join(folder, "a.txt"), "content");
});

afterAll(() => rmSync(folder, { recursive: true }));

const create = (options: PluginOptions = {}) => createPlugin(WASM, { useWasi: true, ...options });

function recorder() {
  const lines: string[] = [];
  const to = (level: string) => (line: string) => void lines.push(`${level}: ${line}`);
  const logger = {
    trace: to("trace"),
    debug: to("debug"),
    info: to("info"),
    warn: to("warn"),
    error: to("error"),
  };
  return { lines, logger };
}

describe("a plug-in with WASI", () => {
  it("needs the option, and the error says which", async () => {
    await expect(createPlugin(WASM)).rejects.toMatchObject({ code: "import-missing" });
    await expect(createPlugin(WASM)).rejects.toThrow(/set the option useWasi to true/);
  });

  it("is initialised once, and not started: that is a call like any other", async () => {
    await using loaded = await create();
    expect((await loaded.call("starts"))?.text()).toBe("1");
    expect((await loaded.call("_start"))?.text()).toBe("first");
    expect((await loaded.call("starts"))?.text()).toBe("1");
  });

  it("has what it prints logged, with the last line at the end of the call", async () => {
    const { lines, logger } = recorder();
    await using loaded = await create({ logger });
    await loaded.call("print");
    expect(lines.sort()).toEqual(["error: first", "error: second", "info: first", "info: second"]);
  });

  it("prints nothing below the log level, unless its output is enabled", async () => {
    const quiet = recorder();
    await using first = await create({ logger: quiet.logger, logLevel: "error" });
    await first.call("print");
    expect(quiet.lines).toEqual(["error: first", "error: second"]);

    const enabled = recorder();
    await using second = await create({ logger: enabled.logger, logLevel: "silent", enableWasiOutput: true });
    await second.call("print");
    expect(enabled.lines.length).toBe(4);

    const info = vi.spyOn(console, "info").mockImplementation(() => {});
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    await using third = await create({ enableWasiOutput: true });
    await third.call("print");
    expect([info.mock.calls.length, error.mock.calls.length]).toEqual([2, 2]);
    vi.restoreAllMocks();
  });

  it("that exits with 0 has returned, with its last words printed", async () => {
    const { lines, logger } = recorder();
    await using loaded = await create({ logger });
    expect((await loaded.call("_start"))?.text()).toBe("first");
    expect(lines).toEqual(["info: first", "info: second"]);
  });

  it("that exits with another code has failed with that code, and is started anew", async () => {
    await using loaded = await create();
    await expect(loaded.call("exit_3")).rejects.toMatchObject({
      code: "plugin-error",
      returnCode: 3,
      cause: { name: "WasiExit", exitCode: 3 },
    });
    expect((await loaded.call("starts"))?.text()).toBe("1");
  });

  it("that exits with 0 after it set an error has failed", async () => {
    await using loaded = await create();
    await expect(loaded.call("exit_with_error", "bad luck")).rejects.toMatchObject({
      code: "plugin-error",
      text: "bad luck",
      returnCode: 0,
    });
  });

  it("sees the same world in every run when that is asked for", async () => {
    const run = async (wasi: PluginOptions["wasi"]) => {
      await using loaded = await create({ wasi });
      return Buffer.from((await loaded.call("world"))?.bytes() ?? []).toString("hex");
    };
    const deterministic = { now: new Date("2020-01-01"), seed: 5 };
    const first = await run({ deterministic });
    expect(await run({ deterministic })).toBe(first);
    expect(await run({ deterministic: { ...deterministic, seed: 6 } })).not.toBe(first);
    expect(Buffer.from(first, "hex").readBigUInt64LE() / 1_000_000n).toBe(BigInt(Date.parse("2020-01-01")));
    expect(await run(undefined)).not.toBe(await run(undefined));
  });

  it("reads the files that it is allowed, and none without", async () => {
    await using allowed = await create({ allowedPaths: { "/": `ro:${folder}` } });
    expect((await allowed.call("read"))?.text()).toBe("content");
    await using other = await create();
    // 8 is BADF: there is no descriptor 3.
    await expect(other.call("read")).rejects.toMatchObject({ returnCode: 8 });
  });

  it.each([
    ["doesn't exist", "none"],
    ["is a file", "a.txt"],
  ])("is not made with an allowed path that %s", async (_, name) => {
    const promise = create({ allowedPaths: { "/": join(folder, name) } });
    await expect(promise).rejects.toMatchObject({ code: "option-invalid" });
    await expect(promise).rejects.toThrow(new RegExp(`allowedPaths: ".*${name}" can't be opened`));
  });

  // Only Linux lists what is open.
  if (process.platform === "linux")
    it.each([
      ["trap", "trap"],
      ["overflow", "stack-overflow"],
    ])("leaves no file open: not after a %s, and not when it is closed", async (name, code) => {
      const open = (): number => readdirSync("/proc/self/fd").length;
      // What is loaded when it is first needed may open something of its own.
      await (await create({ allowedPaths: { "/": folder } })).close();
      const before = open();
      const loaded = await create({ allowedPaths: { "/": folder } });
      for (let round = 0; round < 5; round++) await loaded.call("read");
      expect(open()).toBe(before + 6);
      await expect(loaded.call(name)).rejects.toMatchObject({ code });
      expect(open()).toBe(before + 1);
      expect((await loaded.call("read"))?.text()).toBe("content");
      await loaded.close();
      expect(open()).toBe(before);
      await expect(create({ allowedPaths: { "/": folder, "/x": join(folder, "none") } })).rejects.toThrow();
      expect(open()).toBe(before);
    });
});

describe("a module that can't use WASI", () => {
  const refused: [string, string, string, RegExp][] = [
    [
      "it has no memory",
      `(module ${from("sched_yield", "(result i32)")})`,
      "start-failed",
      /exports its memory under the name "memory"/,
    ],
    [
      "it calls it from its start section",
      `(module ${from("sched_yield", "(result i32)")} (memory (export "memory") 1)
        (func $go (drop (call $sched_yield))) (start $go))`,
      "start-failed",
      /"sched_yield" from its start function/,
    ],
    [
      "it wants what isn't there",
      `(module ${from("fd_dance", "(result i32)")} (memory (export "memory") 1))`,
      "import-missing",
      /"fd_dance"/,
    ],
    [
      "it takes a function for another",
      `(module ${from("fd_close", "(param i64) (result i64)")} (memory (export "memory") 1)
        (func (export "f") (result i32) (drop (call $fd_close (i64.const 0))) (i32.const 0)))`,
      "host-function",
      /wrong type/,
    ],
  ];

  it.each(refused)("because %s", async (_, text, code, message) => {
    const promise = createPlugin(assemble(text), { useWasi: true }).then((loaded) => loaded.call("f"));
    await expect(promise).rejects.toMatchObject({ code });
    await expect(promise).rejects.toThrow(message);
  });
});
