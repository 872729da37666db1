import { relative, resolve } from "node:path";
import type { GeneratedFile } from "@tenon/codegen";
import { type Command, Option } from "commander";
import { type Answers, completeAnswers, FORMATS, type InitFlags, KINDS, LANGUAGES } from "../init/answers.js";
import { type ProjectDefinition, projectDefinition } from "../init/definition.js";
import { hostProject } from "../init/host-project.js";
import { interfaceProject } from "../init/interface-project.js";
import { pluginProject } from "../init/plugin-project.js";
import { writeProject } from "../init/write-files.js";
import type { Io } from "../io.js";
import { printable } from "../printable.js";

interface InitOptions extends InitFlags {
  readonly force?: true;
  readonly json?: true;
}

/** Adds `tenon init`: a new interface, host or plug-in that builds and tests as it is. */
export function initCommand(program: Command, io: Io): void {
  program
    .command("init")
    .description("start an interface, a host or a plug-in; asks for what is not said")
    .argument("[folder]", "where the files go (default: a folder with the project's name)")
    .addOption(new Option("--kind <kind>", "what to make").choices(KINDS))
    .option("--name <name>", "the name of the package or, with --kind interface, of the interface")
    .addOption(
      new Option("--language <language>", "of the plug-in, or of a host's sample plug-in").choices(LANGUAGES),
    )
    .option("--interface <file>", "an existing definition, in place of an example")
    .addOption(new Option("--format <format>", "of a new definition").choices(FORMATS))
    .option("--yes", "ask nothing: take the defaults for what is not said")
    .option("--force", "overwrite files that are there")
    .option("--json", "ask nothing, and print what was written as a JSON object")
    .action(async (folder: string | undefined, options: InitOptions) => {
      const prompter = options.json ? undefined : await io.prompter?.();
      const answers = await completeAnswers(folder, options, io.cwd, prompter);
      const definition = await projectDefinition(answers, io);
      const files = await filesOf(answers, definition);
      const written = await writeProject(files, answers.folder, {
        cwd: io.cwd,
        force: options.force === true,
      });
      const next = nextSteps(answers, definition, io.cwd);
      if (options.json) io.stdout(`${JSON.stringify(report(answers, written, next), null, 2)}\n`);
      else io.stdout(summary(written, next));
    });
}

async function filesOf(answers: Answers, definition: ProjectDefinition): Promise<GeneratedFile[]> {
  switch (answers.kind) {
    case "interface":
      return interfaceProject(answers, definition);
    case "host":
      return hostProject(answers, definition);
    case "plugin":
      return pluginProject(answers, definition);
  }
}

/** Commands that the user goes on with. */
function nextSteps({ kind, folder }: Answers, { path }: ProjectDefinition, cwd: string): string[] {
  const to = relative(cwd, resolve(cwd, folder));
  if (kind === "interface") return [`tenon init --kind plugin --interface ${quoted(to, path)}`];
  const change = to === "" ? [] : [`cd ${quoted(to)}`];
  return [...change, "npm install", kind === "host" ? "npm run build && npm start" : "npm test"];
}

function quoted(...parts: readonly string[]): string {
  const path = parts.filter((part) => part !== "").join("/");
  return /^[\w@./\\:-]+$/.test(path) ? path : JSON.stringify(path);
}

function report({ kind, name, folder }: Answers, files: readonly string[], next: readonly string[]) {
  return { kind, name, folder, files, next };
}

function summary(written: readonly string[], next: readonly string[]): string {
  const lines = [...written.map((path) => `wrote  ${path}`), "", "Next:", ...next.map((step) => `  ${step}`)];
  return `${lines.map(printable).join("\n")}\n`;
}
