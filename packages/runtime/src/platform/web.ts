import { TenonError } from "../errors.js";

/** Reads a file, where there is a file system; here there is none. */
export async function readLocalFile(path: string | URL): Promise<Uint8Array<ArrayBuffer>> {
  throw new TenonError(
    "unsupported",
    `"${path}" is a file path, and this platform has no file system; give a URL or the bytes`,
  );
}
