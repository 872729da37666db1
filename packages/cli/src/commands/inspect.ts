import { WasmFormatError } from "@tenon/wasm";
import type { Command } from "commander";
import { CliError } from "../cli-error.js";
import { printReport } from "../inspect/print.js";
import { buildReport, type InspectReport } from "../inspect/report.js";
import type { Io } from "../io.js";
import { inputName, readInput } from "../read-input.js";

/** Adds `tenon inspect`: what a plug-in exports, imports, declares, and how it can be called. It is not run. */
export function inspectCommand(program: Command, io: Io): void {
  program
    .command("inspect")
    .description("show what a plug-in exports, imports and carries, without running it")
    .argument("<plugin.wasm>", "the plug-in, or - for standard input")
    .option("--json", "print a JSON object")
    .action(async (file: string, options: { json?: true }) => {
      const report = describe(file, await readInput(file, io));
      io.stdout(options.json ? `${JSON.stringify(report, null, 2)}\n` : printReport(report, io.colour));
    });
}

function describe(file: string, bytes: Uint8Array): InspectReport {
  try {
    return buildReport(file, bytes);
  } catch (error) {
    if (!(error instanceof WasmFormatError)) throw error;
    throw new CliError(`${inputName(file)}: ${error.message}`, REMEDIES[error.code]);
  }
}

const REMEDIES: Record<WasmFormatError["code"], string> = {
  "not-wasm": "name a core WebAssembly module",
  truncated: "the file is cut off: build or download it again",
  malformed: "the file is damaged: build or download it again",
  unsupported: "build it as a core WebAssembly module, without features that are still experimental",
};
