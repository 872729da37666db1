import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { CliError } from "../cli-error.js";
import { nameProblem, withoutScope } from "./names.js";
import type { Prompter } from "./prompter.js";

export const KINDS = ["interface", "host", "plugin"] as const;
export const LANGUAGES = ["typescript", "assemblyscript"] as const;
export const FORMATS = ["json", "yaml"] as const;

export type Kind = (typeof KINDS)[number];
export type Language = (typeof LANGUAGES)[number];
export type Format = (typeof FORMATS)[number];

/** What was said on the command line: there is a flag for every question. */
export interface InitFlags {
  readonly kind?: Kind;
  readonly name?: string;
  readonly language?: Language;
  /** Path of a definition. */
  readonly interface?: string;
  readonly format?: Format;
  readonly yes?: true;
}

/** What is to be made. */
export interface Answers {
  readonly kind: Kind;
  /** The npm package's name or, for an interface, the interface's. */
  readonly name: string;
  /** As it was given, or made from the name. */
  readonly folder: string;
  /** Of the plug-in, or of a host's sample plug-in. */
  readonly language: Language;
  /** Path of an existing definition; absent for a new one. */
  readonly interface?: string;
  /** Of a new definition. */
  readonly format: Format;
}

/**
 * Completes what was said on the command line: by asking, or with the defaults when the user wants those.
 *
 * @throws CliError with exit code 2 when flags don't go together, or are missing and nobody is there to ask.
 */
export async function completeAnswers(
  folder: string | undefined,
  flags: InitFlags,
  cwd: string,
  prompter: Prompter | undefined,
): Promise<Answers> {
  if (flags.interface !== undefined && flags.format !== undefined) {
    throw new CliError("--format is for a new definition, and --interface names one", "leave one out", 2);
  }
  checkName(flags.name);
  const ask = flags.yes ? undefined : prompter;
  if (ask === undefined && !flags.yes) refuseIfMissing(folder, flags);

  const kind = flags.kind ?? (await ask?.select(KIND_QUESTION)) ?? "plugin";
  if (kind === "interface") refuseForInterface(flags);
  const name = flags.name ?? (await nameOf(folder, kind, cwd, ask));
  const language =
    flags.language ??
    (kind === "interface" ? undefined : await ask?.select(languageQuestion(kind))) ??
    "typescript";
  const definition = flags.interface ?? (kind === "interface" ? "" : await askDefinition(flags, cwd, ask));
  const format =
    flags.format ?? (definition ? undefined : await ask?.select(FORMAT_QUESTION)) ?? ("json" as const);
  const answers = { kind, name, folder: folder ?? withoutScope(name), language, format };
  return definition ? { ...answers, interface: definition } : answers;
}

const KIND_QUESTION = {
  message: "What do you want to make?",
  options: [
    { value: "plugin", hint: "a plug-in project" },
    { value: "host", hint: "an application that runs plug-ins" },
    { value: "interface", hint: "an interface definition, and nothing else" },
  ],
} as const;

const FORMAT_QUESTION = {
  message: "The definition's format?",
  options: [
    { value: "json", hint: "completed and checked by every editor" },
    { value: "yaml", hint: "has comments" },
  ],
} as const;

function languageQuestion(kind: Kind) {
  return {
    message: kind === "host" ? "The language of the sample plug-in?" : "The plug-in's language?",
    options: [
      { value: "typescript", hint: "with npm libraries; about 700 KB" },
      { value: "assemblyscript", hint: "small and fast; a language of its own that looks like TypeScript" },
    ],
  } as const;
}

/** An empty answer is a new definition. */
async function askDefinition(flags: InitFlags, cwd: string, ask: Prompter | undefined): Promise<string> {
  if (ask === undefined || flags.format !== undefined) return "";
  return ask.text({
    message: "A file with an interface definition?",
    otherwise: "",
    hint: "none: start with an example",
    check: (path) => (existsSync(resolve(cwd, path)) ? undefined : "there is no such file"),
  });
}

function refuseIfMissing(folder: string | undefined, { kind, name, language }: InitFlags): void {
  const missing = [
    ...(kind === undefined ? [`--kind ${KINDS.join("|")}`] : []),
    ...(name === undefined && folder === undefined ? ["--name <name>"] : []),
    ...(kind === "plugin" && language === undefined ? [`--language ${LANGUAGES.join("|")}`] : []),
  ];
  if (missing.length === 0) return;
  throw new CliError(
    `there is no terminal to ask on, and ${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} missing`,
    "give what is missing, or --yes for the defaults",
    2,
  );
}

function refuseForInterface({ language, interface: definition, name }: InitFlags): void {
  const other =
    language === undefined ? (definition === undefined ? undefined : "--interface") : "--language";
  if (other !== undefined) {
    throw new CliError(`${other} is for --kind host and plugin`, "leave it out with --kind interface", 2);
  }
  if (name?.startsWith("@")) {
    throw new CliError("the name of an interface has no scope", `use --name ${withoutScope(name)}`, 2);
  }
}

/** The folder's name where there is a folder, if it will do. */
async function nameOf(
  folder: string | undefined,
  kind: Kind,
  cwd: string,
  ask: Prompter | undefined,
): Promise<string> {
  const suggestion = folder === undefined ? `my-${kind}` : basename(resolve(cwd, folder));
  const problem = nameProblem(suggestion);
  if (folder !== undefined && problem === undefined) return suggestion;
  if (ask !== undefined) {
    const otherwise = problem === undefined ? suggestion : `my-${kind}`;
    const check = (name: string) =>
      kind === "interface" && name.startsWith("@")
        ? "the name of an interface has no scope"
        : nameProblem(name);
    return ask.text({ message: "Its name?", otherwise, check });
  }
  if (problem === undefined) return suggestion;
  throw new CliError(
    `the folder's name ${suggestion} can't be the project's: ${problem}`,
    "give a --name",
    2,
  );
}

function checkName(name: string | undefined): void {
  const problem = name === undefined ? undefined : nameProblem(name);
  if (problem !== undefined) throw new CliError(`--name ${name}: ${problem}`, "choose another name", 2);
}
