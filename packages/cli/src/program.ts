import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { CliError } from "./cli-error.js";
import type { Io } from "./io.js";
import { printable } from "./printable.js";

type AddCommand = (program: Command, io: Io) => void;

/**
 * Every command, in the order of the help text. Only the one that is called is loaded: the generators alone take
 * longer to load than a plug-in to build.
 */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  init: async () => (await import("./commands/init.js")).initCommand,
  generate: async () => (await import("./commands/generate.js")).generateCommand,
  build: async () => (await import("./commands/build.js")).buildCommand,
  call: async () => (await import("./commands/call.js")).callCommand,
  inspect: async () => (await import("./commands/inspect.js")).inspectCommand,
};

/**
 * Runs the `tenon` command with the arguments behind its name, and answers with the exit code: 0, 1 for a failure,
 * 2 for a wrong use. Failures are one line on standard error.
 */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const program = await buildProgram(args, io);
  if (args.length === 0) {
    io.stdout(program.helpInformation());
    return 0;
  }
  try {
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0; // --help and --version
    const failure = error instanceof CommanderError ? wrongUse(error, program, args) : asCliError(error);
    io.stderr(`tenon: ${printable(failure.message)}\n`);
    return failure.exitCode;
  }
}

async function buildProgram([first = ""]: readonly string[], io: Io): Promise<Command> {
  const program = new Command("tenon")
    .description("Typed WebAssembly plug-ins: generate bindings, build, call and inspect.")
    .version(readVersion())
    .exitOverride()
    // Errors are printed by `run`, in the form that all failures have.
    .configureOutput({ writeOut: io.stdout, writeErr: () => {}, outputError: () => {} });
  if (first === "--version" || first === "-V") return program;
  // For help, and for a name that is nearly one of them, all are needed.
  const called = Object.hasOwn(COMMANDS, first) ? [COMMANDS[first]] : Object.values(COMMANDS);
  for (const load of called) (await load?.())?.(program, io);
  return program;
}

function readVersion(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  // The cast holds because it is this package's own manifest.
  return (JSON.parse(text) as { version: string }).version;
}

/** Commander's message is `error: what is wrong`, and a second line with the nearest spelling if there is one. */
function wrongUse(error: CommanderError, program: Command, args: readonly string[]): CliError {
  // `tenon help nope`: commander shows its help, and says nothing about the name.
  if (error.code === "commander.help") {
    return new CliError(`unknown command '${args.at(-1)}'`, "see `tenon --help`", 2);
  }
  const [, problem = error.message, near] =
    /^(?:error: )?([\s\S]*?)\.?(?:\n\(Did you mean ([\s\S]*)\?\))?$/.exec(error.message) ?? [];
  const command = program.commands.find((one) => args[0] === one.name());
  const help = command ? `tenon ${command.name()} --help` : "tenon --help";
  return new CliError(problem, near ? `did you mean ${near}?` : `see \`${help}\``, 2);
}

function asCliError(error: unknown): CliError {
  if (error instanceof CliError) return error;
  const text = error instanceof Error ? error.message : String(error);
  return new CliError(`unexpected failure: ${text}`, "this is a mistake in tenon itself, please report it");
}
