import createPlugin from "@extism/extism";
import { createPlugin as createTenonPlugin } from "@tenon/runtime";
import { customSections } from "@tenon/wasm";
import { beforeAll, describe, expect, it } from "vitest";
import type { BuildResult } from "./options.js";
import { TestHost } from "./testing/host.js";
import { build } from "./testing/project.js";

const SOURCE = `
import { codec, fail, hostFunction, read, write } from "tenon:host";
const text = codec("text");
const shout = hostFunction("shout", text, text);
const quiet = hostFunction("quiet", undefined, undefined);
export default {
  echo() { write(text, read(text)); },
  nothing() {},
  bytes() { write(codec("binary"), read(codec("binary"))); },
  twice() { write(text, "first"); write(text, "second"); },
  refuse() { write(text, "output"); fail("refused: " + read(text)); },
  ask() { write(text, shout(read(text)) + "!"); },
  hush() { write(text, String(quiet())); },
  many() { let all = ""; for (let i = 0; i < 50; i++) all += shout(String(i)).length; write(text, all); },
};`;

let plugin: BuildResult;
const functions = { shout: (argument: string) => argument.toUpperCase(), quiet: () => "" };

beforeAll(async () => {
  plugin = await build(SOURCE, { imports: ["shout", "quiet"] });
});

const LONG = "ü€𝄞 ".repeat(30_000);

describe("the standard exports", () => {
  it("run in Extism's own JavaScript SDK", async () => {
    const extism = await createPlugin(
      { wasm: [{ data: plugin.wasm }] },
      {
        functions: {
          "extism:host/user": {
            shout: (context, at) => context.store(context.read(at)?.text().toUpperCase() ?? ""),
            quiet: () => 0n,
          },
        },
      },
    );
    try {
      expect((await extism.call("echo", LONG))?.text()).toBe(LONG);
      expect((await extism.call("ask", "hello"))?.text()).toBe("HELLO!");
      expect((await extism.call("hush"))?.text()).toBe("undefined");
      await expect(extism.call("refuse", "no")).rejects.toThrow("refused: no");
      expect((await extism.call("echo", "still there"))?.text()).toBe("still there");
    } finally {
      await extism.close();
    }
  });

  it("run in Tenon's own runtime", async () => {
    const tenon = await createTenonPlugin(
      { wasm: [{ data: plugin.wasm }] },
      {
        functions: {
          "extism:host/user": {
            shout: (context, at: bigint) => context.store(context.read(at)?.text().toUpperCase() ?? ""),
            quiet: () => 0n,
          },
        },
      },
    );
    expect((await tenon.call("echo", LONG))?.text()).toBe(LONG);
    expect((await tenon.call("ask", "hello"))?.text()).toBe("HELLO!");
    await expect(tenon.call("refuse", "no")).rejects.toThrow("refused: no");
    await tenon.close();
  });

  it.each(["", "1", "12345678", "123456789", LONG])("carry input and output of any length", (input) => {
    expect(new TestHost(plugin.wasm, { functions }).call("echo", input)).toMatchObject({
      code: 0,
      text: input,
    });
  });
});

describe("direct calls", () => {
  it("are those of the convention, version 1", () => {
    expect(new TestHost(plugin.wasm, { functions }).guest.tenon_abi()).toBe(1);
  });

  it.each(["", "1", "12345678", "123456789", LONG])("carry input and output of any length", (input) => {
    const host = new TestHost(plugin.wasm, { functions });
    expect(host.callDirect("echo", input)).toMatchObject({ code: 0, text: input });
    expect(host.callDirect("echo", input)).toMatchObject({ code: 0, text: input });
  });

  it("touch the kernel for nothing", () => {
    const host = new TestHost(plugin.wasm, { functions }).useRecord();
    host.kernel.begin(0);
    const before = host.kernel.alloc(1n);
    host.callDirect("many");
    expect(host.kernel.alloc(1n)).toBe(before + 16n);
  });

  it("keep each reserved block apart until the call returns", () => {
    const { guest } = new TestHost(plugin.wasm, { functions });
    const blocks = [0, 10, 500, 70_000, 10].map((length) => [guest.tenon_reserve(length), length] as const);
    for (const [at, length] of blocks) {
      for (const [other, otherLength] of blocks) {
        if (other !== at) expect(at + length <= other || other + otherLength <= at).toBe(true);
      }
    }
  });

  it("give back reserved memory", () => {
    const host = new TestHost(plugin.wasm, { functions });
    const input = new Uint8Array(3_000_000);
    for (let i = 0; i < 5; i++) host.callDirect("bytes", input);
    const settled = host.guest.memory.buffer.byteLength;
    for (let i = 0; i < 20; i++) host.callDirect("bytes", input);
    expect(host.guest.memory.buffer.byteLength).toBe(settled);
  });

  it("answer 0 to a reservation that no memory can hold", () => {
    expect(new TestHost(plugin.wasm, { functions }).guest.tenon_reserve(-1)).toBe(0);
  });
});

