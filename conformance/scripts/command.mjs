// What the parts of the setup share.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Downloads and first builds can be slow; hanging for ever helps nobody. In milliseconds. */
const TIME_LIMIT = 600_000;

/** Runs a program to its end. `undefined` when there is no such program. */
export function tryRun(program, args, options = {}) {
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    cwd: root,
    encoding: "utf8",
    timeout: TIME_LIMIT,
    ...options,
  });
  if (error?.code === "ENOENT") return undefined;
  const output = `${stdout}${stderr}`.trim();
  return { ok: status === 0, output: error ? `${error.message}\n${output}` : output };
}

/** Runs a step of the setup, having said so. Throws with the end of what it printed when it fails. */
export function step(what, program, args, options) {
  console.log(`conformance: ${what}`);
  const result = tryRun(program, args, options);
  if (result?.ok) return;
  const lines = (result?.output ?? "no such program").split("\n");
  throw new Error(`${[program, ...args].join(" ")} failed: ${lines.slice(-4).join(" / ")}`);
}

/** A hash of files and of whatever else the result depends on. */
export function fingerprint(files, ...more) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(join(root, file)));
  return hash.update(JSON.stringify([process.platform, process.arch, ...more])).digest("hex");
}

/** Whether a stamp of an earlier run has this content. */
export function isCurrent(stamp, content) {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === content;
}
