import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { customSections } from "@tenon/wasm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runTenon } from "../testing/io.js";

const INTERFACE = {
  name: "shop",
  version: "1.2.0",
  encoding: "messagepack",
  exports: {
    price: {
      input: { $ref: "#/$defs/Item" },
      output: { $ref: "#/$defs/Price" },
      errors: { $ref: "#/$defs/Refusal" },
    },
    shout: { encoding: "text", input: { type: "string" }, output: { type: "string" } },
    flip: {
      encoding: "binary",
      input: { type: "string", contentEncoding: "base64" },
      output: { type: "string", contentEncoding: "base64" },
    },
    ping: {},
    crash: {},
    setting: { output: { type: ["string", "null"] } },
  },
  imports: { rate: { input: { type: "string" }, output: { type: "number" } } },
  $defs: {
    Item: {
      type: "object",
      required: ["name", "cents"],
      properties: { name: { type: "string" }, cents: { type: "integer", format: "int64" } },
    },
    Price: {
      type: "object",
      required: ["total", "raw"],
      properties: {
        total: { type: "integer", format: "uint64" },
        raw: { type: "string", contentEncoding: "base64" },
      },
    },
    Refusal: { type: "object", required: ["why"], properties: { why: { type: "string" } } },
  },
};

const PLUGIN = `
import { Item, Price, PriceOutcome, Refusal, config, host, log } from "./gen/shop.guest";

export function price(item: Item): PriceOutcome {
  if (item.cents < 0) return PriceOutcome.fail(new Refusal("negative"));
  const raw = new Uint8Array(2);
  raw[0] = 1;
  raw[1] = 255;
  return PriceOutcome.ok(new Price(u64(f64(item.cents) * host.rate(item.name)), raw));
}
export function shout(text: string): string {
  log.info("shouting " + text);
  return text.toUpperCase() + "!";
}
export function flip(bytes: Uint8Array): Uint8Array {
  return bytes.slice().reverse();
}
export function ping(): void {}
export function crash(): void {
  throw new Error("on purpose");
}
export function setting(): string | null {
  return config.get("who");
}
`;

let cwd = "";
const tenon = (...args: string[]) => runTenon(args, { cwd });

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "tenon-build-"));
  // The author's own compiler, as npm would have put it there.
  await mkdir(join(cwd, "node_modules"));
  const require = createRequire(import.meta.url);
  for (const name of ["assemblyscript", "binaryen"]) {
    await symlink(dirname(require.resolve(`${name}/package.json`)), join(cwd, "node_modules", name));
  }
  await writeFile(join(cwd, "package.json"), "{}");
  await writeFile(join(cwd, "shop.json"), JSON.stringify(INTERFACE));
  await writeFile(join(cwd, "plugin.ts"), PLUGIN);
  await writeFile(join(cwd, "functions.mjs"), "export const rate = (name) => (name === 'tea' ? 2 : 1);\n");
  expect(await tenon("generate", "shop.json", "--guest", "assemblyscript", "--out", "gen")).toMatchObject({
    code: 0,
  });
  const built = await tenon("build", "plugin.ts", "-o", "out/shop.wasm");
  expect(built).toMatchObject({ code: 0, stderr: "" });
  expect(built.stdout).toMatch(/^wrote {2}out\/shop\.wasm {2}\d+\.\d KiB\n$/);
}, 120_000);

afterAll(() => rm(cwd, { recursive: true }));

describe("tenon build", () => {
  it("makes a module that carries its interface and imports only what Extism hosts offer", async () => {
    const wasm = await readFile(join(cwd, "out/shop.wasm"));
    const [carried] = customSections(wasm, "tenon:interface");
    expect(JSON.parse(new TextDecoder().decode(carried))).toMatchObject({ name: "shop", version: "1.2.0" });
    const { imports } = JSON.parse((await tenon("inspect", "out/shop.wasm", "--json")).stdout);
    expect(new Set(imports.map((item: { module: string }) => item.module))).toEqual(
      new Set(["extism:host/env", "extism:host/user"]),
    );
  });

  it("runs wasm-opt where it is told to, and what comes out still runs", async () => {
    expect(await tenon("build", "plugin.ts", "-o", "small.wasm", "--optimize")).toMatchObject({
      code: 0,
      stderr: "",
    });
    const [before, after] = await Promise.all(
      ["out/shop.wasm", "small.wasm"].map((file) => readFile(join(cwd, file))),
    );
    expect(after?.length).not.toBe(before?.length);
    expect((await tenon("call", "small.wasm", "shout", "--input", "hi")).stdout).toBe("HI!\n");
  }, 60_000);

  it("shows what does not compile, and leaves the last good module alone", async () => {
    const good = await readFile(join(cwd, "out/shop.wasm"));
    await writeFile(join(cwd, "plugin.ts"), PLUGIN.replace("export function ping(): void {}", ""));
    try {
      const { code, stderr, stdout } = await tenon("build", "plugin.ts", "-o", "out/shop.wasm");
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toContain("ping");
      expect(stderr).toMatch(/\ntenon: the plug-in does not compile; see the compiler's messages above\n$/);
      expect(await readFile(join(cwd, "out/shop.wasm"))).toEqual(good);
    } finally {
      await writeFile(join(cwd, "plugin.ts"), PLUGIN);
    }
  }, 60_000);

  it("names an import that no host has, and what to use instead", async () => {
    await writeFile(
      join(cwd, "plugin.ts"),
      PLUGIN.replace("ping(): void {}", "ping(): void { Math.random(); }"),
    );
    try {
      const { code, stderr } = await tenon("build", "plugin.ts", "-o", "out/shop.wasm");
      expect(code).toBe(1);
      expect(stderr).toMatch(/imports "seed" from "env", which no host offers; Math\.random/);
    } finally {
      await writeFile(join(cwd, "plugin.ts"), PLUGIN);
    }
  }, 60_000);

  it.each([
    [["nope.ts", "-o", "x.wasm"], 1, /there is no file nope\.ts/],
    [
      ["stranger.ts", "-o", "x.wasm"],
      1,
      /takes the functions from plugin\.ts, not from stranger\.ts; .*--plugin/,
    ],
    [["lost.ts", "-o", "x.wasm"], 1, /there is no file nowhere\/shop\.guest\.ts/],
    [["plugin.ts"], 2, /--output <file>/],
  ])("%j is one line that says what to do", async (args, code, message) => {
    await writeFile(join(cwd, "bare.ts"), "export function f(): void {}\n");
    await writeFile(join(cwd, "stranger.ts"), 'import { Item } from "./gen/shop.guest";\n');
    await writeFile(join(cwd, "lost.ts"), 'import { Item } from "./nowhere/shop.guest";\n');
    const outcome = await tenon("build", ...args);
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).toMatch(message);
    expect(outcome.stderr.split("\n")).toHaveLength(2);
  });
});

