import { describe, expect, it } from "vitest";
import { connect } from "./bindings/connection.js";
import { textReader, textWriter } from "./bindings/payload.js";
import type { CallContext, HostFunction } from "./call-context.js";
import { CAPABILITIES } from "./capabilities.js";
import { createPlugin } from "./create-plugin.js";
import { suspending } from "./suspension.js";
import { assemble, directPlugin, ECHO, plugin } from "./testing/wat.js";

// The claims are about both kinds of engine: each test run checks those about the one that it runs on.
const CAN_WAIT = CAPABILITIES.supportsJSPromiseInterface;
const REFUSED = { code: "host-function-async" };

/** The value, where the engine can wait for it; where it can't, the error that says so. */
async function expectValue(call: Promise<unknown>, value: unknown): Promise<void> {
  if (CAN_WAIT) await expect(call).resolves.toEqual(value);
  else await expect(call).rejects.toMatchObject(REFUSED);
}

const USER = `(import "extism:host/user" "f" (func $f (param i64) (result i64)))`;
/** Hands its input to the host function and returns what that answers. */
const KERNEL = plugin(
  `(func (export "run") (result i32) (local $h i64)
    (local.set $h (call $f (call $input_offset)))
    (call $output_set (local.get $h) (call $length (local.get $h)))
    (i32.const 0)) ${ECHO}`,
  USER,
);
const DIRECT = directPlugin(
  {
    run: `(call $put (local.get $address) (local.get $length)) (drop (call $f (i64.const 0))) (i32.const 0)`,
    echo: `(call $put (local.get $address) (local.get $length)) (i32.const 0)`,
  },
  { imports: USER },
);

function later<T>(value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, 1, value));
}

function load(f: HostFunction, source: Uint8Array<ArrayBuffer> = KERNEL) {
  return createPlugin(source, { functions: { "extism:host/user": { f } } });
}

function textOf(call: Promise<{ text(): string } | null>): Promise<string | undefined> {
  return call.then((output) => output?.text());
}

describe("a host function that answers a promise", () => {
  it.each<[string, HostFunction]>([
    [
      "that is declared async",
      async (context, handle) => later(context.store(`${context.read(handle)?.text()}!`)),
    ],
    [
      "that is marked as suspending",
      suspending((context: CallContext, handle: bigint) =>
        later(handle).then((h) => context.store(`${context.read(h)?.text()}!`)),
      ),
    ],
    [
      "that is a bound async function",
      (async (context: CallContext, handle: bigint) =>
        later(context.store(`${context.read(handle)?.text()}!`))).bind(null),
    ],
  ])("%s is waited for, or refused where the engine can't wait", async (_, f) => {
    await using loaded = await load(f);
    await expectValue(textOf(loaded.call("run", "hello")), "hello!");
    await expectValue(textOf(loaded.call("run", "again")), "again!");
  });

  it("without a word about it is refused, and its rejection ends nothing", async () => {
    await using loaded = await load(() => Promise.reject(new Error("nobody sees this")));
    await expect(loaded.call("run", "x")).rejects.toMatchObject(REFUSED);
    await expect(loaded.call("run", "x")).rejects.toThrow(CAN_WAIT ? /suspending\(\)/ : /JSPI/);
    expect(await textOf(loaded.call("echo", "alive"))).toBe("alive");
  });

  it("that is not imported changes nothing", async () => {
    const functions = {
      other: { f: async () => 0n },
      "extism:host/user": { f: (_: CallContext, h: bigint) => h },
    };
    await using loaded = await createPlugin(KERNEL, { functions });
    expect(await textOf(loaded.call("run", "x"))).toBe("x");
  });

  it("keeps the plug-in busy, and the call's context, until it has answered", async () => {
    let inner: unknown;
    const loaded = await load(async (context) => {
      await later(0);
      inner = await loaded.call("echo", "x").catch((error: unknown) => error);
      return context.store(`${context.hostContext<string>()} ${loaded.isActive()} ${await loaded.reset()}`);
    });
    const call = textOf(loaded.call("run", "x", "mine"));
    if (CAN_WAIT) {
      await expect(loaded.call("echo", "x")).rejects.toMatchObject({ code: "busy" });
      expect(await call).toBe("mine true false");
      expect(inner).toMatchObject({ code: "busy" });
    } else await expect(call).rejects.toMatchObject(REFUSED);
    expect(loaded.isActive()).toBe(false);
    expect(await textOf(loaded.call("echo", "free"))).toBe("free");
  });

  it("that rejects is the cause of the failed call", async () => {
    const cause = new RangeError("no such word");
    await using loaded = await load(async () => {
      await later(0);
      throw cause;
    });
    const expected = CAN_WAIT ? { code: "host-function", cause } : REFUSED;
    await expect(loaded.call("run", "x")).rejects.toMatchObject(expected);
    expect(await textOf(loaded.call("echo", "alive"))).toBe("alive");
  });

  it("can make the call fail with setError, and with a value of the wrong type", async () => {
    await using loaded = await load(async (context, handle) => {
      if (context.length(handle) === 1n) return "wrong";
      await later(0);
      context.setError("quota exceeded");
      return 0n;
    });
    await expect(loaded.call("run", "xx")).rejects.toMatchObject(
      CAN_WAIT ? { text: "quota exceeded" } : REFUSED,
    );
    await expect(loaded.call("run", "x")).rejects.toMatchObject(
      CAN_WAIT ? { code: "host-function" } : REFUSED,
    );
  });

  it("may be called by a linked module, also through a circle", async () => {
    const side = `(import "env" "f" (func $f (param i32) (result i32))) (import "main" "twice" (func $twice (param i32) (result i32)))
      (func (export "g") (param i32) (result i32) (call $twice (call $f (local.get 0))))`;
    const main = `(import "side" "g" (func $g (param i32) (result i32))) (import "env" "f" (func $f (param i32) (result i32)))
      (func (export "twice") (param i32) (result i32) (call $f (i32.mul (local.get 0) (i32.const 2))))
      (func (export "run") (result i32) (call $g (i32.const 1)))`;
    const wasm = Object.entries({ side, main }).map(([name, text]) => ({
      name,
      data: assemble(`(module ${text})`),
    }));
    const f = async (_: CallContext, n: number) => later(n + 1);
    await using loaded = await createPlugin({ wasm }, { functions: { env: { f } } });
    await expect(loaded.call("run")).rejects.toMatchObject(CAN_WAIT ? { returnCode: 5 } : REFUSED);
  });

  it("may be called while the plug-in starts, and when it starts again", async () => {
    let starts = 0;
    const text = `(module (import "env" "f" (func $f (result i32))) (global $n (mut i32) (i32.const 0))
      (func (export "_initialize") (global.set $n (call $f)))
      (func (export "n") (result i32) (global.get $n)) (func (export "trap") (result i32) unreachable))`;
    const loading = createPlugin(assemble(text), { functions: { env: { f: async () => later(++starts) } } });
    if (!CAN_WAIT) return expect(loading).rejects.toMatchObject(REFUSED);
    await using loaded = await loading;
    await expect(loaded.call("n")).rejects.toMatchObject({ returnCode: 1 });
    await expect(loaded.call("trap")).rejects.toMatchObject({ code: "trap" });
    await expect(loaded.call("n")).rejects.toMatchObject({ returnCode: 2 });
  });

  it("can't be called by a start section, which can't wait", async () => {
    const text = `(module (import "env" "f" (func $f)) (func $s (call $f)) (start $s))`;
    const loading = createPlugin(assemble(text), { functions: { env: { f: async () => later(0) } } });
    await expect(loading).rejects.toMatchObject(REFUSED);
  });
});

