import type { Interface, Operation, Payload, Type } from "@tenon/schema";
import type {
  ClassDeclarationStructure,
  InterfaceDeclarationStructure,
  OptionalKind,
  ParameterDeclarationStructure,
} from "ts-morph";
import { holdsBigints } from "../bigints.js";
import type { ClientNames } from "./client-names.js";
import type { CodecFunctions } from "./codec-functions.js";
import { docs } from "./docs.js";
import { typeText } from "./types.js";

/** The four codecs that a host module may have. */
export interface Codecs {
  readonly messagePackWriter: CodecFunctions;
  readonly messagePackReader: CodecFunctions;
  readonly jsonWriter: CodecFunctions;
  readonly jsonReader: CodecFunctions;
}

/** Emits the parts of the module that applications see: the client, its synchronous face and its functions. */
export class ClientEmitter {
  readonly #definition: Interface;
  readonly #names: ClientNames;
  readonly #codecs: Codecs;
  /** What the module must import from the runtime's bindings. */
  readonly helpers = new Set<string>();

  constructor(definition: Interface, names: ClientNames, codecs: Codecs) {
    this.#definition = definition;
    this.#names = names;
    this.#codecs = codecs;
  }

  /** The interface of the host functions: `TextToolsFunctions`. */
  functions(): OptionalKind<InterfaceDeclarationStructure> {
    return {
      name: this.#names.functions,
      isExported: true,
      docs: [
        "The functions that the application offers to the plug-in. An `async` one needs an engine that can suspend\nWebAssembly, and the client's methods that return promises.",
      ],
      methods: this.#definition.imports.map((operation) => ({
        name: JSON.stringify(operation.name),
        parameters: [...this.#parameter(operation, "input"), { name: "context", type: "CallContext" }],
        returnType: `${this.#type(operation.output)} | Promise<${this.#type(operation.output)}>`,
        docs: docs(operation),
      })),
    };
  }

  /** `const textToolsBinding = { interface: …, imports: [ … ] }`. */
  binding(name: string): string {
    const imports = this.#definition.imports.map(
      (operation) =>
        `{ ${[
          `name: ${JSON.stringify(operation.name)}`,
          ...this.#payload("input", operation.input, "read"),
          ...this.#payload("output", operation.output, "write"),
        ].join(", ")} }`,
    );
    return `const ${name} = { interface: ${JSON.stringify(this.#definition.name)}, imports: [${imports.join(", ")}] };`;
  }

  /** The client class: `TextTools`. */
  client(): OptionalKind<ClassDeclarationStructure> {
    const { client } = this.#names;
    const { exports } = this.#definition;
    return {
      name: client,
      isExported: true,
      docs: docs(
        { ...this.#definition, deprecated: false },
        `A plug-in that speaks ${this.#definition.name} ${this.#definition.version}.`,
      ),
      properties: [
        {
          name: "sync",
          isReadonly: true,
          type: this.#names.sync,
          docs: ["The same functions without promises: the calling thread waits."],
        },
        { name: "#connection", isReadonly: true, type: "Connection" },
        ...exports.map((operation) => ({
          name: this.#private(operation),
          isReadonly: true,
          type: `TypedCall<${this.#type(operation.input)}, ${this.#type(operation.output)}>`,
        })),
      ],
      ctors: [
        {
          docs: [`Made by {@link create${client}}.`],
          parameters: [{ name: "connection", type: "Connection" }],
          statements: [
            "this.#connection = connection;",
            ...exports.map(
              (operation) =>
                `this.${this.#private(operation)} = connection.bind(${this.#export(operation)});`,
            ),
            `this.sync = { ${exports.map((operation) => `${this.#names.method(operation.name)}: (${parameters(operation)}) => this.${this.#private(operation)}.callSync(${passed(operation)}),`).join("\n")} };`,
          ],
        },
      ],
      getAccessors: [
        {
          name: "plugin",
          returnType: "Plugin",
          docs: ["The plug-in itself, for calls with bytes."],
          statements: ["return this.#connection.plugin;"],
        },
      ],
      methods: [
        ...exports.map((operation) => ({
          name: this.#names.method(operation.name),
          parameters: this.#parameters(operation),
          returnType: `Promise<${this.#type(operation.output)}>`,
          docs: docs(operation),
          statements: [`return this.${this.#private(operation)}.call(${passed(operation)});`],
        })),
        {
          name: "close",
          returnType: "Promise<void>",
          docs: ["Lets go of the plug-in. Every later call is an error."],
          statements: ["return this.#connection.plugin.close();"],
        },
        { name: "[Symbol.asyncDispose]", returnType: "Promise<void>", statements: ["return this.close();"] },
      ],
    };
  }

  /** The synchronous face: `TextToolsSync`. */
  sync(): OptionalKind<InterfaceDeclarationStructure> {
    return {
      name: this.#names.sync,
      isExported: true,
      docs: [`{@link ${this.#names.client}} without promises.`],
      methods: this.#definition.exports.map((operation) => ({
        name: this.#names.method(operation.name),
        parameters: this.#parameters(operation),
        returnType: this.#type(operation.output),
        docs: docs(operation),
      })),
    };
  }

  #export(operation: Operation): string {
    const parts = [
      `name: ${JSON.stringify(operation.name)}`,
      ...this.#payload("input", operation.input, "write"),
      ...this.#payload("output", operation.output, "read"),
      ...this.#error(operation),
    ];
    return `{ ${parts.join(", ")} }`;
  }

  #private(operation: Operation): string {
    return `#${this.#names.method(operation.name)}`;
  }

  /** A method's parameters. Bytes may be returned in memory that the caller has already. */
  #parameters(operation: Operation): OptionalKind<ParameterDeclarationStructure>[] {
    const into = { name: "into", type: this.#type(operation.output), hasQuestionToken: true };
    return [...this.#parameter(operation, "input"), ...(returnsBytes(operation) ? [into] : [])];
  }

  #parameter(operation: Operation, name: string): { name: string; type: string }[] {
    return operation.input === undefined ? [] : [{ name, type: this.#type(operation.input) }];
  }

  #type(payload: Payload | undefined): string {
    return payload === undefined ? "void" : typeText(payload.type, this.#definition.dates, this.#names);
  }

  #payload(key: string, payload: Payload | undefined, direction: "read" | "write"): string[] {
    if (payload === undefined) return [];
    return [`${key}: ${this.#codec(payload, direction)}`];
  }

  #codec({ encoding, type }: Payload, direction: "read" | "write"): string {
    const write = direction === "write";
    switch (encoding) {
      case "text":
        return this.#helper(write ? "textWriter" : "textReader");
      case "binary":
        return this.#helper(write ? "binaryWriter" : "binaryReader");
      case "messagepack":
        return write
          ? `${this.#helper("messagePackWriter")}(${this.#codecs.messagePackWriter.function(type)})`
          : `${this.#helper("messagePackReader")}(${this.#codecs.messagePackReader.function(type)})`;
      case "json":
        return write
          ? `${this.#helper("jsonWriter")}(${this.#codecs.jsonWriter.function(type)})`
          : this.#jsonReader("jsonReader", type);
    }
  }

  #error({ errors }: Operation): string[] {
    return errors === undefined ? [] : [`error: ${this.#jsonReader("jsonErrorReader", errors.type)}`];
  }

  #jsonReader(helper: string, type: Type): string {
    const types = new Map(this.#definition.types.map((named) => [named.name, named]));
    const bigints = holdsBigints(type, types) ? ", true" : "";
    return `${this.#helper(helper)}(${this.#codecs.jsonReader.function(type)}${bigints})`;
  }

  #helper(name: string): string {
    this.helpers.add(name);
    return name;
  }
}

function returnsBytes(operation: Operation): boolean {
  return operation.output?.encoding === "binary";
}

/** The parameters of an arrow function. */
function parameters(operation: Operation): string {
  return [
    ...(operation.input === undefined ? [] : ["input"]),
    ...(returnsBytes(operation) ? ["into"] : []),
  ].join(", ");
}

/** The arguments of the call behind it, which has its place for an input also where there is none. */
function passed(operation: Operation): string {
  return `${operation.input === undefined ? "undefined" : "input"}${returnsBytes(operation) ? ", into" : ""}`;
}
