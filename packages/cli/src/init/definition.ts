import { readFile } from "node:fs/promises";
import { extname, isAbsolute, relative, resolve, sep } from "node:path";
import type { GeneratedFile } from "@tenon/codegen";
import { type Interface, loadInterface } from "@tenon/schema";
import { loadDefinition } from "../commands/generate.js";
import type { Io } from "../io.js";
import type { Answers } from "./answers.js";
import { withoutScope } from "./names.js";
import { starterDefinition } from "./starter.js";

/** The definition that a project is made around. */
export interface ProjectDefinition {
  readonly interface: Interface;
  /** Its path in the project, with forward slashes. */
  readonly path: string;
  /** The file to write, unless it is there already. */
  readonly files: readonly GeneratedFile[];
}

/**
 * The existing definition that the user named, or a new one. A definition that lies in the project's folder is used
 * where it is; another one is copied, with everything that it refers to.
 *
 * @throws CliError when it can't be read or is not valid; what is wrong has been reported.
 */
export async function projectDefinition(answers: Answers, io: Io): Promise<ProjectDefinition> {
  if (answers.interface === undefined) {
    const path = `interface.${answers.format}`;
    const content = starterDefinition(withoutScope(answers.name), answers.format);
    const loaded = await loadInterface({ text: content, uri: path });
    return { interface: loaded.interface, path, files: [{ path, content }] };
  }
  const source = resolve(io.cwd, answers.interface);
  const loaded = await loadDefinition(answers.interface, undefined, io);
  const inside = pathInside(resolve(io.cwd, answers.folder), source);
  if (inside !== undefined) return { interface: loaded.interface, path: inside, files: [] };
  const isWhole = loaded.files.length === 1;
  const path = isWhole ? `interface${extname(source)}` : "interface.json";
  const content = isWhole ? await readFile(source, "utf8") : `${JSON.stringify(loaded.document, null, 2)}\n`;
  return { interface: loaded.interface, path, files: [{ path, content }] };
}

/** The path from the folder to a file in it, if scripts can name it without quotes. */
function pathInside(folder: string, file: string): string | undefined {
  const path = relative(folder, file);
  if (isAbsolute(path)) return undefined;
  const slashed = path.split(sep).join("/");
  return /^(?!\.\.\/|-)[\w./-]+$/.test(slashed) ? slashed : undefined;
}
