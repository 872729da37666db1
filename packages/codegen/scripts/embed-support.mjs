// Puts the AssemblyScript support library into a module, so that the target needs no file system.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, "assembly");
const target = join(root, "src", "assemblyscript", "support.generated.ts");

// What tells a generated file from one that somebody wrote.
const HEADER = "// Part of Tenon's support library (target: assemblyscript). Do not edit.\n\n";

const entries = readdirSync(source)
  .filter((name) => name.endsWith(".ts"))
  .sort()
  .map(
    (name) =>
      `  [${JSON.stringify(name)}, ${JSON.stringify(HEADER + readFileSync(join(source, name), "utf8"))}],\n`,
  );

const content = `// Made by scripts/embed-support.mjs from the folder "assembly". Do not edit.

/** The support library of AssemblyScript plug-ins: file names and contents. */
export const supportFiles: readonly (readonly [name: string, content: string])[] = [
${entries.join("")}];
`;

mkdirSync(dirname(target), { recursive: true });
// Written only when it differs, so that a watcher or a build cache sees no change where there is none.
if (read(target) !== content) writeFileSync(target, content);

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
