/** The error numbers of WASI preview 1 that this host answers with (the `errno` enumeration of its specification). */
export const Errno = {
  SUCCESS: 0,
  ACCES: 2,
  BADF: 8,
  BUSY: 10,
  EXIST: 20,
  FAULT: 21,
  FBIG: 22,
  INVAL: 28,
  IO: 29,
  ISDIR: 31,
  LOOP: 32,
  MFILE: 33,
  MLINK: 34,
  NAMETOOLONG: 37,
  NFILE: 41,
  NOENT: 44,
  NOMEM: 48,
  NOSPC: 51,
  NOSYS: 52,
  NOTDIR: 54,
  NOTEMPTY: 55,
  NOTSUP: 58,
  NXIO: 60,
  OVERFLOW: 61,
  PERM: 63,
  ROFS: 69,
  SPIPE: 70,
  XDEV: 75,
  NOTCAPABLE: 76,
} as const;

/** A failure that a plug-in sees as an error number. The host throws it where a system call of the guest fails. */
export class WasiFailure extends Error {
  readonly errno: number;

  constructor(errno: number) {
    super(`WASI error ${errno}`);
    this.errno = errno;
  }
}

/**
 * The error number for whatever a file operation threw: Node's codes by name, and `IO` for what has none of its own.
 * Messages stay behind, since they name paths of the host.
 */
export function errnoOf(thrown: unknown): number {
  if (thrown instanceof WasiFailure) return thrown.errno;
  if (typeof thrown === "object" && thrown !== null && "code" in thrown) {
    return BY_CODE.get(String(thrown.code)) ?? Errno.IO;
  }
  return Errno.IO;
}

// A Map made from the table: every name of Node's is "E" and the name here.
const BY_CODE: ReadonlyMap<string, number> = new Map([
  ...Object.entries(Errno).map(([name, errno]): [string, number] => [`E${name}`, errno]),
  ["ENOTSUP", Errno.NOTSUP],
  ["EOPNOTSUPP", Errno.NOTSUP],
  ["ERR_INVALID_ARG_VALUE", Errno.INVAL],
  ["ERR_OUT_OF_RANGE", Errno.INVAL],
  ["EUNKNOWN", Errno.IO],
]);
