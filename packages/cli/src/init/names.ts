import { isBuiltin } from "node:module";

/**
 * What is wrong with the name of a project, or nothing. A name has to do as the name of an npm package and, without
 * its scope, as that of an interface: lower-case words with hyphens between.
 */
export function nameProblem(name: string): string | undefined {
  const bare = withoutScope(name);
  if (!KEBAB.test(bare) || !(bare === name || SCOPED.test(name))) {
    const near = kebab(name);
    const form = "a name is lower-case letters, digits and single hyphens, and begins with a letter";
    return KEBAB.test(near) ? `${form}, as in ${near}` : form;
  }
  // The limit of the npm registry.
  if (name.length > 214) return "a name has at most 214 characters";
  if (isBuiltin(name) || TAKEN.has(name)) return `a package of the name ${name} is there already`;
  return undefined;
}

/** `@acme/greeter` is `greeter`. */
export function withoutScope(name: string): string {
  return name.startsWith("@") ? name.slice(name.indexOf("/") + 1) : name;
}

/** As in an interface definition's `name`. */
const KEBAB = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const SCOPED = /^@[a-z0-9][a-z0-9-]*\/[a-z0-9-]+$/;

/** What projects install: npm installs no package into one of the same name. */
const TAKEN: ReadonlySet<string> = new Set(["assemblyscript", "typescript", "vitest"]);

function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "")
    .join("-");
}
