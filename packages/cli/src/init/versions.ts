import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/**
 * The entries of a project's `devDependencies` or `dependencies` for these packages. Tenon's own come in the version
 * that belongs to this command.
 */
export function versionsOf(packages: readonly string[]): Record<string, string> {
  const own = readManifest(new URL("../../package.json", import.meta.url));
  // The one package that plug-ins import and this one does not.
  const compiler = readManifest(createRequire(import.meta.url).resolve("@tenon/compiler/package.json"));
  const tenon = { ...compiler.dependencies, ...own.dependencies, "@tenon/cli": own.version };
  const versions = new Map([...Object.entries(tenon), ...OTHERS]);
  return Object.fromEntries(
    [...packages].sort().map((name) => {
      const version = versions.get(name);
      if (version === undefined) throw new Error(`no version of ${name} is known`);
      return [name, version];
    }),
  );
}

// The parts of a manifest that are used.
interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

function readManifest(path: string | URL): Manifest {
  // The cast holds because both manifests are Tenon's own.
  return JSON.parse(readFileSync(path, "utf8")) as Manifest;
}

/** Those that projects are made and tested with: a test holds them to the ones that Tenon itself is built with. */
const OTHERS = [
  ["@types/node", "^20.19.43"],
  ["assemblyscript", "^0.28.20"],
  ["typescript", "^7.0.2"],
  ["vitest", "^4.1.12"],
] as const;
