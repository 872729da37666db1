import { describe, expect, it } from "vitest";
import { TestHost } from "./testing/host.js";
import { build } from "./testing/project.js";

const ENVIRONMENT = [
  "alloc",
  "error_set",
  "input_length",
  "input_load_u64",
  "input_load_u8",
  "output_set",
  "store_u64",
  "store_u8",
];

async function importsOf(source: string): Promise<string[]> {
  const { imports } = await build(source);
  return imports
    .map((name) => name.replace("extism:host/env.", "").replace("wasi_snapshot_preview1.", "wasi "))
    .filter((name) => !ENVIRONMENT.includes(name));
}

const READING = ["free", "length", "load_u64", "load_u8"];

describe("a plug-in imports only what it uses", () => {
  it.each([
    [`export default { f() {} };`, []],
    [`import { get } from "tenon:config"; export default { f() { get("a"); } };`, ["config_get", ...READING]],
    [`import { get } from "tenon:config"; export default { f() {} };`, []],
    [`import { set } from "tenon:vars"; export default { f() { set("a", "b"); } };`, ["var_set"]],
    [`import { info } from "tenon:log"; export default { f() { info("a"); } };`, ["log_info"]],
    [
      `import { request } from "tenon:http"; export default { f() { request("{}"); } };`,
      ["free", "http_request", "length", "load_u64", "load_u8"],
    ],
    [`export default { f() { Date.now(); } };`, ["wasi clock_time_get"]],
    [`export default { f() { new Date(0); } };`, []],
    [`import { now } from "tenon:clock"; export default { f() { now(); } };`, ["wasi clock_time_get"]],
    [`export default { f() { Math.random(); } };`, ["wasi random_get"]],
    [
      `import { fill } from "tenon:random"; export default { f() { fill(new Uint8Array(4)); } };`,
      ["wasi random_get"],
    ],
  ])("%s", async (source, imports) => {
    expect(await importsOf(source)).toEqual([...imports].sort());
  });
});

describe("services", () => {
  it("reach the host", async () => {
    const { wasm } = await build(`
      import { codec, read, write } from "tenon:host";
      import * as config from "tenon:config";
      import * as vars from "tenon:vars";
      import * as log from "tenon:log";
      import * as http from "tenon:http";
      const json = codec("json");
      const text = (bytes) => bytes && String.fromCharCode(...bytes);
      export default {
        config() { write(json, [config.get("a"), config.get("none") ?? "absent", config.get("") ?? "absent"]); },
        vars() {
          const seen = [text(vars.get("n")) ?? "absent"];
          vars.set("n", "text"); seen.push(text(vars.get("n")));
          vars.set("n", new Uint8Array([65, 66])); seen.push(text(vars.get("n")));
          vars.set("n"); seen.push(vars.get("n") ?? "absent");
          write(json, seen);
        },
        log() { for (const level of ["trace", "debug", "info", "warn", "error"]) log[level](level + " é"); write(json, log.level()); },
        http() { write(json, [text(http.request('{"url":"x"}', "body")), http.status(), http.headers()]); },
      };`);
    const host = new TestHost(wasm, { config: { a: "ä" } });
    expect(host.call("config").text).toBe('["ä","absent","absent"]');
    expect(host.callDirect("vars").text).toBe('["absent","text","AB","absent"]');
    expect(host.call("log").text).toBe("2");
    expect(host.log).toEqual(
      ["trace", "debug", "info", "warn", "error"].map((level) => `${level}: ${level} é`),
    );
    expect(host.call("http").text).toBe(String.raw`["{\"url\":\"x\"}|body",418,"{\"a\":\"b\"}"]`);
  });

  it("give time and random numbers anew to each instance", async () => {
    const { wasm } = await build(`
      import { codec, write } from "tenon:host";
      import { now, monotonic } from "tenon:clock";
      import { fill } from "tenon:random";
      const bytes = new Uint8Array(4);
      export default { f() { fill(bytes); write(codec("json"), [Date.now(), now(), monotonic(), Math.random(), bytes]); } };`);
    const answers = [1, 2].map((byte) => {
      const host: TestHost = new TestHost(wasm, {
        wasi: (memory) => ({
          clock_time_get: (clock: number, _precision: bigint, at: number) => {
            new DataView(memory().buffer).setBigUint64(at, BigInt(byte * 1000 + clock) * 1_000_000n, true);
            return 0;
          },
          random_get: (at: number, length: number) => {
            new Uint8Array(memory().buffer, at, length).fill(byte);
            return 0;
          },
        }),
      });
      return JSON.parse(host.call("f").text);
    });
    expect(answers[0]).toEqual([1000, 1000, 1001, expect.any(Number), "AQEBAQ=="]);
    expect(answers[1]).toEqual([2000, 2000, 2001, expect.any(Number), "AgICAg=="]);
    expect(answers[0][3]).not.toBe(answers[1][3]);
    expect(answers[0][3]).toBeGreaterThanOrEqual(0);
    expect(answers[0][3]).toBeLessThan(1);
  });

  it("stop a plug-in that asks for the time after all, with a message", async () => {
    const { wasm } = await build(`export default { f() { globalThis["Da" + "te"].now(); } };`);
    const host = new TestHost(wasm);
    expect(() => host.call("f")).toThrow(WebAssembly.RuntimeError);
    const error = Number(host.kernel.error_get());
    const length = Number(host.kernel.length(BigInt(error)));
    const text = new TextDecoder().decode(new Uint8Array(host.kernel.memory.buffer, error, length));
    expect(text).toBe("the plug-in reads the clock, but was built without one: set the option clock to true");
  });
});

describe("eval", () => {
  const source = (code: string, before = "") => `
    import { codec, write } from "tenon:host";
    ${before}
    export default { f() { write(codec("json"), ${code}); } };`;

  it.each(['eval("1 + 2")', 'new Function("return 3")()', '(0, eval)("var x = 3; x")'])(
    "works: %s",
    async (code) => {
      expect(new TestHost((await build(source(code))).wasm).call("f").text).toBe("3");
    },
  );

  it("is left out where nothing uses it, and says so", async () => {
    const hidden = source(`(() => {}).constructor("return 3")()`);
    const without = (await build(hidden)).wasm;
    const { code, text } = new TestHost(without).call("f");
    expect(code).toBe(1);
    expect(text).toContain(
      "this plug-in was built without eval and new Function: set the option eval to true",
    );
    const full = (await build(hidden, { eval: true })).wasm;
    expect(new TestHost(full).call("f").text).toBe("3");
    expect(full.length - without.length).toBeGreaterThan(70_000);
  });

  it.each([
    [{}, "no"],
    [{ eval: true }, "yes"],
  ])("answers the same while it is built as in the plug-in: %j", async (options, answer) => {
    // Hidden from the search for uses, and asked outside of functions, as libraries do that fall back.
    const probe = `
      const { constructor } = () => {};
      let can = "yes";
      try { constructor("return 1")(); } catch { can = "no"; }
      const same = (() => {}).constructor === (function () {}).constructor && (() => {}) instanceof constructor;`;
    const host = new TestHost((await build(source("can + same", probe), options)).wasm);
    expect(host.call("f").text).toBe(`"${answer}true"`);
  });

  it("is not needed for regular expressions made at run time", async () => {
    const code = `["a1b22".split(/\\d+/), new RegExp("b(" + "2+)").exec("a1b22")[1]]`;
    expect(new TestHost((await build(source(code))).wasm).call("f").text).toBe('[["a","b",""],"22"]');
  });
});
