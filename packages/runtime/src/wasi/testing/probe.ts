import { assemble } from "../../testing/wat.js";
import { fixedClock } from "../clock.js";
import { seededRandom } from "../random.js";
import { WasiInstance, type WasiWorld } from "../wasi.js";

/** The signature of each function that the tests call: parameters as `i` (i32) and `l` (i64), all answer an i32. */
export const SIGNATURES = {
  args_get: "ii",
  args_sizes_get: "ii",
  clock_res_get: "ii",
  clock_time_get: "ili",
  environ_get: "ii",
  environ_sizes_get: "ii",
  fd_allocate: "ill",
  fd_close: "i",
  fd_fdstat_get: "ii",
  fd_fdstat_set_flags: "ii",
  fd_filestat_get: "ii",
  fd_filestat_set_size: "il",
  fd_filestat_set_times: "illi",
  fd_pread: "iiili",
  fd_prestat_dir_name: "iii",
  fd_prestat_get: "ii",
  fd_pwrite: "iiili",
  fd_read: "iiii",
  fd_readdir: "iiili",
  fd_renumber: "ii",
  fd_seek: "ilii",
  fd_sync: "i",
  fd_tell: "ii",
  fd_write: "iiii",
  path_create_directory: "iii",
  path_filestat_get: "iiiii",
  path_filestat_set_times: "iiiilli",
  path_link: "iiiiiii",
  path_open: "iiiiillii",
  path_readlink: "iiiiii",
  path_remove_directory: "iii",
  path_rename: "iiiiii",
  path_symlink: "iiiii",
  path_unlink_file: "iii",
  poll_oneoff: "iiii",
  proc_raise: "i",
  random_get: "ii",
  sched_yield: "",
  sock_shutdown: "ii",
} as const;

export type WasiName = keyof typeof SIGNATURES;

const TYPES: Readonly<Record<string, string>> = { i: "i32", l: "i64" };

/** A module that imports every one of these and exports it again: what is called passes through WebAssembly. */
const PROBE = new WebAssembly.Module(
  assemble(`(module
    ${Object.entries(SIGNATURES)
      .map(([name, signature]) => {
        const parameters = [...signature].map((letter) => TYPES[letter]).join(" ");
        return `(import "wasi_snapshot_preview1" "${name}" (func $${name} (param ${parameters}) (result i32)))`;
      })
      .join("\n")}
    (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
    (memory (export "memory") 4)
    ${[...Object.keys(SIGNATURES), "proc_exit"].map((name) => `(export "${name}" (func $${name}))`).join("\n")})`),
);

/** Where the helpers put their arguments, and their results. */
const [PATH, OTHER_PATH, VECTOR, RESULT, BUFFER] = [1024, 32_768, 65_536, 65_600, 131_072];

/** A module under the test's control, which calls WASI with whatever the test likes. */
export class Probe {
  readonly wasi: WasiInstance;
  readonly lines: string[] = [];
  readonly #exports: WebAssembly.Exports;
  readonly #memory: WebAssembly.Memory;

  constructor(world: Partial<WasiWorld> = {}) {
    this.wasi = new WasiInstance({
      args: [],
      env: {},
      clock: fixedClock(0),
      random: seededRandom(0),
      directories: [],
      writeLine: (stream, line) => this.lines.push(`${stream}: ${line}`),
      ...world,
    });
    const instance = new WebAssembly.Instance(PROBE, {
      wasi_snapshot_preview1: this.wasi.functions,
    });
    this.wasi.attach(instance);
    this.#exports = instance.exports;
    // The module above exports its memory.
    this.#memory = instance.exports["memory"] as WebAssembly.Memory;
  }

