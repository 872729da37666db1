import { describe, expect, it } from "vitest";
import type { CallContext } from "./call-context.js";
import { createPlugin } from "./create-plugin.js";
import { assemble, ECHO, plugin } from "./testing/wat.js";

const USER = `(import "extism:host/user" "f" (func $f (param i64) (result i64)))`;
/** Hands its input to the host function and returns what that answers. */
const FORWARD = plugin(
  `(func (export "forward") (result i32) (local $h i64)
    (local.set $h (call $f (call $input_offset)))
    (call $output_set (local.get $h) (call $length (local.get $h)))
    (i32.const 0)) ${ECHO}`,
  USER,
);

function forward(f: (context: CallContext, handle: bigint) => unknown) {
  return createPlugin(FORWARD, { functions: { "extism:host/user": { f } } });
}

describe("a host function", () => {
  it("reads its argument's block and answers with a block", async () => {
    await using loaded = await forward((context, handle) => {
      expect(context.length(handle)).toBe(5n);
      return context.store(`${context.read(handle)?.text()}!`);
    });
    expect((await loaded.call("forward", "hello"))?.text()).toBe("hello!");
  });

  it("gets the call's host context", async () => {
    await using loaded = await forward((context) =>
      context.store(context.hostContext<{ user: string }>().user),
    );
    expect((await loaded.call("forward", "x", { user: "ada" }))?.text()).toBe("ada");
  });

  it("reads nothing through a handle that isn't one", async () => {
    await using loaded = await forward((context, handle) => {
      expect(context.read(handle + 1n)).toBeNull();
      expect(context.read(1n << 40n)).toBeNull();
      expect(context.read(-1n)).toBeNull();
      expect(context.read(0)).toBeNull();
      expect(context.length(handle + 1n)).toBe(0n);
      context.free(handle);
      expect(context.read(handle)).toBeNull();
      return 0n;
    });
    expect(await loaded.call("forward", "x")).toBeNull();
  });

  it("can make the call fail with setError", async () => {
    await using loaded = await forward((context) => {
      context.setError(new Error("quota exceeded"));
      return 0n;
    });
    await expect(loaded.call("forward", "x")).rejects.toMatchObject({
      code: "plugin-error",
      text: "quota exceeded",
    });
  });

  it("that throws is the cause of the failed call", async () => {
    const cause = new RangeError("no such word");
    await using loaded = await forward(() => {
      throw cause;
    });
    await expect(loaded.call("forward", "x")).rejects.toMatchObject({ code: "host-function", cause });
    await expect(loaded.call("forward", "x")).rejects.toThrow(/"f" failed: no such word/);
    expect((await loaded.call("echo", "alive"))?.text()).toBe("alive");
  });

  it("that returns a promise is refused, not taken for a value", async () => {
    await using loaded = await forward(() => Promise.resolve(0n));
    await expect(loaded.call("forward", "x")).rejects.toMatchObject({ code: "host-function-async" });
  });

  it.each([
    ["a number", 1],
    ["nothing", undefined],
    ["text", "x"],
  ])("that returns %s for an i64 is an error", async (_, value) => {
    await using loaded = await forward(() => value);
    await expect(loaded.call("forward", "x")).rejects.toMatchObject({ code: "host-function" });
  });

  it("that calls its own plug-in is told that it is busy", async () => {
    const loaded = await forward((context) => {
      inner = loaded.call("echo", "again").catch((error: unknown) => error);
      return context.store("outer");
    });
    let inner: Promise<unknown> = Promise.resolve();
    expect((await loaded.call("forward", "x"))?.text()).toBe("outer");
    expect(await inner).toMatchObject({ code: "busy" });
  });

  it("may be in any namespace and have any numeric signature", async () => {
    const bytes = assemble(`(module
      (import "math" "mix" (func $mix (param i32 f64 i64) (result f32)))
      (func (export "run") (result i32)
        (i32.trunc_f32_s (call $mix (i32.const 1) (f64.const 2.5) (i64.const 4)))))`);
    await using loaded = await createPlugin(bytes, {
      functions: { math: { mix: (_, a: number, b: number, c: bigint) => a + b * 2 + Number(c) } },
    });
    await expect(loaded.call("run")).rejects.toMatchObject({ returnCode: 10 });
  });
});