describe.each([
  ["kernel", (host: TestHost, name: string, input: string) => host.call(name, input)],
  ["direct", (host: TestHost, name: string, input: string) => host.callDirect(name, input)],
  [
    "direct, with host functions by record",
    (host: TestHost, name: string, input: string) => host.useRecord().callDirect(name, input),
  ],
] as const)("by %s calls", (_, call) => {
  const run = (name: string, input = "") => call(new TestHost(plugin.wasm, { functions }), name, input);

  it("host functions get and give text", () => {
    expect(run("ask", "straße")).toMatchObject({ code: 0, text: "STRASSE!" });
    expect(run("ask", LONG)).toMatchObject({ code: 0, text: `${LONG.toUpperCase()}!` });
    expect(run("many")).toMatchObject({ code: 0, text: `${"1".repeat(10)}${"2".repeat(40)}` });
  });

  it("host functions can do without", () => {
    expect(run("hush")).toMatchObject({ code: 0, text: "undefined" });
  });

  it("the last output counts, and none is an empty one", () => {
    expect(run("twice")).toMatchObject({ code: 0, text: "second" });
    expect(run("nothing")).toMatchObject({ code: 0, text: "" });
  });

  it("an error set by the plug-in fails the call", () => {
    expect(run("refuse", "x")).toMatchObject({ code: 1, text: "refused: x" });
  });

  it("a host function may call the plug-in again", () => {
    const host: TestHost = new TestHost(plugin.wasm, {
      functions: {
        ...functions,
        shout: (argument) =>
          argument === "inner" ? "deep" : host.callDirect("ask", "inner").text + argument,
      },
    });
    expect(call(host, "ask", "outer")).toMatchObject({ code: 0, text: "deep!outer!" });
    expect(call(host, "echo", "after")).toMatchObject({ code: 0, text: "after" });
  });
});

describe("the module", () => {
  const exportsOf = (wasm: Uint8Array<ArrayBuffer>) =>
    WebAssembly.Module.exports(new WebAssembly.Module(wasm)).map(({ name }) => name);

  it("exports the convention and the functions, and nothing else", () => {
    const names = ["echo", "nothing", "bytes", "twice", "refuse", "ask", "hush", "many"];
    expect(plugin.exports).toEqual(names);
    expect(exportsOf(plugin.wasm).sort()).toEqual(
      [
        "memory",
        ...["abi", "reserve", "result", "direct"].map((name) => `tenon_${name}`),
        ...names.flatMap((name) => [name, `tenon_call_${name}`]),
      ].sort(),
    );
  });

  it("imports what it needs and nothing else", async () => {
    const core = ["alloc", "error_set", "input_length", "input_load_u64", "input_load_u8"];
    const output = ["output_set", "store_u64", "store_u8"];
    const { imports } = await build(`export default { f() {} };`);
    expect(imports).toEqual([...core, ...output].map((name) => `extism:host/env.${name}`));
  });

  it("carries its interface", async () => {
    const document = { name: "x", version: "1.0.0", exports: { greet: {} }, imports: { shout: {} } };
    const source = `import { hostFunction } from "tenon:host"; hostFunction("shout"); export default { greet() {} };`;
    const { wasm, exports, imports } = await build(source, { interface: document });
    const [section] = customSections(wasm, "tenon:interface");
    expect(JSON.parse(new TextDecoder().decode(section))).toEqual(document);
    expect(exports).toEqual(["greet"]);
    expect(imports).toContain("extism:host/user.shout");
  });

  it("is the same for the same source", async () => {
    const again = await build(SOURCE, { imports: ["shout", "quiet"] });
    expect(Buffer.compare(again.wasm, plugin.wasm)).toBe(0);
  });

  it("evaluates nothing when it is instantiated", async () => {
    const { wasm } = await build(`
      import { codec, write } from "tenon:host";
      let calls = 0;
      const table = Array.from({ length: 1000 }, (_, i) => i * i);
      export default { f() { calls++; write(codec("json"), [calls, table[999]]); } };`);
    const first = new TestHost(wasm);
    expect(first.call("f").text).toBe("[1,998001]");
    expect(first.call("f").text).toBe("[2,998001]");
    expect(new TestHost(wasm).call("f").text).toBe("[1,998001]");
  });
});
