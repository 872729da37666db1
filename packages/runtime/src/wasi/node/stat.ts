import type { BigIntStats, Stats } from "node:fs";
import { wasi } from "@bjorn3/browser_wasi_shim";
import { Errno, WasiFailure } from "../errno.js";

/** What a plug-in is told about a file of the host. */
export function filestatOf(stat: BigIntStats): wasi.Filestat {
  const filestat = new ExactFilestat(stat.ino, filetypeOf(stat), stat.size);
  filestat.dev = stat.dev;
  filestat.nlink = stat.nlink;
  filestat.atim = unsigned(stat.atimeNs);
  filestat.mtim = unsigned(stat.mtimeNs);
  filestat.ctim = unsigned(stat.ctimeNs);
  return filestat;
}

/** Tells kinds of files apart; sockets and pipes are one kind to a plug-in, since it can open neither. */
export function filetypeOf(stat: Pick<Stats | BigIntStats, `is${Kind}`>): number {
  if (stat.isFile()) return wasi.FILETYPE_REGULAR_FILE;
  if (stat.isDirectory()) return wasi.FILETYPE_DIRECTORY;
  if (stat.isSymbolicLink()) return wasi.FILETYPE_SYMBOLIC_LINK;
  if (stat.isCharacterDevice()) return wasi.FILETYPE_CHARACTER_DEVICE;
  if (stat.isBlockDevice()) return wasi.FILETYPE_BLOCK_DEVICE;
  return wasi.FILETYPE_UNKNOWN;
}

type Kind = "File" | "Directory" | "SymbolicLink" | "CharacterDevice" | "BlockDevice";

/**
 * The times to set, in seconds as `node:fs` takes them, from what `fd_filestat_set_times` is given.
 *
 * @throws WasiFailure `INVAL` when a time is to be both a value and now.
 */
export function timesOf(
  current: BigIntStats,
  atim: bigint,
  mtim: bigint,
  flags: number,
): { atime: number; mtime: number } {
  const access = flags & (wasi.FSTFLAGS_ATIM | wasi.FSTFLAGS_ATIM_NOW);
  const modification = flags & (wasi.FSTFLAGS_MTIM | wasi.FSTFLAGS_MTIM_NOW);
  if (
    access === (wasi.FSTFLAGS_ATIM | wasi.FSTFLAGS_ATIM_NOW) ||
    modification === (wasi.FSTFLAGS_MTIM | wasi.FSTFLAGS_MTIM_NOW)
  ) {
    throw new WasiFailure(Errno.INVAL);
  }
  const now = Date.now() / 1000;
  const seconds = (ns: bigint): number => Number(BigInt.asUintN(64, ns)) / 1e9;
  return {
    atime: access === 0 ? seconds(current.atimeNs) : access === wasi.FSTFLAGS_ATIM ? seconds(atim) : now,
    mtime:
      modification === 0
        ? seconds(current.mtimeNs)
        : modification === wasi.FSTFLAGS_MTIM
          ? seconds(mtim)
          : now,
  };
}

/** The shim's own writer (0.4.2) puts the three times at 38, 46 and 52, over the size; they are at 40, 48 and 56. */
class ExactFilestat extends wasi.Filestat {
  override write_bytes(view: DataView, address: number): void {
    view.setBigUint64(address, this.dev, true);
    view.setBigUint64(address + 8, this.ino, true);
    view.setBigUint64(address + 16, BigInt(this.filetype), true);
    view.setBigUint64(address + 24, this.nlink, true);
    view.setBigUint64(address + 32, this.size, true);
    view.setBigUint64(address + 40, this.atim, true);
    view.setBigUint64(address + 48, this.mtim, true);
    view.setBigUint64(address + 56, this.ctim, true);
  }
}

/** A file may be older than 1970; a WASI timestamp can't be. */
function unsigned(ns: bigint): bigint {
  return ns < 0n ? 0n : ns;
}
