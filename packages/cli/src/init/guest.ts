import {
  assemblyScriptPluginStub,
  type GeneratedFile,
  generate,
  TargetError,
  targets,
  typescriptPluginStub,
} from "@tenon/codegen";
import { CliError } from "../cli-error.js";
import type { Language } from "./answers.js";
import type { ProjectDefinition } from "./definition.js";
import { json } from "./project-files.js";

/** The source of a plug-in in a project, and the commands that make it. */
export interface Guest {
  readonly files: readonly GeneratedFile[];
  /** The author's module. */
  readonly entry: string;
  /** Writes the bindings. */
  readonly generate: string;
  /** Makes the plug-in, when the bindings are there. */
  readonly build: string;
  /** The packages that it takes. */
  readonly packages: readonly string[];
}

/**
 * A plug-in with a stub for each export, in a folder of the project. `output` is the file that it is built into.
 *
 * @throws CliError when the language can't express the interface.
 */
export async function guestFiles(
  definition: ProjectDefinition,
  language: Language,
  { folder, output }: { readonly folder: string; readonly output: string },
): Promise<Guest> {
  const { interface: contract, path } = definition;
  const target = TARGETS[language];
  await refuseInexpressible(definition, target);
  const entry = `${folder}/plugin.ts`;
  const bindings = `./gen/${contract.name}.guest`;
  const stub =
    language === "typescript"
      ? await typescriptPluginStub(contract, `${bindings}.js`)
      : await assemblyScriptPluginStub(contract, bindings);
  return {
    files: [
      { path: entry, content: stub },
      { path: `${folder}/tsconfig.json`, content: json(COMPILER_OPTIONS[language]) },
    ],
    entry,
    generate: `tenon generate ${path} --guest ${target} --out ${folder}/gen`,
    build: `tenon build ${entry} -o ${output}`,
    packages: language === "typescript" ? ["@tenon/pdk", "typescript"] : ["assemblyscript"],
  };
}

/** The code generator's names. */
const TARGETS: Readonly<Record<Language, string>> = {
  typescript: "typescript-guest",
  assemblyscript: "assemblyscript",
};

const COMPILER_OPTIONS: Readonly<Record<Language, object>> = {
  typescript: {
    compilerOptions: {
      target: "ES2023",
      lib: ["ES2023"],
      module: "ESNext",
      moduleResolution: "Bundler",
      // What a plug-in has besides the language: console, TextEncoder, fetch and the like, but no document.
      types: ["@tenon/pdk/globals"],
      strict: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: true,
      noEmit: true,
    },
    include: ["."],
  },
  // For editors: the compiler needs no such file.
  assemblyscript: { extends: "assemblyscript/std/assembly.json", include: ["./**/*.ts"] },
};

/** Says now what `tenon generate` would say in the new project. */
async function refuseInexpressible(
  { interface: contract, path }: ProjectDefinition,
  name: string,
): Promise<void> {
  const target = targets.get(name);
  try {
    if (target !== undefined) await generate(contract, target);
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    throw new CliError(`${path}: ${error.message}`, "nothing was written");
  }
}
