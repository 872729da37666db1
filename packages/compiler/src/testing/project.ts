import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import { buildPlugin } from "../build-plugin.js";
import type { BuildOptions, BuildResult } from "../options.js";

/** A directory with these files, until the test file has run. */
export async function project(files: Readonly<Record<string, string>>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "tenon-compiler-"));
  afterAll(() => rm(directory, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  }
  return directory;
}

/** Builds a plug-in of one file. */
export async function build(code: string, options: Partial<BuildOptions> = {}): Promise<BuildResult> {
  return buildPlugin({ entry: "plugin.ts", cwd: await project({ "plugin.ts": code }), ...options });
}