describe("tenon call", () => {
  const call = (...args: string[]) => tenon("call", "out/shop.wasm", ...args);

  it("takes and prints JSON by the interface that the plug-in carries", async () => {
    const input = '{"name":"tea","cents":4503599627370497}';
    expect(await call("price", "--input", input, "--functions", "functions.mjs")).toEqual({
      code: 0,
      stdout: '{"total":9007199254740994,"raw":"Af8="}\n',
      stderr: "",
    });
  });

  it("takes the interface from a file", async () => {
    const outcome = await call("shout", "--input", "hi", "--interface", "shop.json");
    expect(outcome.stdout).toBe("HI!\n");
  });

  it("takes the input from a file or from standard input", async () => {
    await writeFile(join(cwd, "input.txt"), "file");
    expect((await call("shout", "--input-file", "input.txt")).stdout).toBe("FILE!\n");
    const args = ["call", "out/shop.wasm", "shout", "-"];
    expect((await runTenon(args, { cwd, stdin: new TextEncoder().encode("pipe") })).stdout).toBe("PIPE!\n");
  });

  it("prints bytes as they are, and as base64 in JSON", async () => {
    expect((await call("flip", "--input", "abc")).stdout).toBe("cba");
    expect((await call("flip", "--input", "abc", "--json")).stdout).toBe('{"output":"Y2Jh"}\n');
  });

  it("sends bytes without an interface when it is told to", async () => {
    expect((await call("shout", "--raw", "--input", "raw")).stdout).toBe("RAW!");
  });

  it("prints nothing for nothing", async () => {
    expect(await call("ping")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect((await call("ping", "--json")).stdout).toBe('{"output":null}\n');
  });

  it("passes configuration, and shows the log", async () => {
    expect((await call("setting", "--config", "who=ada")).stdout).toBe('"ada"\n');
    expect((await call("setting")).stdout).toBe("null\n");
    expect((await call("shout", "--input", "x", "--log-level", "info")).stderr).toBe("info: shouting x\n");
  });

  it("shows a typed error, with its details in JSON", async () => {
    const args = ["price", "--input", '{"name":"tea","cents":-1}', "--functions", "functions.mjs"];
    const plain = await call(...args);
    expect(plain.code).toBe(1);
    expect(plain.stderr).toMatch(/function "price": \{"why":"negative"\}; code plugin-error\n$/);
    expect(JSON.parse((await call(...args, "--json")).stdout)).toEqual({
      error: {
        code: "plugin-error",
        message: expect.stringContaining("negative"),
        detail: { why: "negative" },
      },
    });
  });

  it("shows what an abort said, and where", async () => {
    const { code, stderr } = await call("crash");
    expect(code).toBe(1);
    expect(stderr).toMatch(/on purpose \(plugin\.ts:\d+:\d+\)/);
  });

  it("says which host function is missing when it is called, not before", async () => {
    const { code, stderr } = await call("price", "--input", '{"name":"tea","cents":1}');
    expect(code).toBe(1);
    expect(stderr).toMatch(/"rate" failed: no implementation was given; .*--functions/);
  });

  it.each([
    [["price", "--input", '{"name":"tea"}'], 1, /does not fit the interface: \$: expected the field "cents"/],
    [["price", "--input", "nonsense"], 1, /does not fit the interface/],
    [["ping", "--input", "x"], 1, /"ping" takes no input/],
    [["nope"], 1, /has no export "nope"; it has price, shout/],
    [["shout", "--input", "a", "--input-file", "b"], 2, /cannot be used with/],
    [["shout", "+"], 2, /unexpected argument \+/],
    [["shout", "--config", "novalue"], 2, /--config takes key=value/],
    [["shout", "--functions", "nope.mjs"], 1, /there is no file nope\.mjs/],
  ])("%j is one line that says what to do", async (args, code, message) => {
    const outcome = await call(...args);
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).toMatch(message);
    expect(outcome.stderr.split("\n")).toHaveLength(2);
  });
});
