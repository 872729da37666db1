import { readFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { withCustomSection } from "@tenon/wasm";
import { type Command, Option } from "commander";
import { CliError } from "../cli-error.js";
import { buildAssemblyScript } from "../compile/assemblyscript.js";
import { checkImports } from "../compile/check-plugin.js";
import { findBindings } from "../compile/guest-bindings.js";
import type { Io } from "../io.js";
import { printable } from "../printable.js";
import { replaceFile } from "../write-generated.js";

interface BuildOptions {
  readonly output: string;
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
      const wasm = await build(resolve(io.cwd, entry), options, io);
      const output = resolve(io.cwd, options.output);
      await replaceFile(output, wasm);
      const file = relative(io.cwd, output) || output;
      if (options.json) io.stdout(`${JSON.stringify({ file, size: wasm.length })}\n`);
      else io.stdout(`wrote  ${file}  ${(wasm.length / 1024).toFixed(1)} KiB\n`);
    });
}

/** Compiles; nothing is written, so that a failed build leaves the last good one in its place. */
async function build(author: string, options: BuildOptions, io: Io): Promise<Uint8Array> {
  const bindings = await findBindings(author, io.cwd);
  if (bindings.target !== "assemblyscript") {
    throw new CliError(`plug-ins in ${bindings.target} can't be built yet`, "use the target assemblyscript");
  }
  const carried = await readInterface(bindings.interface, io);
  const wasm = await buildAssemblyScript({
    author,
    entry: bindings.entry,
    collector: options.collector,
    report: (text) => io.stderr(text.split("\n").map(printable).join("\n")),
  });
  checkImports(wasm);
  return withCustomSection(wasm, "tenon:interface", carried);
}

/** The definition without the white space that is for readers. */
async function readInterface(path: string, io: Io): Promise<Uint8Array> {
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
    return new TextEncoder().encode(JSON.stringify(JSON.parse(text)));
  } catch {
    throw new CliError(`${shown} is not JSON`, "run `tenon generate` again");
  }
}
