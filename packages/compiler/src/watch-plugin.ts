import { type Bundle, watchEntry } from "./bundle/bundle.js";
import { loadEngine } from "./engine.js";
import { Evaluator } from "./evaluate/evaluator.js";
import { makePlugin } from "./make-plugin.js";
import type { BuildOptions, BuildResult } from "./options.js";

/** What came of one build. */
export type WatchEvent =
  | { readonly kind: "built"; readonly result: BuildResult }
  /** A {@link BuildError}, unless the compiler itself is at fault. */
  | { readonly kind: "failed"; readonly error: unknown };

/** Goes on until it is closed. */
export interface Watcher {
  close(): Promise<void>;
}

/**
 * Builds a plug-in now, and again whenever one of its files changes. What can be kept is kept: the files that did not
 * change, the compiled engine, the thread that evaluates. While one build is being made, only the latest change
 * waits. Builds end in the order of the changes.
 */
export async function watchPlugin(
  options: BuildOptions,
  onEvent: (event: WatchEvent) => void,
): Promise<Watcher> {
  const engine = await loadEngine();
  const evaluator = new Evaluator(engine.compiled);
  evaluator.warmUp();
  let waiting: (() => Bundle) | undefined;
  let building: Promise<void> | undefined;
  let closed = false;

  const make = async () => {
    while (waiting && !closed) {
      const next = waiting;
      waiting = undefined;
      const event = await outcomeOf(async () => {
        const started = performance.now();
        const bundle = next();
        return makePlugin(engine, evaluator, bundle, options, { started, bundle: 0 });
      });
      if (!closed) onEvent(event);
    }
    building = undefined;
  };

  const watcher = await watchEntry(options, (bundle) => {
    waiting = bundle;
    building ??= make();
  });
  return {
    async close() {
      closed = true;
      await watcher.close();
      await evaluator.close();
      await building;
    },
  };
}

async function outcomeOf(build: () => Promise<BuildResult>): Promise<WatchEvent> {
  try {
    return { kind: "built", result: await build() };
  } catch (error) {
    return { kind: "failed", error };
  }
}
