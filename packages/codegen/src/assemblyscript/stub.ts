import type { Interface, Operation } from "@tenon/schema";
import { format } from "prettier";
import { assignIdentifiers } from "../names.js";
import { sampleOf } from "../sample.js";
import { outcomeNames } from "./classes.js";
import { docComment, oneLine, quote } from "./comments.js";
import { authorFunctions } from "./exports.js";
import { Literals } from "./literal.js";
import { KEYWORDS, LOCALS, TYPE_NAMES } from "./reserved.js";
import { Types } from "./types.js";

/**
 * A plug-in in AssemblyScript that answers each call with a sample: what its author starts from. `bindings` is the
 * generated `<name>.guest`, as the plug-in imports it.
 *
 * @throws TargetError when AssemblyScript can't express the interface.
 */
export async function assemblyScriptPluginStub(definition: Interface, bindings: string): Promise<string> {
  const types = new Types(definition);
  const outcomes = outcomeNames(definition, types);
  const declared = [...definition.types.map((type) => types.identifier(type.name)), ...outcomes.values()];
  const authors = authorFunctions(definition);
  const author = (name: string): string => authors.get(name) ?? name;
  // A function can't have the name of what it imports or uses: it gets another, and is exported under its own.
  const locals = assignIdentifiers(
    definition.exports.map(({ name }) => author(name)),
    new Set([...KEYWORDS, ...LOCALS, ...TYPE_NAMES, ...declared, "log"]),
  );
  const functions = definition.exports.map((operation) => {
    const name = author(operation.name);
    return stub(operation, name, locals.get(name) ?? name, types, outcomes.get(operation.name), definition);
  });
  const body = functions.join("\n\n");
  const uses = (name: string): boolean => new RegExp(`(?<![\\w$.])${name}(?![\\w$])`).test(body);
  const used = [...declared, "Box", "Value"].filter(uses).sort();
  // `tenon build` finds the bindings by this import, so that there has to be one.
  const names = used.length === 0 ? ["log"] : used;
  const text = `// The plug-in: one function for each export of the interface.
${hostRemark(definition)}
import { ${names.join(", ")} } from ${JSON.stringify(bindings)};

${body}
`;
  return format(text, { parser: "typescript", printWidth: 110 });
}

function stub(
  operation: Operation,
  author: string,
  local: string,
  types: Types,
  outcome: string | undefined,
  definition: Interface,
): string {
  const { input, output } = operation;
  const literals = new Literals(types);
  const value = output === undefined ? "" : literals.of(output.type, sampleOf(definition, operation).output);
  const result = outcome ?? (output === undefined ? "void" : types.text(output.type));
  const returned = outcome === undefined ? value : `${outcome}.ok(${value})`;
  const parameter = input === undefined ? "" : `input: ${types.text(input.type)}`;
  const body = [
    `// Your code goes here${output === undefined ? "" : ", in place of this sample"}.`,
    ...literals.statements,
    ...(returned === "" ? [] : [`return ${returned};`]),
  ];
  const exported = local === author ? "export " : "";
  return `${docComment(operation.description, operation.deprecated && "@deprecated")}${exported}function ${local}(${parameter}): ${result} {
${body.join("\n")}
}${local === author ? "" : `\nexport { ${local} as ${author} };`}`;
}

function hostRemark({ imports }: Interface): string {
  if (imports.length === 0) return "";
  const names = imports.map(({ name }) => oneLine(quote(name)));
  return `// Import \`host\` as well to call the application, which offers ${names.join(", ")}.`;
}
