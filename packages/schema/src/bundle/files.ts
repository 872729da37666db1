import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { limits } from "../limits.js";
import { hasKnownExtension, readSource, type Source } from "../source/source.js";

/** Reads a file as text. It may return the text or a promise of it, and throws when the file can't be read. */
export type ReadFile = (path: string) => string | Promise<string>;

/** The files of one interface definition, each read once. */
export interface Files {
  /** A source, or in plain words why there is none. */
  readonly open: (path: string) => Promise<Source | string>;
  /** Takes a file whose text is there already. */
  readonly add: (path: string, text: string) => Source;
  /** What was read, in that order. */
  readonly sources: () => Source[];
}

/** Opens the files of an interface definition with the given reader. */
export function openFiles(read: ReadFile = readUtf8): Files {
  // By absolute path: two files that refer to each other may spell each other's path differently.
  const known = new Map<string, Source | string>();

  async function load(path: string): Promise<Source | string> {
    if (!hasKnownExtension(path)) return "its name must end in .json, .yaml or .yml";
    if (known.size >= limits.files) return `an interface can't have more than ${limits.files} files`;
    try {
      return readSource(path, await read(path));
    } catch (error) {
      return reason(error);
    }
  }

  return {
    async open(path) {
      const key = resolve(path);
      const file = known.get(key) ?? (await load(path));
      known.set(key, file);
      return file;
    },
    add(path, text) {
      const source = readSource(path, text);
      known.set(resolve(path), source);
      return source;
    },
    sources: () => [...known.values()].filter((file) => typeof file !== "string"),
  };
}

async function readUtf8(path: string): Promise<string> {
  return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
}

function reason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "it is a folder";
  if (code === "EACCES" || code === "EPERM") return "this process may not read it";
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return "it isn't UTF-8 text";
  return error instanceof Error ? error.message : String(error);
}
