/**
 * The rights of WASI preview 1 as the bits of `fs_rights`. What a descriptor may do is decided by how the host opened
 * it; these are what it is told, since C libraries derive the rights of a new file from its directory's.
 */
export const Rights = {
  FD_READ: 1n << 1n,
  FD_WRITE: 1n << 6n,
} as const;

/** Every right from `FD_DATASYNC` to `POLL_FD_READWRITE` that a file or directory can have; the rest are sockets'. */
const ALL = (1n << 28n) - 1n;

const WRITING =
  Rights.FD_WRITE |
  (1n << 8n) | // FD_ALLOCATE
  (1n << 9n) | // PATH_CREATE_DIRECTORY
  (1n << 10n) | // PATH_CREATE_FILE
  (1n << 11n) | // PATH_LINK_SOURCE
  (1n << 12n) | // PATH_LINK_TARGET
  (1n << 16n) | // PATH_RENAME_SOURCE
  (1n << 17n) | // PATH_RENAME_TARGET
  (1n << 19n) | // PATH_FILESTAT_SET_SIZE
  (1n << 20n) | // PATH_FILESTAT_SET_TIMES
  (1n << 22n) | // FD_FILESTAT_SET_SIZE
  (1n << 23n) | // FD_FILESTAT_SET_TIMES
  (1n << 24n) | // PATH_SYMLINK
  (1n << 25n) | // PATH_REMOVE_DIRECTORY
  (1n << 26n); // PATH_UNLINK_FILE

// Of a directory itself: it can't be read, written, sought or told as a file.
const FILE_ONLY = Rights.FD_READ | Rights.FD_WRITE | (1n << 2n) | (1n << 5n) | (1n << 8n) | (1n << 22n);

/** What can be done below a directory, and so what its files inherit. */
export function inheritedRights(readOnly: boolean): bigint {
  return readOnly ? ALL & ~WRITING : ALL;
}

/** What can be done with the directory's own descriptor. */
export function directoryRights(readOnly: boolean): bigint {
  return inheritedRights(readOnly) & ~FILE_ONLY;
}
