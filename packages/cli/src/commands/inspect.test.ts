import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runTenon } from "../testing/io.js";
import { assemble, TEXT_TOOLS } from "../testing/plugins.js";

let cwd = "";

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "tenon-inspect-"));
  await writeFile(join(cwd, "plugin.wasm"), TEXT_TOOLS);
  await writeFile(join(cwd, "cut.wasm"), TEXT_TOOLS.subarray(0, 100));
  await writeFile(join(cwd, "text.wasm"), "(module)");
  await writeFile(join(cwd, "component.wasm"), Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0));
  await writeFile(join(cwd, "damaged.wasm"), Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 1, 9));
});

afterAll(() => rm(cwd, { recursive: true }));

describe("tenon inspect", () => {
  it("lays a plug-in out for people", async () => {
    const { code, stdout, stderr } = await runTenon(["inspect", "plugin.wasm"], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.replace(/^plugin\.wasm {2}\d+ B, \d+ B gzipped$/m, "plugin.wasm  SIZE")).toBe(
      `plugin.wasm  SIZE

Callable
  kernel    countVowels, slugify
  direct 1  slugify

Interface  text-tools 1.0.0
  countVowels  messagepack -> json
  slugify      text -> text
  forgotten    () -> messagepack  not exported

Exports
  memory              memory    2..16 pages
  countVowels         function  () -> i32
  slugify             function  () -> i32
  tenon_abi           function  () -> i32
  tenon_reserve       function  (i32) -> i32
  tenon_result        function  () -> i32
  tenon_direct        function  (i32) -> ()
  tenon_call_slugify  function  (i32, i32) -> i32

Imports
  extism:host/env         kernel          output_set    function  (i64, i64) -> ()
                                          input_length  function  () -> i64
  extism:host/user        host functions  lookup        function  (i64) -> i64
  wasi_snapshot_preview1  WASI            fd_write      function  (i32, i32, i32, i32) -> i32
  env                                     table         table     1..8 funcref

Memories
  memory  2 pages (128.0 KiB), at most 16 (1.0 MiB)

Tables
  imported  1 funcref, at most 8

Contents
  code             28 B   8 functions
  data             5 B    1 segment
  name             49 B   custom section
  tenon:interface  275 B  custom section
  start            init   runs on instantiation
`,
    );
  });

  it("prints a JSON object for programs", async () => {
    const { code, stdout } = await runTenon(["inspect", "--json", "plugin.wasm"], { cwd });
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(Object.keys(report)).toEqual([
      "file",
      "size",
      "gzipSize",
      "name",
      "conventions",
      "interface",
      "imports",
      "exports",
      "memories",
      "tables",
      "start",
      "code",
      "data",
      "customSections",
      "producers",
      "targetFeatures",
      "problems",
    ]);
    expect(report).toMatchObject({
      file: "plugin.wasm",
      size: TEXT_TOOLS.length,
      gzipSize: expect.any(Number),
      conventions: {
        kernel: ["countVowels", "slugify"],
        direct: { version: "direct 1", exports: ["slugify"], missing: [] },
      },
      interface: {
        name: "text-tools",
        version: "1.0.0",
        exports: [
          { name: "countVowels", input: "messagepack", output: "json", offered: true },
          { name: "slugify", input: "text", output: "text", offered: true },
          { name: "forgotten", input: null, output: "messagepack", offered: false },
        ],
        problem: null,
      },
    });
    expect(report.imports.map(({ host }: { host: unknown }) => host)).toEqual([
      "kernel",
      "user",
      "kernel",
      "wasi",
      null,
    ]);
  });

  it("reads standard input for -", async () => {
    const { code, stdout } = await runTenon(["inspect", "-"], { stdin: TEXT_TOOLS });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^standard input {2}\d+ B/);
  });

  it("says so when there is nothing to call and nothing embedded", async () => {
    const { stdout } = await runTenon(["inspect", "-"], { stdin: assemble("(module)") });
    expect(stdout).toContain("Callable  nothing: no export has the type () -> i32\n");
    expect(stdout).toContain("Interface  none embedded\n");
    expect(stdout).not.toContain("Exports");
  });

  it("reports a malformed interface and goes on", async () => {
    const stdin = assemble(`(module (func (export "f") (result i32) (i32.const 0)))`, "{");
    const { code, stdout } = await runTenon(["inspect", "-"], { stdin });
    expect(code).toBe(0);
    expect(stdout).toContain("Interface\n  malformed: not JSON: ");
    expect(stdout).toContain("kernel  f\n");
  });

  it("keeps what a plug-in says from steering the terminal", async () => {
    const stdin = assemble(
      `(module (func (export "\\1b[31m\\0aforged\\e2\\80\\ae")))`,
      `{"name":"a\\u001b[2J","version":"\\n"}`,
    );
    const { stdout } = await runTenon(["inspect", "-"], { stdin });
    expect(stdout).toContain("\\u{1b}[31m\\u{a}forged\\u{202e}");
    expect(stdout).toContain("Interface  a\\u{1b}[2J \\u{a}\n");
    expect(stdout).not.toContain("\u001b");
  });

  it("uses colours where they show", async () => {
    const plain = await runTenon(["inspect", "plugin.wasm"], { cwd });
    const coloured = await runTenon(["inspect", "plugin.wasm"], { cwd, colour: true });
    expect(coloured.stdout).toContain("\u001b[1mExports\u001b[0m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for.
    expect(coloured.stdout.replace(/\u001b\[\d+m/g, "")).toBe(plain.stdout);
  });

  it.each([
    ["missing.wasm", "tenon: there is no file missing.wasm; check the path"],
    [".", "tenon: . is a directory; name a file in it"],
    [
      "text.wasm",
      "tenon: text.wasm: expected the magic number \\0asm at offset 0, got 28 6d 6f 64; this looks like WebAssembly text, which has to be assembled first; name a core WebAssembly module",
    ],
    [
      "cut.wasm",
      /^tenon: cut\.wasm: expected the import section, .*; the file is cut off: build or download it again$/,
    ],
    ["component.wasm", /this is a component, not a core module; build it as a core WebAssembly module/],
    [
      "damaged.wasm",
      /^tenon: damaged\.wasm: 9 types declared .*; the file is damaged: build or download it again$/,
    ],
  ])("answers %s with one line and exit code 1", async (file, message) => {
    const { code, stdout, stderr } = await runTenon(["inspect", file], { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr.endsWith("\n")).toBe(true);
    const line = stderr.slice(0, -1);
    expect(line).not.toContain("\n");
    if (typeof message === "string") expect(line).toBe(message);
    else expect(line).toMatch(message);
  });
});
