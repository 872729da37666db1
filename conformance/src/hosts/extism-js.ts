import { type CallContext, createPlugin } from "@extism/extism";
import { inProcessHost } from "./in-process.js";

/** Extism's SDK for JavaScript, in this process and on this thread. */
export const extismJs = inProcessHost("extism-js", async ({ wasm, wasi, config, functions, logger }) => {
  const user: Record<string, (context: CallContext, argument: bigint) => bigint> = {};
  for (const [name, behaviour] of Object.entries(functions)) {
    user[name] = (context, argument) => {
      const reply = behaviour(context.read(argument)?.bytes() ?? new Uint8Array());
      return reply.length === 0 ? 0n : context.store(reply);
    };
  }
  const plugin = await createPlugin(
    { wasm: [{ data: wasm }] },
    {
      useWasi: wasi,
      config,
      // It asks for a whole console and calls the five methods that a logger has.
      logger: logger as unknown as Console,
      logLevel: "info",
      functions: { "extism:host/user": user },
    },
  );
  return {
    async call(name, input) {
      const output = await plugin.call(name, input);
      // Copied at once: it is a view of a block that the next call takes back.
      return output === null ? new Uint8Array() : output.bytes().slice();
    },
    close: () => plugin.close(),
  };
});
