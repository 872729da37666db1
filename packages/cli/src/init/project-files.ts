import type { GeneratedFile } from "@tenon/codegen";
import type { ProjectDefinition } from "./definition.js";
import { versionsOf } from "./versions.js";

/** What the `package.json` of a project says. */
export interface Package {
  readonly name: string;
  readonly description: string;
  readonly scripts: Readonly<Record<string, string>>;
  /** Packages that the program itself needs when it runs. */
  readonly dependencies?: readonly string[];
  readonly devDependencies: readonly string[];
}

/** The files that every project has, around those of its own. */
export function commonFiles(project: Package, definition: ProjectDefinition): GeneratedFile[] {
  return [
    { path: "package.json", content: manifest(project) },
    { path: ".gitignore", content: "node_modules/\nbuild/\ndist/\ngen/\n" },
    ...definition.files,
  ];
}

/** Compiler options for code that runs in Node: the application, and tests. */
export const NODE_OPTIONS = {
  target: "ES2023",
  lib: ["ES2023", "DOM", "ESNext.Disposable"],
  module: "NodeNext",
  types: ["node"],
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
} as const;

/** The command that writes the client which calls the plug-in. */
export function generateClient({ path }: ProjectDefinition, folder: string): string {
  return `tenon generate ${path} --host typescript --out ${folder}`;
}

/** A file of JSON as people write it: short lists stay on their line. */
export function json(value: unknown): string {
  const text = JSON.stringify(value, null, 2).replace(/\[\n\s*([^[\]{}]*?)\n\s*\]/g, (_, items: string) => {
    return `[${items.replace(/\n\s*/g, " ")}]`;
  });
  return `${text}\n`;
}

function manifest({ name, description, scripts, dependencies = [], devDependencies }: Package): string {
  return json({
    name,
    version: "0.1.0",
    private: true,
    description,
    type: "module",
    engines: { node: ">=20.19" },
    scripts,
    ...(dependencies.length === 0 ? {} : { dependencies: versionsOf(dependencies) }),
    devDependencies: versionsOf([...new Set(devDependencies)]),
  });
}
