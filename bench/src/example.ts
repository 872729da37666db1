import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { BuildOptions } from "@tenon/compiler";

/** The example whose plug-in is measured: examples/text-tools-typescript. */
export const EXAMPLE = new URL("../../../examples/text-tools-typescript/", import.meta.url);

/** What builds it as its own script does. */
export async function exampleOptions(folder: URL = EXAMPLE): Promise<BuildOptions> {
  const document = await readFile(new URL("src/gen/text-tools.interface.json", folder), "utf8");
  return {
    entry: "src/plugin.ts",
    cwd: fileURLToPath(folder),
    interface: JSON.parse(document),
    minify: true,
  };
}
