import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  utimesSync,
} from "node:fs";
import { Fd, wasi } from "@bjorn3/browser_wasi_shim";
import { attempt, attemptWith } from "../attempt.js";
import { Errno, WasiFailure } from "../errno.js";
import type { HostDirectory } from "../paths.js";
import { directoryRights, inheritedRights, Rights } from "../rights.js";
import type { DirHandle } from "./dir-handle.js";
import { NodeFile } from "./file.js";
import { filestatOf, filetypeOf, timesOf } from "./stat.js";
import { type Location, walk } from "./walk.js";

/**
 * A directory of the host that a plug-in has open: all that it can reach from here is below. Only regular files and
 * directories can be opened. A pipe would block the host, and a device may be anything.
 */
export class NodeDirectory extends Fd implements HostDirectory {
  readonly handle: DirHandle;
  readonly #readOnly: boolean;
  #listing: wasi.Dirent[] = [];

  constructor(handle: DirHandle, readOnly: boolean) {
    super();
    this.handle = handle;
    this.#readOnly = readOnly;
  }

  override fd_close(): number {
    return attempt(() => this.handle.close());
  }

  override fd_fdstat_get(): { ret: number; fdstat: wasi.Fdstat } {
    const fdstat = new wasi.Fdstat(wasi.FILETYPE_DIRECTORY, 0);
    fdstat.fs_rights_base = directoryRights(this.#readOnly);
    fdstat.fs_rights_inherited = inheritedRights(this.#readOnly);
    return { ret: Errno.SUCCESS, fdstat };
  }

  override fd_filestat_get(): { ret: number; filestat: wasi.Filestat | null } {
    return this.path_filestat_get(0, ".");
  }

  override fd_filestat_set_times(atim: bigint, mtim: bigint, flags: number): number {
    return this.path_filestat_set_times(0, ".", atim, mtim, flags);
  }

  override fd_read(): { ret: number; data: Uint8Array } {
    return { ret: Errno.ISDIR, data: new Uint8Array() };
  }

  override fd_write(): { ret: number; nwritten: number } {
    return { ret: Errno.ISDIR, nwritten: 0 };
  }

  /** The listing is taken when reading begins, so that cookies stay good while files come and go. */
  override fd_readdir_single(cookie: bigint): { ret: number; dirent: wasi.Dirent | null } {
    return attemptWith<{ dirent: wasi.Dirent | null }>(
      () => {
        if (cookie === 0n) this.#listing = this.#list();
        return { dirent: this.#listing[Number(BigInt.asUintN(64, cookie))] ?? null };
      },
      { dirent: null },
    );
  }

  override path_open(
    dirflags: number,
    path: string,
    oflags: number,
    rights: bigint,
    _inheriting: bigint,
    fdflags: number,
  ): { ret: number; fd_obj: Fd | null } {
    return attemptWith<{ fd_obj: Fd | null }>(
      () =>
        walk(this.handle, path, follows(dirflags), (location) => ({
          fd_obj: this.#open(location, oflags, rights, fdflags),
        })),
      { fd_obj: null },
    );
  }

  override path_create_directory(path: string): number {
    return this.#change(path, ({ dir, name }) => mkdirSync(dir.at(name)));
  }

  override path_remove_directory(path: string): number {
    return this.#change(path, ({ dir, name }) => rmdirSync(dir.at(name)));
  }

  override path_unlink_file(path: string): number {
    return this.#change(path, (location) => {
      // Systems differ in what unlink says of a directory.
      if (statOf(location).isDirectory()) throw new WasiFailure(Errno.ISDIR);
      unlinkSync(location.dir.at(location.name));
    });
  }

  override path_filestat_get(flags: number, path: string): { ret: number; filestat: wasi.Filestat | null } {
    return attemptWith<{ filestat: wasi.Filestat | null }>(
      () =>
        walk(this.handle, path, follows(flags), (location) => ({ filestat: filestatOf(statOf(location)) })),
      { filestat: null },
    );
  }

  override path_filestat_set_times(
    flags: number,
    path: string,
    atim: bigint,
    mtim: bigint,
    fstFlags: number,
  ): number {
    return attempt(() => {
      this.#writable();
      walk(this.handle, path, follows(flags), (location) => {
        const { atime, mtime } = timesOf(statOf(location), atim, mtim, fstFlags);
        // "." can't be a link, and some systems have no lutimes for directories.
        const set = location.name === "." ? utimesSync : lutimesSync;
        set(location.dir.at(location.name), atime, mtime);
      });
    });
  }

  /** An absolute target names a place of the host, which is none of the plug-in's business. */
  override path_readlink(path: string): { ret: number; data: string | null } {
    return attemptWith<{ data: string | null }>(
      () =>
        walk(this.handle, path, false, ({ dir, name }) => {
          const data = readlinkSync(dir.at(name));
          if (/^([/\\]|[a-z]:)/i.test(data)) throw new WasiFailure(Errno.NOTCAPABLE);
          return { data };
        }),
      { data: null },
    );
  }

  renameTo(path: string, target: HostDirectory, targetPath: string): number {
    return this.#changeBoth(path, false, target, targetPath, (from, to) => renameSync(from, to));
  }

  /** Only a regular file gets a second name. That name must be no more than the first: both sides must be writable. */
  linkTo(path: string, follow: boolean, target: HostDirectory, targetPath: string): number {
    return this.#changeBoth(path, follow, target, targetPath, (from, to) => {
      if (!lstatSync(from).isFile()) throw new WasiFailure(Errno.PERM);
      linkSync(from, to);
    });
  }

  #open(location: Location, oflags: number, rights: bigint, fdflags: number): Fd {
    const { dir, name, directoryOnly } = location;
    const has = (flag: number): boolean => (oflags & flag) !== 0;
    const wantsDirectory = directoryOnly || has(wasi.OFLAGS_DIRECTORY);
    const truncate = has(wasi.OFLAGS_TRUNC);
    const write = (rights & Rights.FD_WRITE) !== 0n || truncate;
    const present = lstatSync(dir.at(name), { throwIfNoEntry: false });

    if (present !== undefined && has(wasi.OFLAGS_CREAT) && has(wasi.OFLAGS_EXCL))
      throw new WasiFailure(Errno.EXIST);
    if (present?.isDirectory()) {
      if (truncate || has(wasi.OFLAGS_CREAT) || (write && !wantsDirectory))
        throw new WasiFailure(Errno.ISDIR);
      return new NodeDirectory(dir.child(name), this.#readOnly);
    }
    if (present?.isSymbolicLink()) throw new WasiFailure(Errno.LOOP);
    if (wantsDirectory) throw new WasiFailure(present === undefined ? Errno.NOENT : Errno.NOTDIR);
    if (present !== undefined && !present.isFile()) throw new WasiFailure(Errno.ACCES);
    if (write || (present === undefined && has(wasi.OFLAGS_CREAT))) this.#writable();

    const append = (fdflags & wasi.FDFLAGS_APPEND) !== 0;
    const fd = openSync(
      dir.at(name),
      accessFlags(write, (rights & Rights.FD_READ) !== 0n) |
        SAFELY |
        (has(wasi.OFLAGS_CREAT) ? constants.O_CREAT : 0) |
        (has(wasi.OFLAGS_EXCL) ? constants.O_EXCL : 0) |
        (append ? constants.O_APPEND : 0) |
        ((fdflags & (wasi.FDFLAGS_SYNC | wasi.FDFLAGS_RSYNC)) !== 0 ? (constants.O_SYNC ?? 0) : 0),
      0o666,
    );
    try {
      // What was looked at above may have been replaced meanwhile. Nothing is cut off before that is ruled out.
      if (!fstatSync(fd).isFile()) throw new WasiFailure(Errno.ACCES);
      dir.verify(fd, name);
      if (truncate) ftruncateSync(fd, 0);
    } catch (thrown) {
      closeSync(fd);
      throw thrown;
    }
    return new NodeFile(fd, append, rights & inheritedRights(this.#readOnly));
  }

  #list(): wasi.Dirent[] {
    const inode = lstatSync(this.handle.at("."), { bigint: true }).ino;
    const special = [".", ".."].map((name) => ({ name, inode, type: wasi.FILETYPE_DIRECTORY }));
    const entries = readdirSync(this.handle.at("."), { withFileTypes: true }).map((entry) => ({
      name: entry.name,
      // Node's listing has no inodes, and a zero is what says that the host doesn't know one.
      inode: 0n,
      type: filetypeOf(entry),
    }));
    return [...special, ...entries].map(
      ({ name, inode: id, type }, index) => new wasi.Dirent(BigInt(index + 1), id, name, type),
    );
  }

  /** Changes one entry of a directory. The open directory itself is not an entry that could be changed from here. */
  #change(path: string, operation: (location: Location) => void): number {
    return attempt(() => {
      this.#writable();
      walk(this.handle, path, false, (location) => operation(entryOf(location)));
    });
  }

  #changeBoth(
    path: string,
    follow: boolean,
    target: HostDirectory,
    targetPath: string,
    operation: (from: string, to: string) => void,
  ): number {
    return attempt(() => {
      if (!(target instanceof NodeDirectory)) throw new WasiFailure(Errno.XDEV);
      this.#writable();
      target.#writable();
      walk(this.handle, path, follow, (from) =>
        walk(target.handle, targetPath, false, (to) => {
          if (to.directoryOnly && !statOf(from).isDirectory()) throw new WasiFailure(Errno.NOTDIR);
          operation(pathOf(from), to.dir.at(entryOf(to).name));
        }),
      );
    });
  }

  #writable(): void {
    if (this.#readOnly) throw new WasiFailure(Errno.ROFS);
  }
}

/** Without following a link, and without waiting for the other end of a pipe. Windows has neither flag. */
const SAFELY = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

function accessFlags(write: boolean, read: boolean): number {
  if (!write) return constants.O_RDONLY;
  return read ? constants.O_RDWR : constants.O_WRONLY;
}

/** Bit 0 of `lookupflags`: the last component is resolved if it is a symbolic link. */
function follows(flags: number): boolean {
  return (flags & 1) !== 0;
}

function statOf({ dir, name, directoryOnly }: Location): BigIntStats {
  const stat = lstatSync(dir.at(name), { bigint: true });
  if (directoryOnly && !stat.isDirectory()) throw new WasiFailure(Errno.NOTDIR);
  return stat;
}

function entryOf(location: Location): Location {
  if (location.name === ".") throw new WasiFailure(Errno.BUSY);
  return location;
}

/** The host's path of an entry that exists. */
function pathOf(location: Location): string {
  statOf(location);
  return location.dir.at(entryOf(location).name);
}
