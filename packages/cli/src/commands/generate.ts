import { resolve, sep } from "node:path";
import { generate, type Target, TargetError, targets } from "@tenon/codegen";
import {
  type Encoding,
  formatDiagnostics,
  InterfaceError,
  type LoadedInterface,
  loadInterface,
} from "@tenon/schema";
import { type Command, Option } from "commander";
import { CliError } from "../cli-error.js";
import type { Io } from "../io.js";
import { printable } from "../printable.js";
import { type WrittenFile, writeGenerated } from "../write-generated.js";

interface GenerateOptions {
  readonly host?: string;
  readonly guest?: string;
  readonly out: string;
  readonly encoding?: Encoding;
  readonly plugin?: string;
  readonly force?: true;
  readonly json?: true;
}

/** Adds `tenon generate`: typed bindings from an interface definition. */
export function generateCommand(program: Command, io: Io): void {
  program
    .command("generate")
    .description("generate typed bindings from an interface definition")
    .argument("<interface>", "the definition, JSON or YAML")
    .addOption(new Option("--host <language>", "bindings for the application").choices(languages("host")))
    .addOption(new Option("--guest <language>", "bindings for the plug-in").choices(languages("guest")))
    .requiredOption("--out <folder>", "where the files go")
    .addOption(
      new Option("--encoding <encoding>", "what to use in place of the definition's own `encoding`").choices([
        "json",
        "messagepack",
      ]),
    )
    .option(
      "--plugin <module>",
      "the plug-in's functions, as the guest bindings import them (default: ../plugin)",
    )
    .option("--force", "overwrite files that Tenon did not generate")
    .option("--json", "print what was written as a JSON object")
    .action(async (definition: string, options: GenerateOptions) => {
      const written = await run(definition, options, io);
      if (options.json) io.stdout(`${JSON.stringify({ files: written }, null, 2)}\n`);
      else io.stdout(summary(written));
    });
}

function languages(side: Target["side"]): string[] {
  return [...targets.values()].filter((target) => target.side === side).map((target) => target.name);
}

async function run(definition: string, options: GenerateOptions, io: Io): Promise<WrittenFile[]> {
  const chosen = [options.host, options.guest].flatMap((name) => targets.get(name ?? "") ?? []);
  if (chosen.length === 0) {
    throw new CliError("nothing to generate", "add --host typescript, --guest assemblyscript, or both", 2);
  }
  const loaded = await loadDefinition(definition, options.encoding, io);
  try {
    const files = await Promise.all(
      chosen.map((target) =>
        generate(
          loaded.interface,
          target,
          options.plugin === undefined ? {} : { implementation: options.plugin },
        ),
      ),
    );
    if (chosen.some((target) => target.side === "guest")) files.push([embedded(loaded)]);
    return await writeGenerated(files.flat(), options.out, { cwd: io.cwd, force: options.force === true });
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    throw new CliError(`${definition}: ${error.message}`, "nothing was written");
  }
}

/** A line a file; the support library, in a folder of its own, is one line. */
function summary(written: readonly WrittenFile[]): string {
  const lines = new Map<string, number>();
  for (const { path, changed } of written) {
    const library = /^(?:.*[/\\])?tenon[/\\]/.exec(path)?.[0];
    const line = `${changed ? "wrote    " : "unchanged"}  ${library ?? path}`;
    lines.set(line, (lines.get(line) ?? 0) + 1);
  }
  return [...lines].map(([line, count]) => `${line}${count === 1 ? "" : ` (${count} files)`}\n`).join("");
}

/** The definition as plug-ins embed it: `tenon build` finds it beside the guest's bindings. */
function embedded({ interface: { name }, document }: LoadedInterface) {
  return { path: `${name}.interface.json`, content: `${JSON.stringify(document, null, 2)}\n` };
}

/** Loads a definition; every problem it has is a line on standard error. */
export async function loadDefinition(
  path: string,
  encoding: Encoding | undefined,
  io: Io,
): Promise<LoadedInterface> {
  try {
    return await loadInterface(resolve(io.cwd, path), encoding === undefined ? {} : { encoding });
  } catch (error) {
    if (!(error instanceof InterfaceError)) throw error;
    const { diagnostics } = error;
    const text = formatDiagnostics(diagnostics).replaceAll(`${io.cwd}${sep}`, "");
    for (const line of text.split("\n")) io.stderr(`${printable(line)}\n`);
    const count = diagnostics.length === 1 ? "a problem" : `${diagnostics.length} problems`;
    throw new CliError(`${path} has ${count}`, "nothing was generated");
  }
}
