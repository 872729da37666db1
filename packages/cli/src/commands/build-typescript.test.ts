import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { customSections } from "@tenon/wasm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { run } from "../program.js";
import { runTenon } from "../testing/io.js";

const INTERFACE = {
  name: "greeter",
  version: "1.0.0",
  encoding: "messagepack",
  exports: {
    greet: {
      input: { $ref: "#/$defs/Person" },
      output: { type: "string" },
      errors: { $ref: "#/$defs/Refusal" },
    },
    add: {
      input: { type: "array", items: { type: "integer", format: "int64" } },
      output: { type: "integer", format: "int64" },
    },
  },
  imports: { title: { input: { type: "string" }, output: { type: ["string", "null"] } } },
  $defs: {
    Person: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
    Refusal: { type: "object", required: ["why"], properties: { why: { type: "string" } } },
  },
};

const PLUGIN = `import { GreetFailure, host, plugin } from "./gen/greeter.guest.js";

export default plugin({
  async greet({ name }) {
    if (name === "") throw new GreetFailure({ why: "nobody" });
    if (name === "boom") return explode();
    return \`Hello, \${host.title(name) ?? "dear"} \${name}!\`;
  },
  add: (numbers) => numbers.reduce((sum, number) => sum + number, 0n),
});

function explode(): string {
  throw new RangeError("too much");
}
`;

let cwd = "";
const tenon = (...args: string[]) => runTenon(args, { cwd });
const source = (text: string) => writeFile(join(cwd, "src/plugin.ts"), text);

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "tenon-typescript-"));
  await mkdir(join(cwd, "src"));
  await mkdir(join(cwd, "node_modules/@tenon"), { recursive: true });
  // What npm would have installed for the author.
  const require = createRequire(import.meta.url);
  for (const name of ["typescript", "@tenon/pdk"]) {
    await symlink(dirname(require.resolve(`${name}/package.json`)), join(cwd, "node_modules", name));
  }
  await writeFile(join(cwd, "package.json"), '{ "type": "module" }');
  const compilerOptions = {
    strict: true,
    target: "es2023",
    module: "nodenext",
    lib: ["es2023"],
    types: [],
    noEmit: true,
  };
  await writeFile(join(cwd, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["src"] }));
  await writeFile(join(cwd, "greeter.json"), JSON.stringify(INTERFACE));
  await writeFile(
    join(cwd, "functions.mjs"),
    "export const title = (name) => (name === 'Ada' ? 'Lady' : null);\n",
  );
  const generated = await tenon(
    "generate",
    "greeter.json",
    "--guest",
    "typescript-guest",
    "--out",
    "src/gen",
  );
  expect(generated).toMatchObject({ code: 0, stderr: "" });
  await source(PLUGIN);
  const built = await tenon("build", "src/plugin.ts", "-o", "plugin.wasm");
  expect(built).toMatchObject({ code: 0, stderr: "" });
}, 120_000);

beforeEach(() => source(PLUGIN));

afterAll(() => rm(cwd, { recursive: true }));

