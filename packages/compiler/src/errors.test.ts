import { beforeAll, describe, expect, it } from "vitest";
import { buildPlugin } from "./build-plugin.js";
import { TestHost } from "./testing/host.js";
import { build, project } from "./testing/project.js";

const HELPER = `export class Refusal extends Error {
  override name = "Refusal";
}

export function refuse(what: string): never {
  throw new Refusal(what);
}
`;

const SOURCE = `import { codec, read, write } from "tenon:host";
import { refuse } from "./lib/helper.js";

const text = codec("text");
interface Unused { readonly a: number }

export default {
  nested() {
    const inner = (): void => {
      refuse("not today");
    };
    inner();
  },
  cause() {
    try { refuse("first"); } catch (cause) { throw new TypeError("second", { cause }); }
  },
  string() { throw "just text"; },
  object() { throw { code: 5 }; },
  nothing() { throw undefined; },
  hostile() { throw { get message() { throw 1; }, toJSON() { throw 2; } }; },
  overflow() { const dive = (n: number): number => 1 + dive(n + 1); dive(0); },
  exhaust() { const all: unknown[] = []; for (;;) all.push(new Uint8Array(50_000_000).fill(1)); },
  exhaustLate() { return Promise.resolve().then(() => { const all: unknown[] = []; for (;;) all.push(new Uint8Array(50_000_000).fill(1)); }); },
  pretend() { try { new ArrayBuffer(2 ** 31 - 1).slice(); } catch {} throw new Error("something else"); },
  never() { return new Promise(() => {}); },
  async late() { await null; for (let i = 0; i < 3; i++) await i; write(text, "late " + read(text)); },
  async rejects() { await null; refuse("asynchronously"); },
  unhandled() { Promise.reject(new Error("nobody listens")); write(text, "unseen"); },
  handled() { const p = Promise.reject(new Error("x")); Promise.resolve().then(() => p.catch(() => write(text, "caught"))); },
  microtask() { queueMicrotask(() => refuse("in a microtask")); },
  background() { Promise.resolve().then(() => write(text, "done in the background")); },
  ok() { write(text, "ok"); },
};
`;

let host: TestHost;

beforeAll(async () => {
  const cwd = await project({ "src/plugin.ts": SOURCE, "src/lib/helper.ts": HELPER });
  host = new TestHost((await buildPlugin({ entry: "src/plugin.ts", cwd })).wasm);
});

