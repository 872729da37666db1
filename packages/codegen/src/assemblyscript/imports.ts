import type { Interface, Operation, Payload } from "@tenon/schema";
import { assignIdentifiers } from "../names.js";
import type { Codec } from "./codec.js";
import { docComment, quote } from "./comments.js";
import { KEYWORDS, LOCALS, TYPE_NAMES } from "./reserved.js";
import type { Types } from "./types.js";

/** The codecs that a module with payloads calls, by encoding. */
export interface Codecs {
  readonly messagepack: Codec;
  readonly json: Codec;
}

/** The namespace `host`: a typed function for each of the interface's imports. Empty when there are none. */
export function emitHost(definition: Interface, types: Types, codecs: Codecs): string {
  if (definition.imports.length === 0) return "";
  const declared = definition.types.map((type) => types.identifier(type.name));
  const identifiers = assignIdentifiers(
    definition.imports.map((operation) => operation.name),
    new Set([...KEYWORDS, ...LOCALS, ...TYPE_NAMES, ...IMPORTED, ...declared]),
  );
  const identifier = (operation: Operation): string => identifiers.get(operation.name) ?? operation.name;
  const functions = definition.imports.map((operation) =>
    emitFunction(operation, identifier(operation), types, codecs),
  );
  const declarations = definition.imports.map(
    // The decorator hides in a comment from the formatter, which knows none on functions.
    (operation) => `//@external("extism:host/user", ${quote(operation.name)})
declare function import_${identifier(operation)}(argument: i64): i64;`,
  );
  return `/** The functions that the host offers. Arrays that a function returns for \`binary\` are views: \`slice()\` to keep them. */
export namespace host {
${functions.join("\n\n")}
}

${declarations.join("\n")}`;
}

const IMPORTED = ["beginOutput", "call", "exchange", "host", "json", "messagepack", "writeText"];

function emitFunction(operation: Operation, identifier: string, types: Types, codecs: Codecs): string {
  const { input, output } = operation;
  const doc = docComment(
    operation.description,
    identifier !== operation.name && `Called ${quote(operation.name)} in the interface.`,
    input?.description !== undefined && `@param input ${input.description}`,
    output?.description !== undefined && `@returns ${output.description}`,
    operation.deprecated && "@deprecated",
  );
  const parameter = input === undefined ? "" : `input: ${types.text(input.type)}`;
  const result = output === undefined ? "void" : types.text(output.type);
  const call = `import_${identifier}(${send(operation, codecs)[1]})`;
  const lines = [
    send(operation, codecs)[0],
    output === undefined ? `exchange.receiveNothing(${call});` : `exchange.receive(${call});`,
    output === undefined ? "" : receive(operation.name, output, codecs),
  ];
  return `${doc}export function ${identifier}(${parameter}): ${result} {\n${lines.join("\n")}\n}`;
}

/** The statements that encode the argument, and the expression that sends it. */
function send({ name, input }: Operation, codecs: Codecs): [string, string] {
  switch (input?.encoding) {
    case undefined:
      return ["", "exchange.sendNothing()"];
    case "binary":
      return ["", "exchange.sendBytes(input)"];
    case "text":
      return ["beginOutput();\nwriteText(input);", "exchange.sendOutput()"];
    case "json":
      return [
        `beginOutput();\njson.${codecs.json.writer(input.type)}(input);`,
        `exchange.sendJson(${quote(name)})`,
      ];
    case "messagepack":
      return [
        `beginOutput();\nmessagepack.${codecs.messagepack.writer(input.type)}(input);`,
        `exchange.sendMessagePack(${quote(name)})`,
      ];
  }
}

function receive(name: string, output: Payload, codecs: Codecs): string {
  const reply = (expression: string, check: string): string =>
    `const reply = ${expression};\nexchange.${check}(${quote(name)});\nreturn reply;`;
  switch (output.encoding) {
    case "binary":
      return "return call.binaryInput();";
    case "text":
      return reply("call.textInput()", "checkText");
    case "json":
      return reply(`json.${codecs.json.reader(output.type)}()`, "checkJson");
    case "messagepack":
      return reply(`messagepack.${codecs.messagepack.reader(output.type)}()`, "checkMessagePack");
  }
}
