import type { Fd, WASI } from "@bjorn3/browser_wasi_shim";
import { Errno } from "./errno.js";
import { bytesOf, textOf, viewOf } from "./memory.js";
import type { WasiFunctions } from "./wasi-functions.js";

/** What an open directory has to offer beyond the shim's `Fd`, so that entries can move between two of them. */
export interface HostDirectory extends Fd {
  /** Answers an error number. */
  renameTo(path: string, target: HostDirectory, targetPath: string): number;
  /** Gives a file another name. Answers an error number. */
  linkTo(path: string, follow: boolean, target: HostDirectory, targetPath: string): number;
}

/**
 * The functions on paths that the shim has only for directories in its own memory, or in a way that a plug-in could
 * use up the host with: it never takes a number of an open file again.
 */
export function pathFunctions(shim: WASI): WasiFunctions {
  const open = shim.wasiImport["path_open"];
  return {
    path_open(...args: (number | bigint)[]): number {
      if (lowestFree(shim) >= MAX_DESCRIPTORS) return Errno.MFILE;
      const errno = Number(open?.(...args));
      if (errno === Errno.SUCCESS) settle(shim, Number(args[8]));
      return errno;
    },

    path_rename(fd: number, path: number, length: number, newFd: number, newPath: number, newLength: number) {
      const [from, to] = [directory(shim, fd), directory(shim, newFd)];
      if (typeof from === "number") return from;
      if (typeof to === "number") return to;
      return from.renameTo(textOf(shim, path, length), to, textOf(shim, newPath, newLength));
    },

    path_link(
      fd: number,
      flags: number,
      path: number,
      length: number,
      newFd: number,
      newPath: number,
      newLength: number,
    ) {
      const [from, to] = [directory(shim, fd), directory(shim, newFd)];
      if (typeof from === "number") return from;
      if (typeof to === "number") return to;
      const follow = (flags & 1) !== 0;
      return from.linkTo(textOf(shim, path, length), follow, to, textOf(shim, newPath, newLength));
    },

    // A link that a plug-in makes could lead another program of the host out of the directory.
    path_symlink: () => Errno.NOTSUP,

    path_readlink(fd: number, path: number, length: number, buffer: number, size: number, used: number) {
      const { ret, data } = shim.fds[fd]?.path_readlink(textOf(shim, path, length)) ?? BAD_DESCRIPTOR;
      if (data === null) return ret;
      // Cut to size, as readlink does.
      const bytes = new TextEncoder().encode(data).subarray(0, size);
      bytesOf(shim).set(bytes, buffer);
      viewOf(shim).setUint32(used, bytes.length, true);
      return Errno.SUCCESS;
    },
  };
}

/** How many files one instance may have open, standard streams and given directories included. */
export const MAX_DESCRIPTORS = 1024;

const BAD_DESCRIPTOR = { ret: Errno.BADF, data: null };

function directory(shim: WASI, fd: number): HostDirectory | number {
  const open = shim.fds[fd];
  if (open === undefined) return Errno.BADF;
  return "renameTo" in open ? (open as HostDirectory) : Errno.NOTDIR;
}

/** Moves the file that the shim opened last, always at the end of its table, to the lowest free number. */
function settle(shim: WASI, result: number): void {
  const opened = shim.fds.pop();
  const fd = lowestFree(shim);
  if (opened !== undefined) shim.fds[fd] = opened;
  viewOf(shim).setUint32(result, fd, true);
}

function lowestFree(shim: WASI): number {
  // The shim leaves a hole where a file was closed, whatever its types say.
  const hole = (shim.fds as (Fd | undefined)[]).indexOf(undefined);
  return hole === -1 ? shim.fds.length : hole;
}
