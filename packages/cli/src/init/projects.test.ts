import { exec } from "node:child_process";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runTenon } from "../testing/io.js";

/** What `npm install` would make, with the packages as they are built here. */
const NODE_MODULES = fileURLToPath(new URL("../../../../node_modules", import.meta.url));

const TIME = { type: "string", format: "date-time" };
const BYTES = { type: "string", contentEncoding: "base64" };

/** Everything that the code of a scaffold has a form of its own for. */
const DEFINITION = {
  name: "archive",
  version: "1.0.0",
  dates: "Date",
  exports: {
    store: {
      encoding: "messagepack",
      input: { $ref: "#/$defs/Entry" },
      output: { type: "integer", format: "uint64" },
      errors: { type: "object", required: ["why"], properties: { why: { type: "string" } } },
      examples: [
        {
          input: { id: 7, at: "2024-02-29T12:00:00Z", raw: "Af8=", tags: { a: null, b: "c" }, share: 0.1 },
          output: 9007199254740991,
        },
      ],
    },
    entries: {
      output: { type: "array", items: { $ref: "#/$defs/Entry" } },
      examples: [
        {
          output: [
            { id: 1, at: "2024-02-29T12:00:00Z", raw: "", tags: { b: "c" }, share: 0.1, level: "very high" },
          ],
        },
      ],
    },
    digest: { encoding: "binary", input: BYTES, output: BYTES, examples: [{ input: "", output: "AQI=" }] },
    anything: {
      input: true,
      output: true,
      examples: [{ input: null, output: { deep: [1, 2.5, "x", null, true] } }],
    },
    compact: {},
    close: { output: { type: "boolean" } },
  },
  $defs: {
    Entry: {
      type: "object",
      required: ["id", "at", "raw", "tags", "share"],
      properties: {
        id: { type: "integer", format: "int64" },
        at: TIME,
        raw: BYTES,
        tags: { type: "object", additionalProperties: { type: ["string", "null"] } },
        share: { type: "number", format: "float" },
        level: { enum: ["low", "very high"] },
      },
    },
  },
};

/** Has neither a type nor a host function that the plug-in would import. */
const SMALL = {
  name: "slugs",
  version: "1.0.0",
  exports: { slugify: { encoding: "text", input: { type: "string" }, output: { type: "string" } } },
};

let cwd = "";

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "tenon-projects-"));
  await writeFile(join(cwd, "archive.json"), JSON.stringify(DEFINITION));
  await writeFile(join(cwd, "slugs.json"), JSON.stringify(SMALL));
  await symlink(NODE_MODULES, join(cwd, "node_modules"));
});

afterAll(() => rm(cwd, { recursive: true }));

/** Scaffolds, runs scripts of the project as its owner would, and answers with what they print. */
async function project(folder: string, flags: readonly string[], ...scripts: readonly string[]) {
  expect(await runTenon(["init", folder, ...flags], { cwd })).toMatchObject({ code: 0, stderr: "" });
  let output = "";
  for (const script of scripts) output += await runScript(join(cwd, folder), script);
  return output;
}

describe("a new project builds, has no type errors, and passes its tests", { timeout: 60_000 }, () => {
  it("as a plug-in in TypeScript", async () => {
    const flags = ["--kind", "plugin", "--language", "typescript", "--interface", "archive.json"];
    expect(await project("archive", flags, "test", "check")).toMatch(/Tests +6 passed/);
  });

  it("as a plug-in in AssemblyScript", async () => {
    const flags = ["--kind", "plugin", "--language", "assemblyscript", "--interface", "slugs.json"];
    expect(await project("slugs", flags, "test", "check")).toMatch(/Tests +1 passed/);
  });

  it("as a host with a sample plug-in, for a new interface", async () => {
    const output = await project("host", ["--kind", "host", "--format", "yaml"], "test", "check", "start");
    expect(output).toMatch(/Tests +2 passed/);
    expect(output).toMatch(/greet \{ text: 'Hello, Ada!', language: 'en' \}\nshout HELLO\n/);
  });
});

/** A script of a project's package.json, as npm runs it; `tenon` runs in this process, which is quicker. */
async function runScript(folder: string, name: string): Promise<string> {
  const { scripts } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  let output = "";
  for (const command of scripts[name].split(" && ")) {
    const [program, ...args] = command.split(" ");
    if (program === "npm") output += await runScript(folder, args[1]);
    else if (program === "tenon") {
      const { code, stdout, stderr } = await runTenon(args, { cwd: folder });
      expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: "" });
      output += stdout;
    } else output += await runCommand(folder, command);
  }
  return output;
}

/** A command in the shell; one that fails is an error that shows what it printed. */
function runCommand(folder: string, command: string): Promise<string> {
  const path = `${join(NODE_MODULES, ".bin")}${delimiter}${process.env["PATH"]}`;
  // Without what the vitest around this says to its own.
  const env: NodeJS.ProcessEnv = { PATH: path, HOME: process.env["HOME"], NO_COLOR: "1" };
  return new Promise((resolve, reject) => {
    exec(command, { cwd: folder, env }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${command} failed:\n${stdout}\n${stderr}`));
    });
  });
}
