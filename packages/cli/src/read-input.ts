import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { CliError } from "./cli-error.js";
import type { Io } from "./io.js";

/** The bytes of the file that an argument names, or of standard input for `-`. */
export async function readInput(path: string, io: Io): Promise<Uint8Array> {
  if (path === "-") return io.stdin();
  try {
    return await readFile(resolve(io.cwd, path));
  } catch (error) {
    // The cast holds because readFile fails with nothing but system errors, which have a code.
    throw explain(path, error as NodeJS.ErrnoException);
  }
}

/** What to call the input in messages. */
export function inputName(path: string): string {
  return path === "-" ? "standard input" : path;
}

function explain(path: string, error: NodeJS.ErrnoException): CliError {
  switch (error.code) {
    case "ENOENT":
    case "ENOTDIR":
      return new CliError(`there is no file ${path}`, "check the path");
    case "EISDIR":
      return new CliError(`${path} is a directory`, "name a file in it");
    case "EACCES":
    case "EPERM":
      return new CliError(`${path} may not be read`, "check its permissions");
    default:
      return new CliError(`${path} cannot be read: ${error.message}`, "check the path");
  }
}
