import type { Interface } from "@tenon/schema";
import { format } from "prettier";
import type { GeneratedFile, Target, TargetOptions } from "../target.js";
import { emitOutcome, emitTypes, outcomeNames } from "./classes.js";
import { Codec } from "./codec.js";
import { header } from "./comments.js";
import { emitExports } from "./exports.js";
import { type Codecs, emitHost } from "./imports.js";
import { jsonDialect } from "./json.js";
import { messagepackDialect } from "./messagepack.js";
import { importLines } from "./modules.js";
import { supportFiles } from "./support.generated.js";
import { TARGET, Types } from "./types.js";

/**
 * Plug-ins in AssemblyScript. The author imports the classes of `<name>.guest.ts` and writes a module with one
 * function for each export; `<name>.exports.ts` is what the compiler starts from. The folder `tenon` is the support
 * library, which is complete: a plug-in needs no package at run time.
 */
export const assemblyscript: Target = {
  name: TARGET,
  side: "guest",
  async generate(definition: Interface, options: TargetOptions): Promise<GeneratedFile[]> {
    const types = new Types(definition);
    const codecs: Codecs = {
      messagepack: new Codec(types, messagepackDialect),
      json: new Codec(types, jsonDialect),
    };
    const outcomes = outcomeNames(definition, types);
    const { name } = definition;
    // The entry and the host's functions first: they ask for the codecs that are needed.
    const entry = emitExports(definition, types, codecs, outcomes);
    const host = emitHost(definition, types, codecs);
    const outcomeClasses = definition.exports.flatMap((operation) => {
      const outcome = outcomes.get(operation.name);
      return outcome === undefined ? [] : [emitOutcome(operation, outcome, types)];
    });
    const guest = [emitTypes(definition, types), ...outcomeClasses, host].filter((part) => part !== "");
    const declared = [...definition.types.map((type) => types.identifier(type.name)), ...outcomes.values()];
    const module = async (path: string, body: string): Promise<GeneratedFile> => ({
      path,
      content: await tidy(
        `${header(definition)}\n\n${importLines(path, body, name, declared, options)}\n\n${body}\n`,
      ),
    });
    const files = [
      await module(`${name}.guest.ts`, `${AUTHORS_EXPORTS}\n\n${guest.join("\n\n")}`),
      await module(`${name}.exports.ts`, `${ENTRY_EXPORTS}\n\n${entry}`),
    ];
    if (!codecs.messagepack.isEmpty)
      files.push(await module(`${name}.messagepack.ts`, codecs.messagepack.text));
    if (!codecs.json.isEmpty) files.push(await module(`${name}.json.ts`, codecs.json.text));
    return [...files, ...supportFiles.map(([path, content]) => ({ path: `tenon/${path}`, content }))];
  },
};

const AUTHORS_EXPORTS = `export { Box } from "./tenon/box";
export { config, log, vars } from "./tenon/environment";
export { Value, ValueKind } from "./tenon/value";`;

const ENTRY_EXPORTS = `export { tenon_abi, tenon_direct, tenon_reserve, tenon_result } from "./tenon/call";`;

async function tidy(text: string): Promise<string> {
  const formatted = await format(text, { parser: "typescript", printWidth: 110 });
  return formatted.replace(/^\/\/@external/gm, "@external");
}
