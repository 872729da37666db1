import type { Interface } from "@tenon/schema";
import { assemblyscript } from "./assemblyscript/target.js";
import type { GeneratedFile, Target, TargetOptions } from "./target.js";
import { typescript } from "./typescript/target.js";
import { typescriptGuest } from "./typescript-guest/target.js";

/** Every target that ships with this package, by name. */
export const targets: ReadonlyMap<string, Target> = new Map(
  [typescript, assemblyscript, typescriptGuest].map((target) => [target.name, target]),
);

/**
 * Generates the files of one target. Pure: nothing is read or written.
 *
 * @throws TargetError when the target's language can't express the interface.
 */
export async function generate(
  definition: Interface,
  target: Target,
  options: TargetOptions = {},
): Promise<readonly GeneratedFile[]> {
  const files = await target.generate(definition, options);
  return [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
}
