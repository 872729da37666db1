import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runTenon } from "../testing/io.js";

let cwd = "";
const init = (...args: string[]) => runTenon(["init", ...args], { cwd });
const read = (path: string) => readFile(join(cwd, path), "utf8");
const exists = (path: string) =>
  stat(join(cwd, path)).then(
    () => true,
    () => false,
  );

const DEFINITION = { name: "tea", version: "1.0.0", exports: { "brew-it": { output: { type: "string" } } } };

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "tenon-init-"));
  await writeFile(join(cwd, "tea.json"), JSON.stringify(DEFINITION));
  await writeFile(
    join(cwd, "types.yaml"),
    "$defs: { Cup: { type: object, required: [ml], properties: { ml: { type: integer } } } }\n",
  );
  await writeFile(
    join(cwd, "split.yaml"),
    "name: split\nversion: 1.0.0\nexports:\n  fill: { output: { $ref: './types.yaml#/$defs/Cup' } }\n",
  );
  await writeFile(join(cwd, "wrong.json"), JSON.stringify({ ...DEFINITION, exprots: {} }));
});

afterAll(() => rm(cwd, { recursive: true }));

describe("tenon init", () => {
  it("writes an interface that is valid, and says how to go on", async () => {
    expect(await init("contract", "--kind", "interface", "--format", "yaml")).toEqual({
      code: 0,
      stdout:
        "wrote  contract/interface.yaml\nwrote  contract/README.md\n\nNext:\n" +
        "  tenon init --kind plugin --interface contract/interface.yaml\n",
      stderr: "",
    });
    const args = ["generate", "contract/interface.yaml", "--host", "typescript", "--out", "gen"];
    expect(await runTenon(args, { cwd })).toMatchObject({ code: 0, stderr: "" });
  });

  it("says what it wrote as JSON", async () => {
    const { stdout } = await init("--name", "@acme/kettle", "--kind", "host", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      kind: "host",
      name: "@acme/kettle",
      folder: "kettle",
      files: expect.arrayContaining(["kettle/package.json", "kettle/src/main.ts", "kettle/sample/plugin.ts"]),
      next: ["cd kettle", "npm install", "npm run build && npm start"],
    });
    expect(JSON.parse(await read("kettle/package.json"))).toMatchObject({
      name: "@acme/kettle",
      private: true,
    });
    // A scope is the package's: the interface has none.
    expect(JSON.parse(await read("kettle/interface.json"))).toMatchObject({ name: "kettle" });
  });

  it("copies a definition as it stands, and one of several files as one document", async () => {
    const flags = ["--kind", "plugin", "--language", "typescript"];
    expect(await init("one", ...flags, "--interface", "tea.json")).toMatchObject({ code: 0 });
    expect(await read("one/interface.json")).toBe(JSON.stringify(DEFINITION));
    expect(await init("two", ...flags, "--interface", "split.yaml")).toMatchObject({ code: 0 });
    expect(JSON.parse(await read("two/interface.json"))).toMatchObject({ name: "split", $defs: {} });
    expect(await read("two/src/plugin.ts")).toContain("return { ml: 0 };");
  });

  it("uses a definition that is in the project already where it is", async () => {
    await mkdir(join(cwd, "mine/contracts"), { recursive: true });
    await writeFile(join(cwd, "mine/contracts/tea.json"), JSON.stringify(DEFINITION));
    const flags = ["--kind", "plugin", "--language", "typescript", "--interface", "mine/contracts/tea.json"];
    expect(await init("mine", ...flags)).toMatchObject({ code: 0 });
    expect(await read("mine/package.json")).toContain("tenon generate contracts/tea.json --guest");
    expect(await exists("mine/interface.json")).toBe(false);
  });

  it("overwrites nothing, unless it is told to", async () => {
    const flags = ["--kind", "plugin", "--language", "typescript"];
    await mkdir(join(cwd, "full"));
    await writeFile(join(cwd, "full/README.md"), "mine\n");
    await writeFile(join(cwd, "full/notes.txt"), "mine too\n");
    expect(await init("full", ...flags)).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "tenon: full/README.md would be overwritten; choose another folder, or overwrite with --force\n",
    });
    expect(await exists("full/package.json")).toBe(false);
    expect(await init("full", ...flags, "--force")).toMatchObject({ code: 0 });
    expect(await read("full/README.md")).toMatch(/^# full\n/);
    expect(await read("full/notes.txt")).toBe("mine too\n");
    // What is there already, byte for byte, is in nobody's way.
    expect(await init("full", ...flags)).toMatchObject({ code: 0 });
  });

  it("replaces a link, and never what the link leads to", async () => {
    await mkdir(join(cwd, "linked"));
    await writeFile(join(cwd, "precious.txt"), "precious\n");
    await symlink(join(cwd, "precious.txt"), join(cwd, "linked/README.md"));
    const flags = ["linked", "--kind", "interface"];
    expect(await init(...flags)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("linked/README.md"),
    });
    expect(await init(...flags, "--force")).toMatchObject({ code: 0 });
    expect(await read("precious.txt")).toBe("precious\n");
  });

  it.each([
    [[], 2, /no terminal .*--kind interface\|host\|plugin and --name <name> are missing/],
    [["--kind", "lib"], 2, /--kind <kind>.*interface, host, plugin/],
    [["--kind", "plugin", "--name", "x", "--language", "rust"], 2, /typescript, assemblyscript/],
    [["a", "b"], 2, /too many arguments/],
    [["--yes", "--name", "A b"], 2, /as in a-b/],
    [["n", "--yes", "--interface", "nope.json"], 1, /nope\.json has a problem/],
    [["n", "--yes", "--interface", "wrong.json"], 1, /wrong\.json has a problem; nothing was/],
    [
      ["n", "--yes", "--language", "assemblyscript", "--interface", "tea.json"],
      1,
      /"brew-it".*nothing was written/,
    ],
    [
      ["tea.json", "--kind", "interface", "--name", "tea"],
      1,
      /tea\.json is a file, and would have to be a folder/,
    ],
    [["tea.json/in", "--kind", "interface"], 1, /tea\.json/],
  ])("%j is a line that says what to do, and writes nothing", async (args, code, message) => {
    const outcome = await init(...args);
    expect(outcome).toMatchObject({ code, stdout: "" });
    expect(outcome.stderr.trimEnd().split("\n").at(-1)).toMatch(message);
    expect(await exists("n")).toBe(false);
  });
});
