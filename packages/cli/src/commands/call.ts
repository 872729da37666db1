import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { PluginError, TenonError } from "@tenon/runtime";
import { InterfaceError, normaliseInterface } from "@tenon/schema";
import { customSections } from "@tenon/wasm";
import { type Command, Option } from "commander";
import { type CallOutcome, type CallRequest, callPlugin } from "../call/call-plugin.js";
import { CliError } from "../cli-error.js";
import type { Io } from "../io.js";
import { readInput } from "../read-input.js";
import { loadDefinition } from "./generate.js";

interface CallOptions {
  readonly input?: string;
  readonly inputFile?: string;
  readonly interface?: string;
  readonly raw?: true;
  readonly functions?: string;
  readonly config: Record<string, string>;
  readonly logLevel?: CallRequest["logLevel"];
  readonly json?: true;
}

/** Adds `tenon call`: one call of one export, with JSON where an interface is known and with bytes where none is. */
export function callCommand(program: Command, io: Io): void {
  program
    .command("call")
    .description("call an export of a plug-in")
    .argument("<plugin.wasm>", "the plug-in, or a manifest")
    .argument("<export>", "the function to call")
    .argument("[-]", "take the input from standard input")
    .addOption(new Option("--input <text>", "the input").conflicts("inputFile"))
    .option("--input-file <file>", "a file with the input")
    .addOption(
      new Option(
        "--interface <file>",
        "the interface definition: input and output are JSON (default: the one that the plug-in carries)",
      ).conflicts("raw"),
    )
    .option("--raw", "send and print the bytes as they are, whatever interface the plug-in carries")
    .option("--functions <module>", "a JavaScript module that exports the host functions")
    .option("--config <key=value>", "a configuration value; may be repeated", collectConfig, {})
    .addOption(
      new Option("--log-level <level>", "print what the plug-in logs to standard error").choices([
        "trace",
        "debug",
        "info",
        "warn",
        "error",
      ]),
    )
    .option("--json", "print a JSON object with the output or the error")
    .action(async (plugin: string, name: string, dash: string | undefined, options: CallOptions) => {
      const outcome = await run(plugin, name, dash, options, io);
      print(outcome, options.json === true, io);
    });
}

async function run(
  plugin: string,
  name: string,
  dash: string | undefined,
  options: CallOptions,
  io: Io,
): Promise<CallOutcome> {
  const input = await readCallInput(dash, options, io);
  const bytes = await readInput(plugin, io);
  const definition = options.raw ? undefined : await findInterface(bytes, options, io);
  const functions = options.functions === undefined ? {} : await importFunctions(options.functions, io);
  try {
    return await callPlugin({
      source: bytes,
      file: plugin,
      name,
      input,
      definition,
      functions,
      config: options.config,
      logLevel: options.logLevel,
      log: (line) => io.stderr(`${line}\n`),
    });
  } catch (error) {
    if (!(error instanceof TenonError)) throw error;
    if (!options.json) throw new CliError(error.message, remedy(error));
    const detail = error instanceof PluginError && error.detail !== undefined ? { detail: error.detail } : {};
    io.stdout(
      `${JSON.stringify({ error: { code: error.code, message: error.message, ...detail } }, bigintText)}\n`,
    );
    throw new CliError(`the call failed with ${error.code}`, "see the JSON on standard output");
  }
}

async function readCallInput(dash: string | undefined, options: CallOptions, io: Io): Promise<Uint8Array> {
  if (dash !== undefined && dash !== "-") {
    throw new CliError(`unexpected argument ${dash}`, "give the input with --input, --input-file or -", 2);
  }
  const given = [dash, options.input, options.inputFile].filter((item) => item !== undefined);
  if (given.length > 1)
    throw new CliError("the input is given twice", "use one of --input, --input-file and -", 2);
  if (options.inputFile !== undefined) return readInput(options.inputFile, io);
  if (options.input !== undefined) return new TextEncoder().encode(options.input);
  return dash === undefined ? new Uint8Array() : io.stdin();
}

async function findInterface(bytes: Uint8Array, options: CallOptions, io: Io) {
  if (options.interface !== undefined)
    return (await loadDefinition(options.interface, undefined, io)).interface;
  const [section] = isWasm(bytes) ? customSections(bytes, "tenon:interface") : [];
  if (section === undefined) return undefined;
  try {
    return normaliseInterface(JSON.parse(new TextDecoder().decode(section)), { file: "tenon:interface" });
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof InterfaceError)) throw error;
    throw new CliError(
      "the interface that the plug-in carries is damaged",
      "name another with --interface, or call it with --raw",
    );
  }
}

function isWasm(bytes: Uint8Array): boolean {
  return bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d;
}

async function importFunctions(path: string, io: Io): Promise<Record<string, unknown>> {
  const file = resolve(io.cwd, path);
  // Reading it first tells a missing file from one that fails when it runs.
  await readFile(file).catch(() => {
    throw new CliError(`there is no file ${path}`, "check the path");
  });
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    throw new CliError(`${path} fails when it is loaded: ${String(error)}`, "mend the module");
  }
}

function collectConfig(pair: string, config: Record<string, string>): Record<string, string> {
  const at = pair.indexOf("=");
  if (at < 1) throw new CliError(`--config takes key=value; got ${pair}`, "write --config key=value", 2);
  return { ...config, [pair.slice(0, at)]: pair.slice(at + 1) };
}

function print({ text, bytes }: CallOutcome, json: boolean, io: Io): void {
  if (json) {
    const output = text === undefined ? JSON.stringify(Buffer.from(bytes).toString("base64")) : text;
    io.stdout(`{"output":${output === "" ? "null" : output}}\n`);
  } else if (text !== undefined) {
    if (text !== "") io.stdout(`${text}\n`);
  } else {
    io.stdout(bytes);
  }
}

function remedy(error: TenonError): string {
  switch (error.code) {
    case "import-missing":
      return "give host functions with --functions module.mjs";
    case "export-missing":
      return "see `tenon inspect` for its exports";
    case "invalid-input":
      return "see the interface for what it takes";
    default:
      return `code ${error.code}`;
  }
}

function bigintText(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