describe("tenon build of a plug-in in TypeScript", () => {
  it("makes a module that carries its interface, and imports only what it uses", async () => {
    const wasm = await readFile(join(cwd, "plugin.wasm"));
    const [carried] = customSections(wasm, "tenon:interface");
    expect(JSON.parse(new TextDecoder().decode(carried))).toMatchObject({ name: "greeter" });
    const { imports } = JSON.parse((await tenon("inspect", "plugin.wasm", "--json")).stdout);
    const namespaces = new Set(imports.map((item: { module: string }) => item.module));
    expect(namespaces).toEqual(new Set(["extism:host/env", "extism:host/user"]));
    expect(imports.map((item: { name: string }) => item.name)).not.toContain("http_request");
  });

  const call = (...args: string[]) => tenon("call", "plugin.wasm", ...args, "--functions", "functions.mjs");

  it("runs: values both ways, host functions, asynchronous functions, 64-bit integers", async () => {
    expect((await call("greet", "--input", '{"name":"Ada"}')).stdout).toBe('"Hello, Lady Ada!"\n');
    expect((await call("greet", "--input", '{"name":"Bob"}')).stdout).toBe('"Hello, dear Bob!"\n');
    expect((await call("add", "--input", "[9007199254740993, 1]")).stdout).toBe("9007199254740994\n");
  });

  it("fails with typed errors, and with the author's file and line otherwise", async () => {
    const refused = JSON.parse((await call("greet", "--input", '{"name":""}', "--json")).stdout);
    expect(refused.error).toMatchObject({ code: "plugin-error", detail: { why: "nobody" } });
    const { stderr } = await call("greet", "--input", '{"name":"boom"}');
    expect(stderr).toContain("RangeError: too much");
    expect(stderr).toMatch(/explode \(src\/plugin\.ts:13:\d+\)/);
  });

  it("runs without an interface, and with a clock, which is an import of WASI", async () => {
    await source(
      `import { output } from "@tenon/pdk";\nexport default { now() { output.text(String(Date.now() > 1e12)); } };\n`,
    );
    expect(await tenon("build", "src/plugin.ts", "-o", "clock.wasm", "--no-check")).toMatchObject({
      code: 0,
      stderr: "",
    });
    expect(await tenon("call", "clock.wasm", "now")).toMatchObject({ code: 0, stdout: "true", stderr: "" });
  });

  it("shows type errors of the author's TypeScript, and skips them with --no-check", async () => {
    await source(PLUGIN.replace("numbers.reduce", "numbers.redice"));
    const { code, stderr } = await tenon("build", "src/plugin.ts", "-o", "x.wasm");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^src\/plugin\.ts\(9,\d+\): error TS2551: .*redice/m);
    expect(stderr).toMatch(/\ntenon: the plug-in has type errors; mend them, or build with --no-check\n$/);
    expect((await tenon("build", "src/plugin.ts", "-o", "x.wasm", "--no-check")).code).toBe(0);
  });

  it("makes a host function that the interface doesn't have a type error", async () => {
    await source(PLUGIN.replace("host.title(name)", "host.tilte(name)"));
    const { stderr } = await tenon("build", "src/plugin.ts", "-o", "x.wasm");
    expect(stderr).toMatch(/error TS2551: Property 'tilte' does not exist .* Did you mean 'title'\?/);
  });

  it.each([
    [
      "a syntax error",
      "export default {\n  greet( {\n};\n",
      /^src\/plugin\.ts:3:\d+: [\s\S]*\n {2}3 \| \};\n/,
    ],
    ["no default export", "export const greet = 1;\n", /default export/],
    ["a missing function", PLUGIN.replace(/ {2}add:.*\n/, ""), /add/],
    ["a function too many", PLUGIN.replace("  add:", "  extra: () => 1,\n  add:"), /extra/],
    [
      "a part of Node",
      `import { readFileSync } from "node:fs";\nexport default { f() { readFileSync("x"); } };\n`,
      /node:fs/,
    ],
    ["a timer", PLUGIN.replace("return explode()", "setTimeout(explode, 1)"), /timer/],
    [
      "code that throws while it is evaluated",
      `throw new Error("not today");\nexport default {};\n`,
      /not today/,
    ],
  ])("refuses %s, and leaves the last good module alone", async (_, text, message) => {
    const good = await readFile(join(cwd, "plugin.wasm"));
    await source(text);
    const { code, stderr, stdout } = await tenon("build", "src/plugin.ts", "-o", "plugin.wasm", "--no-check");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/\ntenon: the plug-in can't be built; see the error above\n$/);
    expect(await readFile(join(cwd, "plugin.wasm"))).toEqual(good);
  });

  it("says what to install for --optimize", async () => {
    const { code, stderr } = await tenon(
      "build",
      "src/plugin.ts",
      "-o",
      "x.wasm",
      "--no-check",
      "--optimize",
    );
    expect(code).toBe(1);
    expect(stderr).toBe("tenon: --optimize needs Binaryen; run `npm install --save-dev binaryen`\n");
  });

  it("builds again after a change, reports a failed build, and ends when it is told to", async () => {
    const controller = new AbortController();
    let stdout = "";
    let stderr = "";
    const ended = run(["build", "src/plugin.ts", "-o", "watched.wasm", "--watch"], {
      stdout: (data) => {
        stdout += data;
      },
      stderr: (text) => {
        stderr += text;
      },
      stdin: async () => new Uint8Array(),
      cwd,
      colour: false,
      untilInterrupted: () => controller.signal,
    });
    await expect
      .poll(() => stdout, { timeout: 30_000 })
      .toMatch(/wrote {2}watched\.wasm {2}[\d.]+ KiB {2}in \d+ ms\n/);
    await source("export default {\n");
    await expect.poll(() => stderr, { timeout: 30_000 }).toMatch(/tenon: the plug-in can't be built/);
    await source(PLUGIN.replace("Hello", "Welcome"));
    await expect.poll(() => stdout.split("\n").length, { timeout: 30_000 }).toBeGreaterThanOrEqual(3);
    controller.abort();
    expect(await ended).toBe(0);
    const args = [
      "call",
      "watched.wasm",
      "greet",
      "--input",
      '{"name":"Ada"}',
      "--functions",
      "functions.mjs",
    ];
    expect((await tenon(...args)).stdout).toBe('"Welcome, Lady Ada!"\n');
  }, 120_000);
});
