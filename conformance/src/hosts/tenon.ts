import { type CallContext, createPlugin, type HostFunction } from "@tenon/runtime";
import { binaryReader, binaryWriter, connect } from "@tenon/runtime/bindings";
import type { Behaviour } from "../host-functions.js";
import { inProcessHost, type Opening, type OpenPlugin } from "./in-process.js";
import { withoutDirectCalls } from "./without-direct-calls.js";

/** Kernel calls: as Extism's hosts call. */
export const tenonKernel = inProcessHost("tenon-kernel", (opening) =>
  openPlugin({ ...opening, wasm: withoutDirectCalls(opening.wasm) }),
);

/** What an application gets that calls with bytes. */
export const tenonDirect = inProcessHost("tenon-direct", openPlugin);

/** What a generated client does, with `binary` for every input and output. */
export const tenonTyped = inProcessHost("tenon-typed", openTyped);

async function openPlugin({ wasm, wasi, config, functions, logger }: Opening): Promise<OpenPlugin> {
  const user = mapValues(functions, handleFunction);
  const plugin = await createPlugin(wasm, {
    useWasi: wasi,
    config,
    logger,
    logLevel: "info",
    functions: { "extism:host/user": user },
  });
  return {
    call: async (name, input) => (await plugin.call(name, input))?.bytes() ?? new Uint8Array(),
    close: () => plugin.close(),
  };
}

async function openTyped({ wasm, wasi, config, functions, logger }: Opening): Promise<OpenPlugin> {
  const imports = Object.keys(functions).map((name) => ({ name, input: binaryReader, output: binaryWriter }));
  const connection = await connect(
    wasm,
    { interface: "conformance", imports },
    { useWasi: wasi, config, logger, logLevel: "info" },
    functions,
  );
  return {
    async call(name, input) {
      const bound = connection.bind({ name, input: binaryWriter, output: binaryReader });
      // What a reader hands out may lie in the plug-in's memory.
      return (await bound.call(input)).slice();
    },
    close: () => connection.plugin.close(),
  };
}

function handleFunction(behaviour: Behaviour): HostFunction {
  return (context: CallContext, argument: bigint) =>
    context.store(behaviour(context.read(argument)?.bytes() ?? new Uint8Array()));
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
