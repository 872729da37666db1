import { bundleEntry } from "./bundle/bundle.js";
import { loadEngine } from "./engine.js";
import { Evaluator } from "./evaluate/evaluator.js";
import { makePlugin } from "./make-plugin.js";
import type { BuildOptions, BuildResult } from "./options.js";

/**
 * Builds a plug-in from TypeScript: bundles the entry, evaluates the bundle in the engine, and writes a module that
 * goes on from there. Nothing is written to disk. Throws a {@link BuildError} for what is wrong with the files or
 * the options.
 *
 * @example
 * const { wasm } = await buildPlugin({ entry: "src/plugin.ts", interface: document });
 * await writeFile("plugin.wasm", wasm);
 */
export async function buildPlugin(options: BuildOptions): Promise<BuildResult> {
  const started = performance.now();
  const bundling = bundleEntry(options).then((bundle) => ({ bundle, took: performance.now() - started }));
  // The engine is got ready meanwhile: esbuild works in a process of its own. A failure is awaited below.
  bundling.catch(() => undefined);
  const engine = await loadEngine();
  const evaluator = new Evaluator(engine.compiled);
  evaluator.warmUp();
  try {
    const { bundle, took } = await bundling;
    return await makePlugin(engine, evaluator, bundle, options, { started, bundle: took });
  } finally {
    await evaluator.close();
  }
}
