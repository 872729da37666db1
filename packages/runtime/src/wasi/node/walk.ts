import { lstatSync, readlinkSync } from "node:fs";
import { Errno, errnoOf, WasiFailure } from "../errno.js";
import type { DirHandle } from "./dir-handle.js";

/** The last step of a path: a name in a directory that is open. `name` is "." when the path names the directory itself. */
export interface Location {
  readonly dir: DirHandle;
  readonly name: string;
  /** The path ended in a slash: whatever is there has to be a directory. */
  readonly directoryOnly: boolean;
}

/**
 * Walks a plug-in's path from `root`, one component at a time, and hands the last one to `use`. Symbolic links on the
 * way are resolved here, by the same steps, so that none leads out; the last one is resolved only if `follow`.
 * The directories that were opened on the way are closed afterwards.
 *
 * @throws WasiFailure `NOTCAPABLE` for a path or a link that is absolute or climbs above the root.
 */
export function walk<T>(root: DirHandle, path: string, follow: boolean, use: (location: Location) => T): T {
  const opened: DirHandle[] = [];
  try {
    return use(locate(root, opened, path, follow));
  } finally {
    for (const handle of opened) handle.close();
  }
}

function locate(root: DirHandle, opened: DirHandle[], path: string, follow: boolean): Location {
  const steps = stepsOf(path);
  let directoryOnly = endsInDirectory(path);
  let links = 0;
  for (;;) {
    const dir = opened.at(-1) ?? root;
    const name = steps.shift();
    if (name === undefined) return { dir, name: ".", directoryOnly };
    if (name === "..") {
      const left = opened.pop();
      if (left === undefined) throw new WasiFailure(Errno.NOTCAPABLE);
      left.close();
      continue;
    }
    const last = steps.length === 0;
    if (last && !follow) return { dir, name, directoryOnly };
    const target = last ? linkTarget(dir, name) : enter(dir, name, opened);
    if (target === undefined) {
      if (last) return { dir, name, directoryOnly };
      continue;
    }
    links++;
    if (links > MAX_LINKS) throw new WasiFailure(Errno.LOOP);
    if (last) directoryOnly ||= endsInDirectory(target);
    steps.unshift(...stepsOf(target));
  }
}

/** As many as Linux follows in one path. */
const MAX_LINKS = 40;
/** PATH_MAX of Linux, in UTF-16 units here: a bound on the work, not a promise about the file system. */
const MAX_PATH = 4096;

function stepsOf(path: string): string[] {
  if (path.length > MAX_PATH) throw new WasiFailure(Errno.NAMETOOLONG);
  if (path === "") throw new WasiFailure(Errno.NOENT);
  if (path.includes("\0")) throw new WasiFailure(Errno.INVAL);
  if (path.startsWith("/")) throw new WasiFailure(Errno.NOTCAPABLE);
  const steps = path.split("/").filter((step) => step !== "" && step !== ".");
  if (process.platform === "win32" && !steps.every(isWindowsName)) throw new WasiFailure(Errno.NOTCAPABLE);
  return steps;
}

function endsInDirectory(path: string): boolean {
  return /(^|\/)\.{0,2}$/.test(path);
}

/**
 * Whether Windows takes a name for one plain component: a backslash or a colon would make it a path, a drive or a
 * stream, trailing dots and blanks are dropped, and some names are devices wherever they stand.
 */
export function isWindowsName(name: string): boolean {
  if (name === "..") return true;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Windows forbids them in names
  return !/[\\/:*?"<>|\x00-\x1f]|[. ]$/.test(name) && !DEVICE_NAME.test(name);
}

const DEVICE_NAME = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)/i;

/** Opens the next directory; where there is a link instead, answers its target. */
function enter(dir: DirHandle, name: string, opened: DirHandle[]): string | undefined {
  try {
    opened.push(dir.child(name));
    return undefined;
  } catch (thrown) {
    const errno = errnoOf(thrown);
    const target = errno === Errno.LOOP || errno === Errno.NOTDIR ? linkTarget(dir, name) : undefined;
    if (target === undefined) throw thrown;
    return target;
  }
}

function linkTarget(dir: DirHandle, name: string): string | undefined {
  const path = dir.at(name);
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isSymbolicLink() ? readlinkSync(path) : undefined;
}
