import { describe, expect, it } from "vitest";
import { createPlugin } from "./create-plugin.js";
import { directPlugin } from "./testing/wat.js";

const ECHO = `(call $put (local.get $address) (local.get $length)) (i32.const 0)`;
const FAIL = `(call $put (local.get $address) (local.get $length)) (i32.const 1)`;

describe("a plug-in that speaks the direct convention", () => {
  it("is called that way without being asked for", async () => {
    await using loaded = await createPlugin(directPlugin({ echo: ECHO }));
    // The kernel export of the same name returns 99.
    expect((await loaded.call("echo", "hello"))?.text()).toBe("hello");
    expect(await loaded.call("echo")).toBeNull();
  });

  it("may grow its memory while it is called", async () => {
    await using loaded = await createPlugin(directPlugin({ echo: ECHO }));
    const long = "x".repeat(300_000);
    expect((await loaded.call("echo", long))?.text()).toBe(long);
  });

  it("fails with the text in its record", async () => {
    await using loaded = await createPlugin(directPlugin({ fail: FAIL }));
    await expect(loaded.call("fail", "no luck")).rejects.toMatchObject({
      code: "plugin-error",
      text: "no luck",
      returnCode: 1,
    });
  });

  it.each([
    [2, "stack-overflow", 1],
    [3, "out-of-memory", 1],
    [4, "never-settles", 2],
    [5, "unhandled-rejection", 2],
    [9, "plugin-error", 2],
  ])("says by code %i that the error is %s", async (returnCode, code, callsOfInstance) => {
    const count = `(i32.store (i32.const 32) (i32.add (i32.load (i32.const 32)) (i32.const 1)))`;
    const bytes = directPlugin({
      fail: `${count} (call $put (local.get $address) (local.get $length)) (i32.const ${returnCode})`,
      count: `${count} (call $put (i32.const 32) (i32.const 1)) (i32.const 0)`,
    });
    await using loaded = await createPlugin(bytes);
    await expect(loaded.call("fail", "why")).rejects.toMatchObject({
      name: "PluginError",
      code,
      text: "why",
      returnCode,
    });
    expect((await loaded.call("count"))?.getUint8(0)).toBe(callsOfInstance);
  });

  it("is called through the kernel where it has no direct export", async () => {
    const more = `(func (export "plain") (result i32)
      (call $output_set (call $input_offset) (call $input_length)) (i32.const 0))`;
    await using loaded = await createPlugin(directPlugin({ echo: ECHO }, { more }));
    expect((await loaded.call("plain", "kernel"))?.text()).toBe("kernel");
  });

  it("is called through the kernel where it speaks another version", async () => {
    await using loaded = await createPlugin(directPlugin({ echo: ECHO }, { abi: "(i32.const 2)" }));
    await expect(loaded.call("echo", "x")).rejects.toMatchObject({ returnCode: 99 });
  });

  it.each([
    ["with raw host functions", { functions: { "extism:host/user": {} } }, 0],
    ["without", {}, 1],
  ])("is told whether host functions use the record: %s", async (_, options, expected) => {
    await using loaded = await createPlugin(directPlugin({ echo: ECHO }), options);
    const { direct } = (await loaded.getInstance()).exports;
    expect((direct as WebAssembly.Global).value).toBe(expected);
  });
});

describe("a plug-in that lies about the direct convention", () => {
  it.each([
    ["a result record beyond its memory", { result: "(i32.const 65533)" }],
    ["a result record that isn't aligned", { result: "(i32.const 18)" }],
    ["a negative address of the record", { result: "(i32.const -4)" }],
  ])("by %s is refused when it is loaded", async (_, options) => {
    await expect(createPlugin(directPlugin({ echo: ECHO }, options))).rejects.toMatchObject({
      code: "abi-violation",
    });
  });

  it.each([
    ["a block beyond its memory", { reserve: "(i32.const 65530)" }, "abi-violation"],
    ["a block at a negative address", { reserve: "(i32.const -8)" }, "abi-violation"],
    ["no block", { reserve: "(i32.const 0)" }, "out-of-memory"],
    ["a trap in tenon_reserve", { reserve: "unreachable" }, "trap"],
  ])("by %s is an error of the call", async (_, options, code) => {
    await using loaded = await createPlugin(directPlugin({ echo: ECHO }, options));
    await expect(loaded.call("echo", "0123456789")).rejects.toMatchObject({ code });
  });

  it.each([
    ["past the end", "(i32.const 65530) (i32.const 100)"],
    ["that wraps around", "(i32.const -1) (i32.const 2)"],
    ["of a giant length", "(i32.const 0) (i32.const -1)"],
  ])("by a result %s is an error of the call, and the next call works", async (_, range) => {
    const bytes = directPlugin({ lie: `(call $put ${range}) (i32.const 0)`, echo: ECHO });
    await using loaded = await createPlugin(bytes);
    await expect(loaded.call("lie", "x")).rejects.toMatchObject({ code: "abi-violation", function: "lie" });
    expect((await loaded.call("echo", "alive"))?.text()).toBe("alive");
  });
});
