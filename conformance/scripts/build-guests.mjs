// Compiles the plug-ins that need nothing but npm packages into build/guests/: that of Extism's PDK for AssemblyScript,
// and those of our own for TypeScript.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildPlugin } from "@tenon/compiler";
import asc from "assemblyscript/asc";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = join(root, "build", "guests");
await mkdir(out, { recursive: true });
await compileAssemblyScript("as-pdk");
await compileTypeScript("typescript-pdk", { imports: ["upper", "reverse", "lookup", "fail"] });
// `tenon generate` has written its bindings, and the interface beside them.
const document = join(root, "guests/typescript-bindings/gen/everything.interface.json");
await compileTypeScript("typescript-bindings", { interface: JSON.parse(await readFile(document, "utf8")) });

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

async function compileTypeScript(name, options) {
  const { wasm } = await buildPlugin({ entry: `guests/${name}/plugin.ts`, cwd: root, ...options });
  await writeFile(join(out, `${name}.wasm`), wasm);
  console.log(`conformance: built build/guests/${name}.wasm`);
}
