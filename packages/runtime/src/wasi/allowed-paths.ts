import { TenonError } from "../errors.js";

/** A directory of the host under the name that a plug-in knows it by. */
export interface AllowedPath {
  readonly host: string;
  readonly guest: string;
  readonly readOnly: boolean;
}

/**
 * Reads an `allowedPaths` map: from the plug-in's path to the host's, as in Extism's JavaScript SDK. The host's path
 * may begin with `ro:`, and is then read-only. Extism's other SDKs have the two the other way round. An entry that has
 * `ro:` in front of its key can't mean anything else and is read so; others can't be told apart.
 *
 * @throws TenonError `option-invalid`.
 */
export function readAllowedPaths(map: ReadonlyMap<string, string>): AllowedPath[] {
  const paths = Array.from(map, ([key, value]) => readEntry(key, value));
  const seen = new Set<string>();
  for (const { guest } of paths) {
    if (seen.has(guest)) throw invalid(`two entries of allowedPaths are "${guest}" to the plug-in`);
    seen.add(guest);
  }
  return paths;
}

const READ_ONLY = "ro:";

function readEntry(key: string, value: string): AllowedPath {
  const reversed = key.startsWith(READ_ONLY);
  const [guest, given] = reversed ? [value, key] : [key, value];
  const readOnly = given.startsWith(READ_ONLY);
  const host = readOnly ? given.slice(READ_ONLY.length) : given;
  if (guest.startsWith(READ_ONLY)) {
    throw invalid(`allowedPaths["${key}"] has "ro:" on both sides; it belongs to the host's path`);
  }
  for (const path of [host, guest]) {
    if (path === "" || path.includes("\0")) {
      throw invalid(`allowedPaths has a path that is empty or has a NUL character: "${key}": "${value}"`);
    }
  }
  // The likeliest mistake is a map the other way round, and this is where it would hurt most.
  if (host === "/" && guest !== "/") {
    throw invalid(
      `allowedPaths["${key}"] gives the plug-in the whole file system; the plug-in's path comes first, then the host's (write "/." if you mean it)`,
    );
  }
  return { host, guest, readOnly };
}

function invalid(message: string): TenonError {
  return new TenonError("option-invalid", message);
}
