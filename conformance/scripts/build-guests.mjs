// Compiles the plug-ins of other people's PDKs that need nothing but npm packages into build/guests/.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = join(root, "build", "guests");
await mkdir(out, { recursive: true });
await compileAssemblyScript("as-pdk");

async function compileAssemblyScript(name) {
  // The compiler takes paths relative to its base folder, and finds packages from there upwards.
  const { error, stderr } = await asc.main([
    `guests/${name}/assembly/index.ts`,
    "--baseDir",
    root,
    "--outFile",
    `build/guests/${name}.wasm`,
    "--use",
    `abort=guests/${name}/assembly/index/onAbort`,
    "-O2",
  ]);
  if (error) throw new Error(`${name} does not compile.\n${stderr}`, { cause: error });
  console.log(`conformance: built build/guests/${name}.wasm`);
}
