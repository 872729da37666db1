import type { TargetOptions } from "../target.js";
import { TARGET_DEFAULTS } from "./options.js";

/** The import lines of a generated module: of all that generated code may use, what this body does use. */
export function importLines(
  path: string,
  body: string,
  name: string,
  declared: readonly string[],
  options: TargetOptions,
): string {
  // Strings and comments may hold any word: a line too many is harmless, since the compiler drops what is not used.
  const uses = (identifier: string): boolean => new RegExp(`(?<![\\w$.])${identifier}(?![\\w$])`).test(body);
  const isEncoding = path.endsWith(".messagepack.ts") || path.endsWith(".json.ts");
  const encoding = path.endsWith(".json.ts") ? "json" : "messagepack";
  const types = path.endsWith(".guest.ts") ? [] : declared.filter(uses);
  const lines: string[] = [];
  const named = (identifiers: readonly string[], from: string): void => {
    const used = identifiers.filter(uses);
    if (used.length > 0) lines.push(`import { ${used.join(", ")} } from ${JSON.stringify(from)};`);
  };
  const namespace = (identifier: string, from: string): void => {
    if (uses(identifier)) lines.push(`import * as ${identifier} from ${JSON.stringify(from)};`);
  };
  if (path.endsWith(".exports.ts")) {
    namespace("plugin", options.implementation ?? TARGET_DEFAULTS.implementation);
    // Named by the compiler's option, never by code: it has to be part of the program.
    lines.push(`import "./tenon/abort";`);
    lines.push(`import "./tenon/heap";`);
    namespace("refuse", "./tenon/refuse");
  }
  if (isEncoding) {
    namespace("reader", `./tenon/${encoding}-reader`);
    namespace("writer", `./tenon/${encoding}-writer`);
    namespace("values", `./tenon/value-${encoding}`);
    named(["Failure"], "./tenon/failure");
    named(["Input"], "./tenon/input");
  } else {
    namespace("call", "./tenon/call");
    namespace("exchange", "./tenon/host");
    named(["beginOutput"], "./tenon/output");
    named(["writeText"], "./tenon/text");
    namespace("messagepack", `./${name}.messagepack`);
    namespace("json", `./${name}.json`);
  }
  if (types.length > 0) lines.push(`import { ${types.join(", ")} } from "./${name}.guest";`);
  named(["Box"], "./tenon/box");
  named(["Value"], "./tenon/value");
  return lines.join("\n");
}
