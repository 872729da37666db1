import { InlinePlugin, type TypedImports } from "./inline-plugin.js";
import type { PluginSource } from "./manifest.js";
import { type PluginOptions, resolveOptions } from "./options.js";
import type { Plugin } from "./plugin.js";
import { loadSource } from "./sources/load-source.js";

/**
 * Loads a plug-in and starts it.
 *
 * @example
 * ```ts
 * const plugin = await createPlugin("count-vowels.wasm");
 * const output = await plugin.call("count_vowels", "hello");
 * console.log(output?.json());
 * ```
 * @throws TenonError with the code of what is wrong: the source, an option, an import, or the plug-in's start.
 */
export function createPlugin(
  source: PluginSource | PromiseLike<PluginSource>,
  options: PluginOptions = {},
): Promise<Plugin> {
  return createInlinePlugin(source, options);
}

/** {@link createPlugin} for bindings: with typed host functions, and the class itself as the result. */
export async function createInlinePlugin(
  source: PluginSource | PromiseLike<PluginSource>,
  options: PluginOptions,
  typedImports?: TypedImports,
): Promise<InlinePlugin> {
  // Options first: a misspelt one shouldn't cost a download.
  const early = resolveOptions(options, undefined);
  const loaded = await loadSource(await source, early.fetch);
  const resolved = loaded.settings === undefined ? early : resolveOptions(options, loaded.settings);
  return InlinePlugin.create(loaded, options.name ?? loaded.name, resolved, typedImports);
}
