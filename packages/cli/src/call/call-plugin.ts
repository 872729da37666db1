import { CodecError } from "@tenon/codec";
import { createPlugin, type Logger, type LogLevel, TenonError } from "@tenon/runtime";
import { connect } from "@tenon/runtime/bindings";
import type { Interface, Operation } from "@tenon/schema";
import { readModule } from "@tenon/wasm";
import { readJsonValue, writeJsonValue } from "../values/json-values.js";
import { payloadReader, payloadWriter } from "../values/payloads.js";
import { TypeTable } from "../values/type-table.js";

export interface CallRequest {
  readonly source: Uint8Array;
  /** What errors call the plug-in. */
  readonly file: string;
  /** The export. */
  readonly name: string;
  /** JSON text where the input is JSON or MessagePack and the interface is known; otherwise the bytes to send. */
  readonly input: Uint8Array;
  readonly definition: Interface | undefined;
  readonly functions: Record<string, unknown>;
  readonly config: Record<string, string>;
  readonly logLevel: LogLevel | undefined;
  readonly log: (line: string) => void;
}

/** What the plug-in returned: always bytes; and text where that is what they are. */
export interface CallOutcome {
  readonly bytes: Uint8Array;
  /** JSON for a typed value, the text itself for `text`; `undefined` for bytes. Empty when nothing was returned. */
  readonly text: string | undefined;
}

/**
 * Loads a plug-in, calls it once and closes it.
 *
 * @throws TenonError as the runtime does; also when the input is not JSON that fits the interface.
 */
export async function callPlugin(request: CallRequest): Promise<CallOutcome> {
  return request.definition === undefined
    ? callWithBytes(request)
    : callWithValues(request, request.definition);
}

async function callWithBytes(request: CallRequest): Promise<CallOutcome> {
  const wanted = importedFunctions(request.source);
  // What the user's module exports is theirs to get right: each must be a function, and the runtime checks that.
  const given = request.functions as Record<string, () => unknown>;
  const functions = { [USER_NAMESPACE]: { ...unavailable(wanted), ...given } };
  const plugin = await createPlugin(request.source, { ...optionsOf(request), functions });
  try {
    const output = await plugin.call(request.name, request.input);
    return { bytes: output?.bytes() ?? new Uint8Array(), text: undefined };
  } finally {
    await plugin.close();
  }
}

async function callWithValues(request: CallRequest, definition: Interface): Promise<CallOutcome> {
  const types = new TypeTable(definition);
  const operation = definition.exports.find(({ name }) => name === request.name);
  if (operation === undefined) {
    const names = definition.exports.map(({ name }) => name).join(", ");
    throw new TenonError(
      "export-missing",
      `the interface ${definition.name} has no export "${request.name}"; it has ${names}`,
    );
  }
  const input = readInputValue(request, operation, types);
  const { errors } = operation;
  const connection = await connect(
    request.source,
    { interface: definition.name, imports: definition.imports.map((item) => importBinding(item, types)) },
    optionsOf(request),
    { ...unavailable(definition.imports.map(({ name }) => name)), ...request.functions },
  );
  try {
    const call = connection.bind({
      name: operation.name,
      ...(operation.input === undefined ? {} : { input: payloadWriter(operation.input, types) }),
      ...(operation.output === undefined ? {} : { output: payloadReader(operation.output, types) }),
      ...(errors === undefined ? {} : { error: (text: string) => readJsonValue(text, errors.type, types) }),
    });
    return outcome(await call.call(input), operation, types);
  } finally {
    await connection.plugin.close();
  }
}

function readInputValue(request: CallRequest, { name, input }: Operation, types: TypeTable): unknown {
  if (input === undefined) {
    if (request.input.length === 0) return undefined;
    throw new TenonError("invalid-input", `"${name}" takes no input`, {
      plugin: request.file,
      function: name,
    });
  }
  if (input.encoding === "binary") return request.input;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(request.input);
    return input.encoding === "text" ? text : readJsonValue(text, input.type, types);
  } catch (cause) {
    const message = cause instanceof CodecError ? cause.message : "it is not UTF-8 text";
    throw new TenonError("invalid-input", `the input does not fit the interface: ${message}`, {
      plugin: request.file,
      function: name,
      cause,
    });
  }
}

function outcome(value: unknown, { output }: Operation, types: TypeTable): CallOutcome {
  if (output === undefined) return { bytes: new Uint8Array(), text: "" };
  // The readers of these two encodings answer nothing else.
  if (output.encoding === "binary") return { bytes: value as Uint8Array, text: undefined };
  const text = output.encoding === "text" ? (value as string) : writeJsonValue(value, output.type, types);
  return { bytes: new TextEncoder().encode(text), text };
}

function importBinding({ name, input, output }: Operation, types: TypeTable) {
  return {
    name,
    ...(input === undefined ? {} : { input: payloadReader(input, types) }),
    ...(output === undefined ? {} : { output: payloadWriter(output, types) }),
  };
}

/** Host functions that say what is missing: many exports never call them. */
function unavailable(names: readonly string[]): Record<string, () => never> {
  return Object.fromEntries(
    names.map((name) => [
      name,
      () => {
        throw new Error(
          `no implementation was given; export "${name}" from a module and name it with --functions`,
        );
      },
    ]),
  );
}

const USER_NAMESPACE = "extism:host/user";

/** The user functions that a module imports. A manifest's modules are not looked into: they may be anywhere. */
function importedFunctions(source: Uint8Array): string[] {
  if (source[0] !== 0) return [];
  return readModule(source)
    .imports.filter(({ module }) => module === USER_NAMESPACE)
    .map(({ name }) => name);
}

function optionsOf({ config, logLevel, log, file }: CallRequest) {
  const line = (level: string) => (message: string) => log(`${level}: ${message}`);
  const logger: Logger = {
    trace: line("trace"),
    debug: line("debug"),
    info: line("info"),
    warn: line("warn"),
    error: line("error"),
  };
  // WASI with nothing granted: a clock, randomness and output to the log, and no files.
  return { config, name: file, useWasi: true, ...(logLevel === undefined ? {} : { logger, logLevel }) };
}
