import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { CliError } from "../cli-error.js";

/**
 * Checks a plug-in's types with the author's own TypeScript, by the nearest tsconfig.json. Where there is no compiler,
 * nothing is checked: the bundler, which needs none, ignores types.
 *
 * @throws CliError when there are type errors; they have been reported.
 */
export async function checkTypes(author: string, cwd: string, report: (text: string) => void): Promise<void> {
  const tsc = await commandOf("typescript", "tsc", author);
  if (tsc === undefined) return;
  const project = nearest("tsconfig.json", dirname(author));
  const options = ["--noEmit", "--pretty", "false"];
  const args =
    project === undefined
      ? [...options, "--strict", "--target", "es2023", "--module", "preserve", "--skipLibCheck", author]
      : [...options, "--project", project];
  const { code, output } = await run(tsc, args, cwd);
  if (code === 0) return;
  report(output.endsWith("\n") ? output : `${output}\n`);
  throw new CliError("the plug-in has type errors", "mend them, or build with --no-check");
}

/**
 * Runs Binaryen's wasm-opt over a module.
 *
 * @throws CliError when the author has no Binaryen, or when it fails.
 */
export async function optimise(wasm: Uint8Array, author: string): Promise<Uint8Array<ArrayBuffer>> {
  const command = await commandOf("binaryen", "wasm-opt", author);
  if (command === undefined) {
    throw new CliError("--optimize needs Binaryen", "run `npm install --save-dev binaryen`");
  }
  const folder = await mkdtemp(join(tmpdir(), "tenon-optimize-"));
  try {
    const [before, after] = [join(folder, "in.wasm"), join(folder, "out.wasm")];
    await writeFile(before, wasm);
    const { code, output } = await run(command, [before, "-o", after, "-O3", ...FEATURES], folder);
    if (code !== 0) throw new CliError("wasm-opt failed", output.trim());
    return new Uint8Array(await readFile(after));
  } finally {
    await rm(folder, { recursive: true });
  }
}

// What every engine has that Tenon runs on. Not all that Binaryen knows: it would use what engines have yet to learn.
const FEATURES = [
  "--enable-bulk-memory",
  "--enable-extended-const",
  "--enable-multivalue",
  "--enable-mutable-globals",
  "--enable-nontrapping-float-to-int",
  "--enable-reference-types",
  "--enable-sign-ext",
  "--enable-simd",
];

/** The script behind a command of a package that the author has installed. */
async function commandOf(name: string, command: string, author: string): Promise<string | undefined> {
  let manifest: string;
  try {
    manifest = createRequire(author).resolve(`${name}/package.json`);
  } catch {
    return undefined;
  }
  // The cast holds for every package that npm has installed: its manifest says what its commands are.
  const { bin } = JSON.parse(await readFile(manifest, "utf8")) as { bin?: Record<string, string> };
  const script = bin?.[command];
  return script === undefined ? undefined : join(dirname(manifest), script);
}

function run(
  script: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

function nearest(file: string, folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, file))) return join(at, file);
    if (at === dirname(at)) return undefined;
  }
}
