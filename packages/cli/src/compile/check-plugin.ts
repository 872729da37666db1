import { readModule } from "@tenon/wasm";
import { CliError } from "../cli-error.js";

/**
 * Checks that a compiled plug-in imports nothing but what Extism hosts offer.
 *
 * @throws CliError that says what the import is for and what to use instead.
 */
export function checkImports(wasm: Uint8Array): void {
  const foreign = readModule(wasm).imports.find(({ module: from }) => !from.startsWith("extism:host/"));
  if (foreign === undefined) return;
  const { module: from, name } = foreign;
  const known = KNOWN.get(name);
  throw new CliError(
    `the plug-in imports "${name}" from "${from}", which no host offers`,
    known ?? "import it from extism:host/user, and declare it in the interface",
  );
}

/** AssemblyScript's own imports, by what brings them in. */
const KNOWN: ReadonlyMap<string, string> = new Map([
  ["seed", "Math.random has no source of randomness here: take a seed as input, and use your own generator"],
  ["Date.now", "there is no clock here: take the time as input, or from a host function"],
  ["trace", "use log from the generated bindings in place of trace and console"],
  ["console.log", "use log from the generated bindings in place of console"],
  ["abort", "build it with `tenon build`, which has an abort of its own"],
]);
