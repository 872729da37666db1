import { closeSync, fstatSync, fsyncSync, ftruncateSync, futimesSync, readSync, writeSync } from "node:fs";
import { Fd, wasi } from "@bjorn3/browser_wasi_shim";
import { attempt, attemptWith } from "../attempt.js";
import { Errno, WasiFailure } from "../errno.js";
import { filestatOf, timesOf } from "./stat.js";

/** A regular file of the host that a plug-in has open. The position is kept here: Node can't ask for it, or move it. */
export class NodeFile extends Fd {
  readonly #fd: number;
  readonly #append: boolean;
  readonly #rights: bigint;
  #position = 0n;

  constructor(fd: number, append: boolean, rights: bigint) {
    super();
    this.#fd = fd;
    this.#append = append;
    this.#rights = rights;
  }

  override fd_close(): number {
    return attempt(() => closeSync(this.#fd));
  }

  override fd_read(size: number): { ret: number; data: Uint8Array } {
    const read = this.fd_pread(size, this.#position);
    this.#position += BigInt(read.data.length);
    return read;
  }

  override fd_pread(size: number, offset: bigint): { ret: number; data: Uint8Array } {
    return attemptWith(
      () => {
        if (offset < 0n) throw new WasiFailure(Errno.INVAL);
        const buffer = new Uint8Array(Math.min(size, MAX_READ));
        return { data: buffer.subarray(0, readSync(this.#fd, buffer, 0, buffer.length, offset)) };
      },
      { data: new Uint8Array() },
    );
  }

  override fd_write(data: Uint8Array): { ret: number; nwritten: number } {
    return attemptWith(
      () => {
        // Without a position the system appends, where the file was opened for that.
        const nwritten = writeSync(
          this.#fd,
          data,
          0,
          data.length,
          this.#append ? null : toPosition(this.#position),
        );
        this.#position = this.#append ? this.#stat().size : this.#position + BigInt(nwritten);
        return { nwritten };
      },
      { nwritten: 0 },
    );
  }

  override fd_pwrite(data: Uint8Array, offset: bigint): { ret: number; nwritten: number } {
    return attemptWith(() => ({ nwritten: writeSync(this.#fd, data, 0, data.length, toPosition(offset)) }), {
      nwritten: 0,
    });
  }

  override fd_seek(offset: bigint, whence: number): { ret: number; offset: bigint } {
    return attemptWith(
      () => {
        const target = this.#origin(whence) + offset;
        if (target < 0n || target > MAX_POSITION) throw new WasiFailure(Errno.INVAL);
        this.#position = target;
        return { offset: target };
      },
      { offset: 0n },
    );
  }

  override fd_tell(): { ret: number; offset: bigint } {
    return { ret: Errno.SUCCESS, offset: this.#position };
  }

  override fd_fdstat_get(): { ret: number; fdstat: wasi.Fdstat } {
    const fdstat = new wasi.Fdstat(wasi.FILETYPE_REGULAR_FILE, this.#append ? wasi.FDFLAGS_APPEND : 0);
    fdstat.fs_rights_base = this.#rights;
    return { ret: Errno.SUCCESS, fdstat };
  }

  /** Appending is fixed when the file is opened; the other flags make no difference to a regular file. */
  override fd_fdstat_set_flags(flags: number): number {
    return ((flags & wasi.FDFLAGS_APPEND) !== 0) === this.#append ? Errno.SUCCESS : Errno.NOTSUP;
  }

  override fd_filestat_get(): { ret: number; filestat: wasi.Filestat | null } {
    return attemptWith<{ filestat: wasi.Filestat | null }>(() => ({ filestat: filestatOf(this.#stat()) }), {
      filestat: null,
    });
  }

  override fd_filestat_set_size(size: bigint): number {
    return attempt(() => ftruncateSync(this.#fd, toPosition(size)));
  }

  override fd_filestat_set_times(atim: bigint, mtim: bigint, flags: number): number {
    return attempt(() => {
      const { atime, mtime } = timesOf(this.#stat(), atim, mtim, flags);
      futimesSync(this.#fd, atime, mtime);
    });
  }

  override fd_allocate(offset: bigint, length: bigint): number {
    return attempt(() => {
      if (offset < 0n || length <= 0n) throw new WasiFailure(Errno.INVAL);
      const end = toPosition(offset + length);
      if (this.#stat().size < BigInt(end)) ftruncateSync(this.#fd, end);
    });
  }

  override fd_sync(): number {
    return attempt(() => fsyncSync(this.#fd));
  }

  #stat() {
    return fstatSync(this.#fd, { bigint: true });
  }

  #origin(whence: number): bigint {
    switch (whence) {
      case wasi.WHENCE_SET:
        return 0n;
      case wasi.WHENCE_CUR:
        return this.#position;
      case wasi.WHENCE_END:
        return this.#stat().size;
      default:
        throw new WasiFailure(Errno.INVAL);
    }
  }
}

/**
 * The most bytes of one read: a plug-in may ask for 4 GiB without having the memory for them. A read may always be
 * shorter than what was asked for.
 */
const MAX_READ = 1 << 20;

/** The largest offset of a 64-bit `off_t`. */
const MAX_POSITION = (1n << 63n) - 1n;

/** Node takes positions as numbers, and silently ignores one that it does not like. */
function toPosition(offset: bigint): number {
  if (offset < 0n) throw new WasiFailure(Errno.INVAL);
  if (offset > BigInt(Number.MAX_SAFE_INTEGER)) throw new WasiFailure(Errno.FBIG);
  return Number(offset);
}
