import type { Interface } from "@tenon/schema";
import asc from "assemblyscript/asc";
import { type Collector, compilerArguments } from "../options.js";
import { assemblyscript } from "../target.js";

/** What compiling a plug-in gave: the module, or what the compiler said. */
export interface Compiled {
  readonly bytes: Uint8Array;
  readonly messages: string;
}

/** Generates a plug-in's files, adds the author's module, and compiles all of it in memory. */
export async function compilePlugin(
  definition: Interface,
  author: string,
  options: { readonly collector?: Collector; readonly optimise?: boolean; readonly runtime?: string } = {},
): Promise<Compiled> {
  const files = new Map<string, string>([["plugin.ts", author]]);
  for (const { path, content } of await assemblyscript.generate(definition, {})) {
    files.set(`generated/${path}`, content);
  }
  const entry = `generated/${definition.name}.exports.ts`;
  const all =
    options.runtime === undefined
      ? compilerArguments(entry, options.collector)
      : [
          entry,
          "--runtime",
          options.runtime,
          "--use",
          "abort=generated/tenon/abort/abort",
          "--optimizeLevel",
        ];
  // Tests compile large modules, and optimising those takes longer than running them.
  const args = options.optimise
    ? all
    : [...all.slice(0, all.indexOf("--optimizeLevel")), "--optimizeLevel", "0"];
  let bytes = new Uint8Array();
  const { error, stderr } = await asc.main([...args, "-o", "plugin.wasm"], {
    readFile: (name) => files.get(name.replaceAll("\\", "/")) ?? null,
    writeFile: (_name, content) => {
      if (typeof content !== "string") bytes = new Uint8Array(content);
    },
    listFiles: () => [],
  });
  const messages = stderr.toString();
  if (error !== null && messages === "") throw error;
  return { bytes, messages };
}
