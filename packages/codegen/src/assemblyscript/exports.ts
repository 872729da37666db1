import type { Interface, Operation } from "@tenon/schema";
import { assignIdentifiers } from "../names.js";
import { TargetError } from "../target.js";
import type { Codecs } from "./imports.js";
import { ENTRY_NAMES, KEYWORDS, TYPE_NAMES } from "./reserved.js";
import { TARGET, type Types } from "./types.js";

/**
 * The functions of the entry module: each of the interface's exports in both conventions, around a call of the
 * author's function.
 *
 * @throws TargetError when AssemblyScript can't export a name.
 */
export function emitExports(
  definition: Interface,
  types: Types,
  codecs: Codecs,
  outcomes: ReadonlyMap<string, string>,
): string {
  const names = definition.exports.map((operation) => operation.name);
  for (const name of names) refuseName(name);
  const authors = assignIdentifiers(names, KEYWORDS);
  const declared = definition.types.map((type) => types.identifier(type.name));
  const reserved = new Set([...ENTRY_NAMES, ...TYPE_NAMES, ...declared, ...outcomes.values()]);
  const entries = assignIdentifiers(names, reserved);
  return definition.exports
    .map((operation) => {
      const author = authors.get(operation.name) ?? operation.name;
      const entry = entries.get(operation.name) ?? operation.name;
      return emitExport(operation, author, entry, types, codecs, outcomes.get(operation.name));
    })
    .join("\n\n");
}

/** The author's function for each export, by the export's name. */
export function authorFunctions(definition: Interface): ReadonlyMap<string, string> {
  return assignIdentifiers(
    definition.exports.map((operation) => operation.name),
    KEYWORDS,
  );
}

// What the compiler's tokenizer takes for an identifier.
const EXPORTABLE = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

function refuseName(name: string): void {
  const pointer = `/exports/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  if (!EXPORTABLE.test(name)) {
    throw new TargetError(
      TARGET,
      pointer,
      `AssemblyScript can't export a function called ${JSON.stringify(name)}: use letters, digits, "_" and "$"`,
    );
  }
  if (name === "memory" || name.startsWith("tenon_")) {
    throw new TargetError(TARGET, pointer, `every plug-in has a "${name}" of its own: choose another name`);
  }
}

function emitExport(
  operation: Operation,
  author: string,
  entry: string,
  types: Types,
  codecs: Codecs,
  outcome: string | undefined,
): string {
  const { name } = operation;
  const renamed =
    entry === name ? "" : `\nexport { ${entry} as ${name}, tenon_call_${entry} as tenon_call_${name} };`;
  const exported = entry === name ? "export " : "";
  return `${exported}function ${entry}(): i32 {
  const outer = call.enterKernel();
  return call.leaveKernel(tenon_run_${entry}(), outer);
}

${exported}function tenon_call_${entry}(address: i32, length: i32): i32 {
  const outer = call.enterDirect(address, length);
  return call.leaveDirect(tenon_run_${entry}(), outer);
}

function tenon_run_${entry}(): i32 {
${[...decode(operation, codecs), ...run(operation, author, types, codecs, outcome)].join("\n")}
}${renamed}`;
}

function decode({ input }: Operation, codecs: Codecs): string[] {
  switch (input?.encoding) {
    case undefined:
      return [];
    case "binary":
      return ["const input = call.binaryInput();"];
    case "text":
      return ["const input = call.textInput();", "if (refuse.textInput()) return 1;"];
    case "json":
      return [`const input = json.${codecs.json.reader(input.type)}();`, "if (refuse.jsonInput()) return 1;"];
    case "messagepack":
      return [
        `const input = messagepack.${codecs.messagepack.reader(input.type)}();`,
        "if (refuse.messagePackInput()) return 1;",
      ];
  }
}

function run(
  operation: Operation,
  author: string,
  types: Types,
  codecs: Codecs,
  outcome: string | undefined,
): string[] {
  const { input, output, errors } = operation;
  const call = `plugin.${author}(${input === undefined ? "" : "input"})`;
  if (errors === undefined || outcome === undefined) {
    if (output === undefined) return [`${call};`, "return call.succeedWithNothing();"];
    return [`const output: ${types.text(output.type)} = ${call};`, ...encode(operation, "output", codecs)];
  }
  const value = (slot: string, type: typeof errors.type): string =>
    types.isReference(type) && types.resolve(type).kind !== "nullable"
      ? `outcome.${slot}!`
      : `outcome.${slot}`;
  return [
    `const outcome: ${outcome} = ${call};`,
    "if (outcome.failed) {",
    "beginOutput();",
    `json.${codecs.json.writer(errors.type)}(${value("error", errors.type)});`,
    "return refuse.jsonError() ? 1 : call.failWithOutput();",
    "}",
    ...(output === undefined
      ? ["return call.succeedWithNothing();"]
      : encode(operation, value("value", output.type), codecs)),
  ];
}

function encode({ output }: Operation, value: string, codecs: Codecs): string[] {
  switch (output?.encoding) {
    case undefined:
      return [];
    case "binary":
      return [`return call.succeedWithBytes(${value});`];
    case "text":
      return [`return call.succeedWithText(${value});`];
    case "json":
      return [
        "beginOutput();",
        `json.${codecs.json.writer(output.type)}(${value});`,
        "return refuse.jsonOutput() ? 1 : call.succeed();",
      ];
    case "messagepack":
      return [
        "beginOutput();",
        `messagepack.${codecs.messagepack.writer(output.type)}(${value});`,
        "return refuse.messagePackOutput() ? 1 : call.succeed();",
      ];
  }
}
