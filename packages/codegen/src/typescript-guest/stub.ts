import type { Interface, Operation } from "@tenon/schema";
import { sampleOf } from "../sample.js";
import { docs } from "../typescript/docs.js";
import { formatModule } from "../typescript/format-module.js";
import { literal } from "../typescript/literal.js";

/**
 * A plug-in in TypeScript that answers each call with a sample: what its author starts from. `bindings` is the
 * generated module, as the plug-in imports it.
 */
export function typescriptPluginStub(given: Interface, bindings: string): Promise<string> {
  // As in the generated module: a guest sees the text of a time.
  const definition: Interface = { ...given, dates: "string" };
  const functions = definition.exports.map((operation) => {
    const { name, input, output } = operation;
    const sample = sampleOf(definition, operation).output;
    const body = output === undefined ? "" : `return ${literal(definition, output.type, sample)};`;
    return `${comment(operation)}${JSON.stringify(name)}(${input === undefined ? "" : "_input"}) {
// Your code goes here${output === undefined ? "" : ", in place of this sample"}.
${body}
},`;
  });
  return formatModule(`// The plug-in: one function for each export of the interface.
${hostRemark(definition)}
import { plugin } from ${JSON.stringify(bindings)};

export default plugin({
${functions.join("\n\n")}
});
`);
}

function comment(operation: Operation): string {
  const [text] = docs(operation);
  return text === undefined ? "" : `/**\n${text.replace(/^/gm, " * ")}\n */\n`;
}

function hostRemark({ imports }: Interface): string {
  if (imports.length === 0) return "";
  const calls = imports.map(({ name, input }) => {
    const call = /^[A-Za-z_]\w*$/.test(name) ? `host.${name}` : `host[${JSON.stringify(name)}]`;
    return `${call}(${input === undefined ? "" : "…"})`;
  });
  return `// Import \`host\` as well to call the application: ${calls.join(", ")}.`;
}
