// Builds each file of plugins/ into build/<name>.wasm, in one process: the engine is loaded once.

import { mkdir, readdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { buildPlugin, formatDiagnostic } from "@tenon/compiler";

const cwd = fileURLToPath(new URL("..", import.meta.url));
await mkdir(`${cwd}build`, { recursive: true });
for (const file of (await readdir(`${cwd}plugins`)).filter((name) => name.endsWith(".ts")).sort()) {
  const output = `build/${file.replace(/\.ts$/, ".wasm")}`;
  const { wasm, warnings } = await buildPlugin({ entry: `plugins/${file}`, cwd, minify: true });
  for (const warning of warnings) console.warn(`warning: ${formatDiagnostic(warning)}`);
  await writeFile(`${cwd}${output}`, wasm);
  console.log(`wrote  ${output}  ${(wasm.length / 1024).toFixed(1)} KiB`);
}
