// Compiles assembly/ and writes the module as base64 into src/bytes.generated.ts.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

/** Some browsers refuse to compile a larger module synchronously on the main thread. */
const MOST_BYTES = 4095;

const START_SECTION = 8;

const root = fileURLToPath(new URL("..", import.meta.url));
const wasm = await compile();
check(wasm);
await writeFile(join(root, "src/bytes.generated.ts"), source(wasm));
console.log(`kernel: ${wasm.length} bytes of WebAssembly`);

async function compile() {
  const scratch = await mkdtemp(join(tmpdir(), "tenon-kernel-"));
  try {
    const outFile = join(scratch, "kernel.wasm");
    const options = ["--runtime", "stub", "--noAssert", "-O3", "--converge", "--initialMemory", "1"];
    const { error, stderr } = await asc.main([
      join(root, "assembly/kernel.ts"),
      "--baseDir",
      "/",
      ...options,
      "--outFile",
      outFile,
    ]);
    if (error) throw new Error(`The kernel does not compile.\n${stderr}`, { cause: error });
    return await readFile(outFile);
  } finally {
    await rm(scratch, { recursive: true });
  }
}

/** Refuses a module that no longer is what the runtime expects: self-contained, small, without a start function. */
function check(wasm) {
  if (wasm.length > MOST_BYTES)
    throw new Error(`The kernel is ${wasm.length} bytes; at most ${MOST_BYTES} are allowed.`);
  if (sectionIds(wasm).includes(START_SECTION)) throw new Error("The kernel must have no start function.");
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(wasm));
  if (imports.length > 0)
    throw new Error(`The kernel must import nothing, but imports ${JSON.stringify(imports)}.`);
}

function sectionIds(wasm) {
  const ids = [];
  let at = 8;
  while (at < wasm.length) {
    ids.push(wasm[at++]);
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      size |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    at += size;
  }
  return ids;
}

function source(wasm) {
  return `// Written by scripts/build-wasm.mjs from assembly/. Do not edit.

/** The compiled kernel as base64. */
export const KERNEL_BASE64: string =
  "${wasm.toString("base64")}";
`;
}
