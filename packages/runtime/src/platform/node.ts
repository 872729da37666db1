import { readFile } from "node:fs/promises";

/** Reads a file. A string is a path relative to the working folder. */
export async function readLocalFile(path: string | URL): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(path));
}
