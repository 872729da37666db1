import { lstat, readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import type { GeneratedFile } from "@tenon/codegen";
import { CliError } from "../cli-error.js";
import { replaceFile } from "../write-generated.js";

/**
 * Writes the files of a new project: all or, when one of them would take the place of another file, none. A file that
 * is there with the same content is no obstacle. Answers with the paths, relative to the working folder.
 *
 * @throws CliError that names what is in the way.
 */
export async function writeProject(
  files: readonly GeneratedFile[],
  folder: string,
  { cwd, force }: { readonly cwd: string; readonly force: boolean },
): Promise<string[]> {
  const root = resolve(cwd, folder);
  const planned = files.map(({ path, content }) => ({ file: join(root, path), content }));
  const shown = (file: string): string => relative(cwd, file) || file;
  const foreign: string[] = [];
  for (const { file, content } of planned) {
    const obstacle = await obstacleTo(file, content, root);
    if (obstacle === "file") foreign.push(shown(file));
    else if (obstacle !== undefined) {
      throw new CliError(`${shown(obstacle.path)} is ${obstacle.what}`, "choose another folder");
    }
  }
  if (foreign.length > 0 && !force) {
    const list = foreign.slice(0, 3).join(", ");
    const more = foreign.length > 3 ? ` and ${foreign.length - 3} more` : "";
    throw new CliError(
      `${list}${more} would be overwritten`,
      "choose another folder, or overwrite with --force",
    );
  }
  for (const { file, content } of planned) {
    try {
      await replaceFile(file, content);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new CliError(`${shown(file)} can't be written`, reason);
    }
  }
  return planned.map(({ file }) => shown(file));
}

/** Another file in a file's place, or what makes it impossible to write there. */
async function obstacleTo(
  file: string,
  content: string,
  root: string,
): Promise<"file" | { path: string; what: string } | undefined> {
  // A folder on the way, up to the project's own, that is a file.
  for (let path = dirname(file); path.length >= root.length; path = dirname(path)) {
    const kind = await kindOf(path);
    if (kind === "file") return { path, what: "a file, and would have to be a folder" };
    if (path === dirname(path)) break;
  }
  switch (await kindOf(file)) {
    case undefined:
      return undefined;
    case "folder":
      return { path: file, what: "a folder, and would have to be a file" };
    case "link":
      return "file";
    case "file":
      return (await readFile(file, "utf8").catch(() => undefined)) === content ? undefined : "file";
  }
}

async function kindOf(path: string): Promise<"file" | "folder" | "link" | undefined> {
  try {
    const stats = await lstat(path);
    if (stats.isSymbolicLink()) return "link";
    return stats.isDirectory() ? "folder" : "file";
  } catch {
    // Not there, or in a place that can't be read: writing says what is the matter.
    return undefined;
  }
}
