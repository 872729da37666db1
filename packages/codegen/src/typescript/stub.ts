import type { Interface } from "@tenon/schema";
import { sampleOf } from "../sample.js";
import { ClientNames } from "./client-names.js";
import { formatModule } from "./format-module.js";
import { literal } from "./literal.js";

/** What an application that starts from nothing needs to know of `<name>.host.ts`. */
export interface HostStub {
  /** The module's client class, `TextTools`; `createTextTools` makes one. */
  readonly client: string;
  readonly create: string;
  /** The type of the host functions, and an object of it that answers with samples. Absent: the plug-in asks nothing. */
  readonly functions?: { readonly type: string; readonly value: string };
  /** A call of each export, in document order. */
  readonly calls: readonly SampleCall[];
}

/** One call of the client, and what a plug-in that is a stub as well answers. */
export interface SampleCall {
  /** The export's name in the interface. */
  readonly name: string;
  /** What stands behind the client: `.countVowels({ text: "hello" })`. */
  readonly call: string;
  /** An expression; absent where there is no output. */
  readonly output?: string;
}

/**
 * The names and expressions that a first program around the generated client is written with. The expressions are
 * valid TypeScript, and not formatted.
 */
export function typescriptHostStub(definition: Interface): HostStub {
  const names = new ClientNames(definition);
  const calls = definition.exports.map((operation): SampleCall => {
    const { input, output } = operation;
    const sample = sampleOf(definition, operation);
    const argument = input === undefined ? "" : literal(definition, input.type, sample.input);
    const call = { name: operation.name, call: `.${names.method(operation.name)}(${argument})` };
    return output === undefined ? call : { ...call, output: literal(definition, output.type, sample.output) };
  });
  const stub = { client: names.client, create: `create${names.client}`, calls };
  return definition.imports.length === 0
    ? stub
    : { ...stub, functions: { type: names.functions, value: functionsValue(definition) } };
}

/** Formats a module of a scaffold as generated modules are. */
export function formatTypeScript(text: string): Promise<string> {
  return formatModule(text);
}

function functionsValue(definition: Interface): string {
  const functions = definition.imports.map((operation) => {
    const { name, input, output } = operation;
    const body =
      output === undefined
        ? ""
        : `return ${literal(definition, output.type, sampleOf(definition, operation).output)};`;
    return `${JSON.stringify(name)}(${input === undefined ? "" : "_input"}) {${body}},`;
  });
  return `{${functions.join("\n")}}`;
}