describe.each([
  ["direct", DIRECT],
  ["kernel", KERNEL],
])("a typed host function that answers a promise, in a %s call,", (_, source) => {
  const binding = { interface: "later", imports: [{ name: "f", input: textReader, output: textWriter }] };
  const run = { name: "run", input: textWriter, output: textReader };

  it.each(["hello", "", "x".repeat(200_000)])(
    "is waited for, or refused where the engine can't wait",
    async (text) => {
      class Shouting {
        readonly #mark = "!";
        async f(argument: string): Promise<string> {
          await later(0);
          return argument.toUpperCase() + this.#mark;
        }
      }
      const connection = await connect(source, binding, {}, new Shouting());
      await expectValue(connection.bind(run).call(text), `${text.toUpperCase()}!`);
      await expectValue(textOf(connection.plugin.call("run", text)), `${text.toUpperCase()}!`);
    },
  );

  it("is refused in a synchronous call, which can't wait", async () => {
    const connection = await connect(source, binding, {}, { f: async (argument: string) => later(argument) });
    const call = connection.bind(run);
    expect(() => call.callSync("x")).toThrow(expect.objectContaining(REFUSED));
    expect(() => call.callSync("x")).toThrow(CAN_WAIT ? /use call\(\) instead/ : /JSPI/);
    await expectValue(call.call("then"), "then");
    const echo = connection.bind({ ...run, name: "echo" });
    expect(echo.callSync("alive")).toBe("alive");
    await expect(echo.call("alive")).resolves.toBe("alive");
  });

  it("keeps the plug-in busy until it has answered", async () => {
    const f = suspending((argument: string) => later(argument));
    const connection = await connect(source, binding, {}, { f });
    const call = connection.bind(run);
    const first = call.call("one");
    if (CAN_WAIT) {
      expect(() => call.callSync("two")).toThrow(expect.objectContaining({ code: "busy" }));
      await expect(call.call("two")).rejects.toMatchObject({ code: "busy" });
    }
    await expectValue(first, "one");
  });

  it("that rejects is the cause", async () => {
    const cause = new Error("hoarse");
    const connection = await connect(source, binding, {}, { f: async () => Promise.reject(cause) });
    const expected = CAN_WAIT ? { code: "host-function", cause } : REFUSED;
    await expect(connection.bind(run).call("x")).rejects.toMatchObject(expected);
  });
});
