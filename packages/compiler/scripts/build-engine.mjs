// Makes dist/engine.wasm and dist/engine.json: QuickJS from the package quickjs-wasi, joined with the glue in
// assembly/, started, and stopped again in that state. Only here is Binaryen needed; an author's machine has none.

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { functionReferences, readModule, withSnapshot } from "@tenon/wasm";
import asc from "assemblyscript/asc";
import { hostImports } from "./engine/host-imports.mjs";
import { parserSlot, tableEntry } from "./engine/parser.mjs";
import { answerImports, exportOnly, withTable } from "./engine/prepare.mjs";
import { unreachedFunctions } from "./engine/reach.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(import.meta.url);

/** Entries of the engine's function table before the glue's are added; checked below. */
const ENGINE_TABLE = 532;
/** Room for the glue's function pointers. */
const GLUE_TABLE = 80;

/** Where the C stack is while nothing runs: it begins at one megabyte, and grows down to the glue's static memory. */
const STACK = { start: 0x100000, end: 0x8000 };

/** What the package's toolchain used. Without these flags Binaryen refuses the module. */
const FEATURES = [
  "bulk-memory",
  "bulk-memory-opt",
  "call-indirect-overlong",
  "extended-const",
  "multivalue",
  "mutable-globals",
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
].map((feature) => `--enable-${feature}`);

/** What the builder and the finished plug-in call. */
const KEPT_EXPORTS = /^(memory|call_kernel|call_direct|missing|without_eval|host_slot|tenon_.*|build_.*)$/;

const scratch = await mkdtemp(join(tmpdir(), "tenon-engine-"));
try {
  await main();
} finally {
  await rm(scratch, { recursive: true });
}

async function main() {
  const quickjs = await readFile(require.resolve("quickjs-wasi/quickjs.wasm"));
  await writeFile(
    join(scratch, "quickjs.wasm"),
    withTable(answerImports(quickjs, "glue"), ENGINE_TABLE, GLUE_TABLE),
  );
  await compileGlue();
  await binaryen("wasm-merge", [
    "quickjs.wasm",
    "env",
    "glue.wasm",
    "glue",
    "--rename-export-conflicts",
    "-o",
    "merged.wasm",
  ]);
  await writeFile(
    join(scratch, "pruned.wasm"),
    exportOnly(await readFile(join(scratch, "merged.wasm")), KEPT_EXPORTS),
  );
  await binaryen("wasm-opt", ["pruned.wasm", "-O2", "-o", "optimized.wasm"]);
  const engine = start(
    await readFile(join(scratch, "optimized.wasm")),
    await readFile(join(root, "engine/prelude.js")),
  );
  const module = readModule(engine);
  const references = functionReferences(engine, module);
  const parser = tableEntry(engine, module, parserSlot(quickjs));
  const roots = /^(call_|tenon_|missing|without_eval)/;
  const buildOnly = unreachedFunctions(engine, module, references, roots);
  const facts = {
    // Offsets, each as the distance from the one before: they are small numbers, and compress well.
    references: Array.from(references, (offset, i) => offset - (references[i - 1] ?? 0)),
    buildOnly,
    parser,
    stack: STACK,
    evalOnly: unreachedFunctions(engine, module, references, roots, parser).filter(
      (index) => !buildOnly.includes(index),
    ),
  };
  await mkdir(join(root, "dist"), { recursive: true });
  await writeFile(join(root, "dist/engine.wasm"), engine);
  await writeFile(join(root, "dist/engine.json"), JSON.stringify(facts));
  console.log(
    `engine: ${engine.length} bytes of WebAssembly; ${facts.buildOnly.length} functions serve the builder only, ${facts.evalOnly.length} only eval`,
  );
}

async function compileGlue() {
  const { error, stderr } = await asc.main([
    join(root, "assembly/engine.ts"),
    "--baseDir",
    "/",
    "--outFile",
    join(scratch, "glue.wasm"),
    "--runtime",
    "stub",
    "--noAssert",
    "-O3",
    "--converge",
    "--use",
    "abort=",
    "--importMemory",
    "--importTable",
    "--exportStart",
    "build_begin",
    "--tableBase",
    String(ENGINE_TABLE),
    // The engine keeps its stack below its data, and grows it downwards: nothing comes to these addresses but a
    // stack that is about to overflow.
    "--memoryBase",
    "1024",
  ]);
  if (error) throw new Error(`The glue does not compile.\n${stderr}`, { cause: error });
}

async function binaryen(tool, args) {
  const bin = join(dirname(require.resolve("binaryen")), "bin", tool);
  await promisify(execFile)(process.execPath, [bin, ...args, ...FEATURES], { cwd: scratch });
}

/** Runs the engine up to where it waits for a bundle. */
function start(bytes, prelude) {
  const compiler = instantiate(bytes);
  // In bytecode, so that what compiling leaves behind doesn't get into every plug-in.
  const bytecode = compilePrelude(compiler, prelude);
  const { memory, build_alloc, build_free, build_prelude, ...rest } = instantiate(bytes);
  const at = build_alloc(bytecode.length);
  new Uint8Array(memory.buffer).set(bytecode, at);
  if (build_prelude(at, bytecode.length) !== 0)
    throw new Error("The prelude throws an error: see engine/prelude.js.");
  build_free(at);
  const globals = new Map();
  for (const [name, value] of Object.entries(rest)) {
    if (value instanceof WebAssembly.Global) globals.set(Number(name.slice("global:".length)), value.value);
  }
  return withSnapshot(bytes, { memory: withoutStack(new Uint8Array(memory.buffer)), globals });
}

function instantiate(bytes) {
  const instance = new WebAssembly.Instance(
    new WebAssembly.Module(bytes),
    hostImports(bytes, () => instance.exports.memory),
  );
  instance.exports.build_begin();
  instance.exports.build_start();
  return instance.exports;
}

function compilePrelude({ memory, build_alloc, build_compile, tenon_result }, prelude) {
  const put = (text) => {
    const at = build_alloc(text.length + 1);
    new Uint8Array(memory.buffer, at, text.length + 1).set([...text, 0]);
    return at;
  };
  const failed = build_compile(put(prelude), prelude.length, put(Buffer.from("tenon:prelude")), 1);
  const [at, length] = new Uint32Array(memory.buffer, tenon_result(), 2);
  const answer = new Uint8Array(memory.buffer, at, length).slice();
  if (failed) throw new Error(`The prelude does not compile: ${Buffer.from(answer)}`);
  return answer;
}

function withoutStack(memory) {
  return memory.fill(0, STACK.end, STACK.start);
}
