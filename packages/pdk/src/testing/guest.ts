import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createPlugin, type ExtismPluginOptions, type Plugin } from "@extism/extism";
import { type BuildOptions, type BuildResult, buildPlugin } from "@tenon/compiler";
import { afterAll, onTestFinished } from "vitest";

const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));

/** Builds a plug-in of one file that can import this package, as an author would. */
export async function buildGuest(code: string, options: Partial<BuildOptions> = {}): Promise<BuildResult> {
  const cwd = await mkdtemp(join(tmpdir(), "tenon-pdk-"));
  afterAll(() => rm(cwd, { recursive: true, force: true }));
  await mkdir(join(cwd, "node_modules/@tenon"), { recursive: true });
  await symlink(PACKAGE, join(cwd, "node_modules/@tenon/pdk"), "dir");
  await writeFile(join(cwd, "plugin.ts"), code);
  return buildPlugin({ entry: "plugin.ts", cwd, ...options });
}

/** Opens a plug-in in Extism's host, until the test is over. */
export async function openGuest(
  { wasm }: Pick<BuildResult, "wasm">,
  options: ExtismPluginOptions = {},
): Promise<Plugin> {
  const plugin = await createPlugin({ wasm: [{ data: wasm }] }, { useWasi: true, ...options });
  onTestFinished(() => plugin.close());
  return plugin;
}

/** What a function of the plug-in answers, as text. */
export async function callText(plugin: Plugin, name: string, input = ""): Promise<string | undefined> {
  return (await plugin.call(name, input))?.text();
}

/** The plug-in's imports beyond those that every plug-in has, without their module. */
export function extraImports({ imports }: Pick<BuildResult, "imports">): string[] {
  const names = imports.map((name) => name.slice(name.lastIndexOf(".") + 1));
  return names.filter((name) => !ALWAYS.has(name));
}

/** For input, output and errors. */
const ALWAYS = new Set([
  "alloc",
  "error_set",
  "input_length",
  "input_load_u64",
  "input_load_u8",
  "output_set",
  "store_u64",
  "store_u8",
]);
