import { createInlinePlugin } from "../create-plugin.js";
import type { InlinePlugin } from "../inline-plugin.js";
import type { PluginSource } from "../manifest.js";
import type { PluginOptions } from "../options.js";
import type { Plugin } from "../plugin.js";
import { Exchange } from "./exchange.js";
import { type ExportBinding, TypedCall } from "./typed-call.js";
import { type ImportBinding, typedImports } from "./typed-imports.js";

/** What a generated client was generated from, and what it offers to the plug-in. */
export interface ClientBinding {
  /** The interface's name: what errors call the plug-in, unless the application names it. */
  readonly interface: string;
  readonly imports: readonly ImportBinding[];
}

/** Options of a generated client: those of `createPlugin`. Host functions come typed, from the interface. */
export type ClientOptions = Omit<PluginOptions, "functions">;

/** A plug-in with typed calls into it. Generated clients are built on one. */
export class Connection {
  readonly #plugin: InlinePlugin;
  readonly #exchange: Exchange;

  constructor(plugin: InlinePlugin, exchange: Exchange) {
    this.#plugin = plugin;
    this.#exchange = exchange;
  }

  /** The plug-in itself, for calls with bytes. */
  get plugin(): Plugin {
    return this.#plugin;
  }

  bind<Input, Output>(binding: ExportBinding<Input, Output>): TypedCall<Input, Output> {
    return new TypedCall(this.#plugin, this.#exchange, binding);
  }
}

/**
 * Loads a plug-in for a generated client.
 *
 * @throws TenonError as `createPlugin` does.
 */
export async function connect(
  source: PluginSource | PromiseLike<PluginSource>,
  binding: ClientBinding,
  options: ClientOptions,
  functions: object,
): Promise<Connection> {
  const name = options.name ?? binding.interface;
  const exchange = new Exchange(name);
  const plugin = await createInlinePlugin(source, { ...options, name }, (self) =>
    typedImports(self, exchange, binding.imports, functions),
  );
  return new Connection(plugin, exchange);
}
