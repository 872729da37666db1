import { Errno } from "./errno.js";
import type { WasiFunctions } from "./wasi-functions.js";

/**
 * Makes the functions of WASI safe to hand to a hostile module. Addresses and sizes are read as unsigned, counts have
 * an upper bound, and an address outside of the memory is the error `FAULT` and not an exception through the plug-in.
 */
export function guard(functions: WasiFunctions): WasiFunctions {
  return Object.fromEntries(
    Object.entries(functions).map(([name, implementation]) => [
      name,
      guarded(implementation, BOUNDS[name] ?? []),
    ]),
  );
}

interface Bound {
  readonly argument: number;
  readonly most: number;
  readonly errno: number;
}

function guarded(
  implementation: (...args: (number | bigint)[]) => unknown,
  bounds: readonly Bound[],
): (...args: (number | bigint)[]) => unknown {
  return (...args) => {
    for (let index = 0; index < args.length; index++) {
      const value = args[index];
      // WebAssembly hands an i32 over as signed.
      if (typeof value === "number") args[index] = value >>> 0;
    }
    for (const { argument, most, errno } of bounds) {
      if (Number(args[argument]) > most) return errno;
    }
    try {
      return implementation(...args);
    } catch (thrown) {
      if (thrown instanceof RangeError && !/call stack/i.test(thrown.message)) return Errno.FAULT;
      throw thrown;
    }
  };
}

/** As many buffers as `readv` and `writev` take on Linux (IOV_MAX). */
const vectors: readonly Bound[] = [{ argument: 2, most: 1024, errno: Errno.INVAL }];

/** Four bytes of UTF-8 for each unit of the longest path, so that none is decoded that is refused anyway. */
function paths(...positions: number[]): readonly Bound[] {
  return positions.map((argument) => ({ argument, most: 16_384, errno: Errno.NAMETOOLONG }));
}

const BOUNDS: Readonly<Record<string, readonly Bound[]>> = {
  fd_read: vectors,
  fd_pread: vectors,
  fd_write: vectors,
  fd_pwrite: vectors,
  path_create_directory: paths(2),
  path_filestat_get: paths(3),
  path_filestat_set_times: paths(3),
  path_link: paths(3, 6),
  path_open: paths(3),
  path_readlink: paths(2),
  path_remove_directory: paths(2),
  path_rename: paths(2, 5),
  path_symlink: paths(1, 4),
  path_unlink_file: paths(2),
};
