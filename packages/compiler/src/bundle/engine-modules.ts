import type { Plugin } from "esbuild";
import { ENGINE_MODULES } from "./uses.js";

/** Leaves imports of `tenon:host` and its relatives to the engine, and refuses those that it doesn't have. */
export function engineModules(): Plugin {
  return {
    name: "tenon-engine-modules",
    setup(build) {
      build.onResolve({ filter: /^tenon:/ }, ({ path }) => {
        // Without side effects, an import of which nothing is used disappears.
        if (ENGINE_MODULES.includes(path)) return { path, external: true, sideEffects: false };
        return {
          errors: [{ text: `The engine has no module "${path}"; it has ${ENGINE_MODULES.join(", ")}` }],
        };
      });
    },
  };
}
