import { closeSync, constants, fstatSync, lstatSync, openSync, realpathSync, statSync } from "node:fs";
import { Errno, WasiFailure } from "../errno.js";

/**
 * A directory of the host that stays the same one whatever happens to its name, and from which its direct children are
 * named. Everything a plug-in does with files goes through one: no path of more than one component meets the system.
 */
export interface DirHandle {
  /** Names the directory itself to `node:fs`. */
  readonly path: string;
  /** Names a direct child (or, as ".", the directory) to `node:fs`. The last component is never a path. */
  at(name: string): string;
  /** Opens a child directory. @throws an error with the code `ELOOP` or `ENOTDIR` when it is a symbolic link. */
  child(name: string): DirHandle;
  /** Throws unless `fd` is the file that `name` in this directory names now. */
  verify(fd: number, name: string): void;
  close(): void;
}

/**
 * Opens a directory that the host's user named: here symbolic links are followed.
 *
 * On Linux the handle is a file descriptor and a child is `/proc/self/fd/<n>/<name>`, which the system resolves like
 * `openat`: nothing that is renamed or replaced meanwhile leads elsewhere. Other systems have no such path; there a
 * handle is a real path whose identity is checked before each use, and again after a file was opened. A process
 * outside that swaps a directory for a link in between can still win that race (docs: allowedPaths in the README).
 */
export function openRoot(path: string, byDescriptor = hasDescriptorPaths()): DirHandle {
  const real = realpathSync(path);
  if (!statSync(real).isDirectory())
    throw Object.assign(new Error(`"${path}" is not a directory`), { code: "ENOTDIR" });
  return byDescriptor ? new DescriptorHandle(openSync(real, OPEN_DIRECTORY)) : new PathHandle(real);
}

const OPEN_DIRECTORY = constants.O_RDONLY | (constants.O_DIRECTORY ?? 0) | (constants.O_NOFOLLOW ?? 0);

class DescriptorHandle implements DirHandle {
  readonly path: string;
  readonly #fd: number;

  constructor(fd: number) {
    this.#fd = fd;
    this.path = `/proc/self/fd/${fd}`;
  }

  at(name: string): string {
    return `${this.path}/${name}`;
  }

  child(name: string): DirHandle {
    return new DescriptorHandle(openSync(this.at(name), OPEN_DIRECTORY));
  }

  verify(): void {
    // Opened relative to the descriptor and without following links: it can't be anything else.
  }

  close(): void {
    closeSync(this.#fd);
  }
}

class PathHandle implements DirHandle {
  readonly path: string;
  readonly #identity: string;

  constructor(path: string) {
    this.path = path;
    this.#identity = identityOf(lstatSync(path, { bigint: true }));
  }

  at(name: string): string {
    this.#check();
    return name === "." ? this.path : `${this.path}/${name}`;
  }

  child(name: string): DirHandle {
    const path = this.at(name);
    const stat = lstatSync(path);
    if (stat.isSymbolicLink()) throw new WasiFailure(Errno.LOOP);
    if (!stat.isDirectory()) throw new WasiFailure(Errno.NOTDIR);
    const handle = new PathHandle(path);
    handle.#check();
    return handle;
  }

  verify(fd: number, name: string): void {
    const opened = identityOf(fstatSync(fd, { bigint: true }));
    if (opened !== identityOf(lstatSync(this.at(name), { bigint: true }))) {
      throw new WasiFailure(Errno.NOTCAPABLE);
    }
  }

  close(): void {}

  /** The path still leads to the same directory, and no part of it has become a link. */
  #check(): void {
    const stat = lstatSync(this.path, { bigint: true });
    if (identityOf(stat) !== this.#identity || realpathSync(this.path) !== this.path) {
      throw new WasiFailure(Errno.NOTCAPABLE);
    }
  }
}

function identityOf(stat: { dev: bigint; ino: bigint }): string {
  return `${stat.dev}:${stat.ino}`;
}

let descriptorPaths: boolean | undefined;

function hasDescriptorPaths(): boolean {
  descriptorPaths ??= process.platform === "linux" && probe();
  return descriptorPaths;
}

/** A container may lack /proc, or have one that isn't the system's. */
function probe(): boolean {
  let fd: number | undefined;
  try {
    fd = openSync("/", OPEN_DIRECTORY);
    const direct = fstatSync(fd, { bigint: true });
    return identityOf(direct) === identityOf(statSync(`/proc/self/fd/${fd}/.`, { bigint: true }));
  } catch {
    return false;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
