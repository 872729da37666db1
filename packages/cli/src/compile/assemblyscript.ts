import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { assemblyScriptArguments, type Collector } from "@tenon/codegen";
import { CliError } from "../cli-error.js";

export interface AssemblyScriptBuild {
  /** The author's module. */
  readonly author: string;
  /** The generated `<name>.exports.ts`. */
  readonly entry: string;
  readonly collector: Collector;
  /** Receives what the compiler says: errors and warnings, with their places. */
  readonly report: (text: string) => void;
}

/**
 * Compiles a plug-in with the author's own AssemblyScript compiler.
 *
 * @throws CliError when there is no compiler, or the plug-in does not compile.
 */
export async function buildAssemblyScript(build: AssemblyScriptBuild): Promise<Uint8Array<ArrayBuffer>> {
  const asc = await findCompiler(build.author);
  const base = commonFolder(build.author, build.entry);
  const outFile = "plugin.wasm";
  let wasm: Uint8Array<ArrayBuffer> | undefined;
  const { error, stderr } = await asc.main(
    [...assemblyScriptArguments(slashes(relative(base, build.entry)), build.collector), "-o", outFile],
    {
      readFile: (name, folder) => readFile(join(base, folder ?? "", name), "utf8").catch(() => null),
      writeFile: (_, content) => {
        if (typeof content !== "string") wasm = new Uint8Array(content);
      },
      listFiles: (name, folder) =>
        readdir(join(base, folder ?? "", name)).then(
          (files) => files.filter((file) => file.endsWith(".ts")),
          () => null,
        ),
    },
  );
  const messages = stderr.toString();
  if (messages !== "") build.report(messages);
  if (error !== null || wasm === undefined) {
    throw new CliError(
      "the plug-in does not compile",
      messages === "" ? String(error) : "see the compiler's messages above",
    );
  }
  return wasm;
}

// The part of `assemblyscript/asc` that is used. The package is the author's, and may be any version.
interface Compiler {
  main(
    args: string[],
    api: {
      readFile: (name: string, folder: string) => Promise<string | null>;
      writeFile: (name: string, content: string | Uint8Array) => void;
      listFiles: (name: string, folder: string) => Promise<string[] | null>;
    },
  ): Promise<{ error: Error | null; stderr: { toString(): string } }>;
}

async function findCompiler(author: string): Promise<Compiler> {
  let manifest: string;
  try {
    manifest = createRequire(author).resolve("assemblyscript/package.json");
  } catch {
    throw new CliError(
      "the AssemblyScript compiler is not installed",
      "run `npm install --save-dev assemblyscript`",
    );
  }
  // Its "./asc" export exists for `import` only, which can't be told from where to resolve.
  const module: { default: Compiler } = await import(
    pathToFileURL(join(dirname(manifest), "dist", "asc.js")).href
  );
  return module.default;
}

/** The innermost folder that holds both files and, so that packages are found, goes up to the nearest package. */
function commonFolder(a: string, b: string): string {
  const [first, second] = [dirname(a).split(sep), dirname(b).split(sep)];
  let length = 0;
  while (length < first.length && first[length] === second[length]) length++;
  let folder = first.slice(0, length).join(sep) || sep;
  for (let parent = folder; ; parent = dirname(parent)) {
    if (existsSync(join(parent, "package.json"))) {
      folder = parent;
      break;
    }
    if (parent === dirname(parent)) break;
  }
  return folder;
}

function slashes(path: string): string {
  return path.split(sep).join("/");
}