  get view(): DataView {
    return new DataView(this.#memory.buffer);
  }

  call(name: WasiName | "proc_exit", ...args: (number | bigint)[]): number {
    // Every other export of the module is one of these functions.
    return (this.#exports[name] as (...args: (number | bigint)[]) => number)(...args);
  }

  /** Calls a function that takes `fd, path, length`, with further arguments after them. */
  path(name: WasiName, fd: number, path: string, ...more: (number | bigint)[]): number {
    return this.call(name, fd, ...this.put(PATH, path), ...more);
  }

  open(fd: number, path: string, options: OpenOptions = {}): { errno: number; fd: number } {
    const { follow = true, oflags = 0, rights = READ, fdflags = 0 } = options;
    const [address, length] = this.put(PATH, path);
    const errno = this.call(
      "path_open",
      fd,
      follow ? 1 : 0,
      address,
      length,
      oflags,
      rights,
      0n,
      fdflags,
      RESULT,
    );
    return { errno, fd: this.view.getUint32(RESULT, true) };
  }

  /** The content of a file, or the number of the error that opening or reading it made. */
  readFile(fd: number, path: string, follow = true): string | number {
    const file = this.open(fd, path, { follow });
    if (file.errno !== 0) return file.errno;
    const { errno, text } = this.read(file.fd, 1000);
    this.call("fd_close", file.fd);
    return errno === 0 ? text : errno;
  }

  read(fd: number, size: number): { errno: number; text: string } {
    this.#vector(BUFFER, size);
    const errno = this.call("fd_read", fd, VECTOR, 1, RESULT);
    return { errno, text: errno === 0 ? this.text(BUFFER, this.view.getUint32(RESULT, true)) : "" };
  }

  write(fd: number, text: string): { errno: number; written: number } {
    const [address, length] = this.put(BUFFER, text);
    this.#vector(address, length);
    const errno = this.call("fd_write", fd, VECTOR, 1, RESULT);
    return { errno, written: this.view.getUint32(RESULT, true) };
  }

  both(
    name: "path_rename" | "path_link",
    from: readonly [number, string],
    to: readonly [number, string],
  ): number {
    const [address, length] = this.put(PATH, from[1]);
    const [newAddress, newLength] = this.put(OTHER_PATH, to[1]);
    const flags = name === "path_link" ? [0] : [];
    return this.call(name, from[0], ...flags, address, length, to[0], newAddress, newLength);
  }

  readlink(fd: number, path: string, size = 100): string | number {
    const errno = this.path("path_readlink", fd, path, BUFFER, size, RESULT);
    return errno === 0 ? this.text(BUFFER, this.view.getUint32(RESULT, true)) : errno;
  }

  stat(fd: number, path: string, follow = true): { errno: number; type: number; size: bigint; mtim: bigint } {
    const [address, length] = this.put(PATH, path);
    const errno = this.call("path_filestat_get", fd, follow ? 1 : 0, address, length, RESULT);
    const { view } = this;
    return {
      errno,
      type: view.getUint8(RESULT + 16),
      size: view.getBigUint64(RESULT + 32, true),
      mtim: view.getBigUint64(RESULT + 48, true),
    };
  }

  /** The names in an open directory, read with a buffer of `size` bytes at a time. */
  list(fd: number, size = 4096): string[] {
    const names: string[] = [];
    for (let cookie = 0n; ; ) {
      const errno = this.call("fd_readdir", fd, BUFFER, size, cookie, RESULT);
      if (errno !== 0) throw new Error(`fd_readdir: ${errno}`);
      const used = this.view.getUint32(RESULT, true);
      for (let at = 0; at + 24 <= used; ) {
        const length = this.view.getUint32(BUFFER + at + 16, true);
        if (at + 24 + length > used) break;
        cookie = this.view.getBigUint64(BUFFER + at, true);
        names.push(this.text(BUFFER + at + 24, length));
        at += 24 + length;
      }
      if (used < size) return names;
    }
  }

  put(address: number, text: string): [address: number, length: number] {
    const bytes = new TextEncoder().encode(text);
    new Uint8Array(this.#memory.buffer).set(bytes, address);
    return [address, bytes.length];
  }

  text(address: number, length: number): string {
    return new TextDecoder().decode(new Uint8Array(this.#memory.buffer, address, length).slice());
  }

  #vector(address: number, length: number): void {
    this.view.setUint32(VECTOR, address, true);
    this.view.setUint32(VECTOR + 4, length, true);
  }
}

export interface OpenOptions {
  readonly follow?: boolean;
  readonly oflags?: number;
  readonly rights?: bigint;
  readonly fdflags?: number;
}

export const READ = 1n << 1n;
export const WRITE = 1n << 6n;
export const CREATE = 1;
export const DIRECTORY = 2;
export const EXCLUSIVE = 4;
export const TRUNCATE = 8;
