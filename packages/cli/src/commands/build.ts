import { readFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { withCustomSection } from "@tenon/wasm";
import { type Command, Option } from "commander";
import { CliError } from "../cli-error.js";
import { checkTypes, optimise } from "../compile/author-tools.js";
import { checkImports } from "../compile/check-plugin.js";
import { findBindings, type GuestBindings } from "../compile/guest-bindings.js";
import type { TypeScriptBuild } from "../compile/typescript.js";
import type { Io } from "../io.js";
import { printable } from "../printable.js";
import { replaceFile } from "../write-generated.js";

interface BuildOptions {
  readonly output: string;
  readonly minify?: true;
  readonly sourcemap: boolean;
  readonly check: boolean;
  readonly watch?: true;
  readonly optimize?: true;
  readonly collector: "between-calls" | "incremental";
  readonly json?: true;
}

/** Adds `tenon build`: a plug-in from its source, with the interface in it. */
export function buildCommand(program: Command, io: Io): void {
  program
    .command("build")
    .description("compile a plug-in, and put its interface into it")
    .argument("<entry>", "the module with the plug-in's functions")
    .requiredOption("-o, --output <file>", "the WebAssembly file to write")
    .option("--minify", "TypeScript: shorter names in the plug-in")
    .option("--no-sourcemap", "TypeScript: leave out what shows the author's files in stack traces")
    .option("--no-check", "TypeScript: do not check the types")
    .option("--watch", "TypeScript: build again after every change; types are left to the editor")
    .option("--optimize", "run wasm-opt over the result; needs the package binaryen")
    .addOption(
      new Option(
        "--collector <name>",
        "AssemblyScript: when memory is freed; `incremental` is slower, and for calls that make much garbage",
      )
        .choices(["between-calls", "incremental"])
        .default("between-calls"),
    )
    .option("--json", "print a JSON object")
    .action(async (entry: string, options: BuildOptions) => {
      const author = resolve(io.cwd, entry);
      const bindings = await findBindings(author, io.cwd);
      if (options.watch) await watch(author, bindings, options, io);
      else await write(await build(author, bindings, options, io), options, io);
    });
}

/** Compiles; nothing is written, so that a failed build leaves the last good one in its place. */
async function build(
  author: string,
  bindings: GuestBindings | undefined,
  options: BuildOptions,
  io: Io,
): Promise<Uint8Array> {
  const report = reporter(io);
  const wasm =
    bindings?.target === "assemblyscript"
      ? await buildAssembly(author, bindings, options, io)
      : await buildScript(await scriptBuild(author, bindings, options, io), options, report);
  return options.optimize ? optimise(wasm, author) : wasm;
}

async function buildAssembly(
  author: string,
  bindings: GuestBindings,
  options: BuildOptions,
  io: Io,
): Promise<Uint8Array> {
  const carried = JSON.stringify(await readInterface(bindings.interface, io));
  const { entry } = bindings;
  // Each language's compiler is loaded for its own plug-ins only.
  const { buildAssemblyScript } = await import("../compile/assemblyscript.js");
  const wasm = await buildAssemblyScript({
    author,
    entry,
    collector: options.collector,
    report: reporter(io),
  });
  checkImports(wasm);
  return withCustomSection(wasm, "tenon:interface", new TextEncoder().encode(carried));
}

async function buildScript(
  given: TypeScriptBuild,
  options: BuildOptions,
  report: (text: string) => void,
): Promise<Uint8Array> {
  if (options.check) await checkTypes(given.author, given.cwd, report);
  const { buildTypeScript } = await import("../compile/typescript.js");
  return buildTypeScript(given);
}

async function watch(
  author: string,
  bindings: GuestBindings | undefined,
  options: BuildOptions,
  io: Io,
): Promise<void> {
  if (bindings?.target === "assemblyscript") {
    throw new CliError(
      "--watch is for plug-ins in TypeScript",
      "build an AssemblyScript plug-in without it",
      2,
    );
  }
  const { watchTypeScript } = await import("../compile/typescript.js");
  await watchTypeScript(
    await scriptBuild(author, bindings, options, io),
    async (wasm, milliseconds) => {
      await write(options.optimize ? await optimise(wasm, author) : wasm, options, io, milliseconds);
    },
    io.untilInterrupted(),
  );
}

async function scriptBuild(
  author: string,
  bindings: GuestBindings | undefined,
  { minify, sourcemap }: BuildOptions,
  io: Io,
): Promise<TypeScriptBuild> {
  return {
    author,
    cwd: io.cwd,
    interface: bindings && (await readInterface(bindings.interface, io)),
    minify: minify === true,
    sourcemap,
    report: reporter(io),
  };
}

async function write(wasm: Uint8Array, options: BuildOptions, io: Io, milliseconds?: number): Promise<void> {
  const output = resolve(io.cwd, options.output);
  await replaceFile(output, wasm);
  const file = relative(io.cwd, output) || output;
  const took = milliseconds === undefined ? "" : `  in ${Math.round(milliseconds)} ms`;
  if (options.json) io.stdout(`${JSON.stringify({ file, size: wasm.length })}\n`);
  else io.stdout(`wrote  ${file}  ${(wasm.length / 1024).toFixed(1)} KiB${took}\n`);
}

function reporter(io: Io): (text: string) => void {
  return (text) => io.stderr(text.split("\n").map(printable).join("\n"));
}

/** The definition as it was generated from. */
async function readInterface(path: string, io: Io): Promise<Record<string, unknown>> {
  const shown = relative(io.cwd, path);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch {
    throw new CliError(
      `there is no file ${shown}`,
      "run `tenon generate` again: it writes this file with the bindings",
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new CliError(`${shown} is not JSON`, "run `tenon generate` again");
  }
}