describe("a failed call", () => {
  it("has the error's name and message, and a stack of the author's files", () => {
    const text = [
      "Refusal: not today",
      "    at refuse (src/lib/helper.ts:6:21)",
      "    at inner (src/plugin.ts:10:7)",
      "    at nested (src/plugin.ts:12:5)",
    ].join("\n");
    expect(host.callDirect("nested")).toMatchObject({ code: 1, text });
    expect(host.call("nested")).toMatchObject({ code: 1, text });
  });

  it("tells the causes", () => {
    const { text } = host.callDirect("cause");
    expect(text).toMatch(
      /^TypeError: second\n {4}at cause \(src\/plugin\.ts:15:\d+\)\nCaused by: Refusal: first\n/,
    );
  });

  it.each([
    ["string", 1, "just text"],
    ["object", 1, '{"code":5}'],
    ["nothing", 1, "undefined"],
    ["hostile", 1, "Error: a value was thrown that can't be described"],
    ["pretend", 1, /^Error: something else\n/],
    ["overflow", 2, /^RangeError: Maximum call stack size exceeded\n {4}at dive \(src\/plugin\.ts:21:/],
    [
      "never",
      4,
      "Error: the function returned a promise that never settles: nothing is left to run that could settle it",
    ],
    ["rejects", 1, /^Refusal: asynchronously\n {4}at refuse \(src\/lib\/helper\.ts:6:/],
    ["unhandled", 5, /^Unhandled rejection: Error: nobody listens\n/],
    ["microtask", 5, /^Unhandled rejection: Refusal: in a microtask\n/],
  ] as const)("says what happened in %s", (name, code, text) => {
    for (const answer of [host.call(name), host.callDirect(name)]) {
      expect(answer.code).toBe(code);
      if (typeof text === "string") expect(answer.text).toBe(text);
      else expect(answer.text).toMatch(text);
    }
    expect(host.call("ok")).toMatchObject({ code: 0, text: "ok" });
  });

  it("has a code of its own when memory runs out", async () => {
    // A module that may not grow beyond 16 MiB: 5 is the id of the memory section, and 1 the flag for a maximum.
    const { wasm } = await build(SOURCE.replace("./lib/helper.js", "./helper.js"), {
      plugins: [helperPlugin()],
    });
    const { rewriteSections } = await import("@tenon/wasm");
    const limited = rewriteSections(wasm, ({ kind }) =>
      kind === "memory" ? Uint8Array.of(1, 1, 32, 0x80, 0x02) : "keep",
    );
    for (const name of ["exhaust", "exhaustLate"]) {
      for (const call of ["call", "callDirect"] as const) {
        const answer = new TestHost(limited)[call](name);
        expect(answer).toMatchObject({ code: 3 });
        expect(answer.text).toMatch(/^InternalError: out of memory/);
      }
    }
  });
});

describe("endless recursion", () => {
  const FORMS = {
    plain: "const f = (n) => 1 + f(n + 1); f(0);",
    callbacks: "const f = () => [1].map(f); f();",
    getters: "const o = { get a() { return this.a; } }; o.a;",
    proxies: "const p = new Proxy({}, { get: (_, key, self) => self[key] }); p.x;",
    conversions: "const f = () => String({ toString: f }); f();",
    constructors: "class A { constructor() { new A(); } } new A();",
    generators: "function* g() { yield* g(); } [...g()];",
    replacements: 'const f = () => "a".replace(/a/, f); f();',
    serialisers: "const o = { toJSON: () => JSON.stringify(o) }; JSON.stringify(o);",
    asynchronous: "const f = async () => await f(); return f();",
  };
  let recursive: Uint8Array<ArrayBuffer>;

  beforeAll(async () => {
    const functions = Object.entries(FORMS).map(([name, code]) => `${name}() { ${code} }`);
    const nested = `nested() { JSON.parse("[".repeat(3000) + "]".repeat(3000)); }`;
    const fine = `fine() { JSON.parse("[".repeat(1999) + '"[{\\\\"[["' + "]".repeat(1999)); }`;
    recursive = (await build(`export default { ${[...functions, nested, fine].join(", ")} };`)).wasm;
  });

  it.each(Object.keys(FORMS))("of %s is an error, and the plug-in goes on", (name) => {
    const recursing = new TestHost(recursive);
    expect(recursing.callDirect(name)).toMatchObject({
      code: 2,
      text: expect.stringMatching(/^RangeError: Maximum call stack size exceeded\n/),
    });
    expect(recursing.callDirect("fine").code).toBe(0);
  });

  it("can't hide in JSON text", () => {
    const { code, text } = new TestHost(recursive).callDirect("nested");
    expect([code, text.split("\n")[0]]).toEqual([
      1,
      "SyntaxError: the JSON text is nested deeper than 2000 levels",
    ]);
  });

  it("goes as deep as the options say", async () => {
    const source = `import { codec, write } from "tenon:host";
      export default { f() { let n = 0; const f = () => { n++; f(); }; try { f(); } catch {} write(codec("json"), n); } };`;
    const depth = async (stackLimit: number) =>
      Number(new TestHost((await build(source, { stackLimit })).wasm).callDirect("f").text);
    expect(await depth(80_000)).toBeGreaterThan(2 * (await depth(32_000)));
    await expect(build(source, { stackLimit: 1e9 })).rejects.toThrow(
      "expected a stack limit from 16384 to 524288",
    );
  });
});

describe("asynchronous functions", () => {
  it("run to completion", () => {
    expect(host.callDirect("late", "x")).toMatchObject({ code: 0, text: "late x" });
    expect(host.call("late", "y")).toMatchObject({ code: 0, text: "late y" });
  });

  it("may leave a rejection for later", () => {
    expect(host.callDirect("handled")).toMatchObject({ code: 0, text: "caught" });
  });

  it("are waited for, also when nobody awaits them", () => {
    expect(host.callDirect("background")).toMatchObject({ code: 0, text: "done in the background" });
  });
});

describe("without a source map", () => {
  it("stacks show the bundle", async () => {
    const { wasm } = await build(`export default { f() { throw new Error("x"); } };`, { sourcemap: false });
    expect(new TestHost(wasm).call("f").text).toMatch(/^Error: x\n {4}at f \(plugin\.js:\d+:\d+\)$/);
  });
});

function helperPlugin(): import("esbuild").Plugin {
  return {
    name: "helper",
    setup(esbuild) {
      esbuild.onResolve({ filter: /helper\.js$/ }, () => ({ path: "helper", namespace: "test" }));
      esbuild.onLoad({ filter: /.*/, namespace: "test" }, () => ({ contents: HELPER, loader: "ts" }));
    },
  };
}
