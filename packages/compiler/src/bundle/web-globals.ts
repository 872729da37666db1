import { createRequire } from "node:module";
import { globals } from "@tenon/pdk/globals/table";
import type { Plugin } from "esbuild";

/** What the global object is called in other places. In a plug-in, only the first of these names exists. */
const GLOBAL_OBJECTS = ["globalThis", "self", "window", "global"];

/**
 * Has the globals of `@tenon/pdk` come in where a bundle uses their names, `URL` or `globalThis.URL`, and nowhere
 * else. What the options define or inject comes before that.
 */
export function webGlobals(): Plugin {
  return {
    name: "tenon-web-globals",
    setup({ initialOptions }) {
      const { define, inject, logOverride } = initialOptions;
      initialOptions.define = { ...aliases(), ...define };
      // Of modules with the same export, the first one counts.
      initialOptions.inject = [...(inject ?? []), ...modules()];
      // A package that brings a polyfill of its own assigns to `globalThis.URL`. That is no mistake of the author's.
      initialOptions.logOverride = { "assign-to-define": "silent", ...logOverride };
    },
  };
}

/** `globalThis.URL` becomes `URL`, which an injected module then stands for. */
function aliases(): Record<string, string> {
  const names = Object.keys(globals);
  return Object.fromEntries(
    GLOBAL_OBJECTS.flatMap((object) => names.map((name) => [`${object}.${name}`, name])),
  );
}

/** By path: the author's project may not see the packages of this one. */
function modules(): string[] {
  const { resolve } = createRequire(import.meta.url);
  return Object.values(globals).map((specifier) => resolve(specifier));
}