const ENV = `
  (import "extism:host/env" "config_get" (func $config_get (param i64) (result i64)))
  (import "extism:host/env" "var_get" (func $var_get (param i64) (result i64)))
  (import "extism:host/env" "var_set" (func $var_set (param i64 i64)))
  (import "extism:host/env" "log_warn" (func $log_warn (param i64)))
  (import "extism:host/env" "log_debug" (func $log_debug (param i64)))
  (import "extism:host/env" "get_log_level" (func $get_log_level (result i32)))`;
const SURROUNDINGS = plugin(
  `(func $answer (param $h i64) (result i32)
    (call $output_set (local.get $h) (call $length (local.get $h))) (i32.const 0))
  (func (export "config") (result i32) (call $answer (call $config_get (call $input_offset))))
  (func (export "get") (result i32) (call $answer (call $var_get (call $input_offset))))
  (func (export "set") (result i32) (call $var_set (call $input_offset) (call $input_offset)) (i32.const 0))
  (func (export "unset") (result i32) (call $var_set (call $input_offset) (i64.const 0)) (i32.const 0))
  (func (export "log") (result i32) (call $log_warn (call $input_offset)) (call $log_debug (call $input_offset)) (i32.const 0))
  (func (export "level") (result i32) (call $get_log_level))`,
  ENV,
);

describe("config", () => {
  it("answers what the options and the manifest say, options first", async () => {
    await using loaded = await createPlugin(
      { wasm: [{ data: SURROUNDINGS }], config: { a: "manifest", b: "manifest" } },
      { config: { a: "options" } },
    );
    expect((await loaded.call("config", "a"))?.text()).toBe("options");
    expect((await loaded.call("config", "b"))?.text()).toBe("manifest");
  });

  it.each(["missing", "constructor", "__proto__", "toString"])(
    "has nothing for %s unless it was configured",
    async (key) => {
      await using without = await createPlugin(SURROUNDINGS);
      expect(await without.call("config", key)).toBeNull();
      await using configured = await createPlugin(SURROUNDINGS, { config: JSON.parse(`{"${key}":"yes"}`) });
      expect((await configured.call("config", key))?.text()).toBe("yes");
    },
  );
});

describe("variables", () => {
  it("outlive a call, until reset", async () => {
    await using loaded = await createPlugin(SURROUNDINGS);
    await loaded.call("set", "k");
    expect((await loaded.call("get", "k"))?.text()).toBe("k");
    expect(await loaded.reset()).toBe(true);
    expect(await loaded.call("get", "k")).toBeNull();
  });

  it("can be deleted", async () => {
    await using loaded = await createPlugin(SURROUNDINGS);
    await loaded.call("set", "k");
    await loaded.call("unset", "k");
    expect(await loaded.call("get", "k")).toBeNull();
  });

  it("are limited in bytes, names included", async () => {
    await using loaded = await createPlugin(SURROUNDINGS, { memory: { maxVarBytes: 20 } });
    await loaded.call("set", "1234567890");
    await loaded.call("set", "1234567890");
    await expect(loaded.call("set", "a")).rejects.toMatchObject({ code: "var-limit", function: "set" });
    await loaded.call("unset", "1234567890");
    await loaded.call("set", "a");
    expect((await loaded.call("get", "a"))?.text()).toBe("a");
  });
});

describe("logging", () => {
  function recorder() {
    const lines: string[] = [];
    const record = (level: string) => (message: string) => void lines.push(`${level} ${message}`);
    const logger = {
      trace: record("trace"),
      debug: record("debug"),
      info: record("info"),
      warn: record("warn"),
      error: record("error"),
    };
    return { lines, logger };
  }

  it.each([
    ["debug", ["warn hi", "debug hi"], 1],
    ["info", ["warn hi"], 2],
    ["error", [], 4],
    ["silent", [], 0x7fff_ffff],
  ] as const)("at level %s", async (logLevel, expected, priority) => {
    const { lines, logger } = recorder();
    await using loaded = await createPlugin(SURROUNDINGS, { logger, logLevel });
    await loaded.call("log", "hi");
    expect(lines).toEqual(expected);
    await expect(loaded.call("level")).rejects.toMatchObject({ returnCode: priority });
  });

  it("says nothing unless it is asked to", async () => {
    await using loaded = await createPlugin(SURROUNDINGS);
    await expect(loaded.call("level")).rejects.toMatchObject({ returnCode: 0x7fff_ffff });
  });
});
