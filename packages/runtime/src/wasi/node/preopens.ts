import { wasi } from "@bjorn3/browser_wasi_shim";
import { TenonError } from "../../errors.js";
import type { AllowedPath } from "../allowed-paths.js";
import { Errno } from "../errno.js";
import type { Preopens } from "../load.js";
import { type DirHandle, openRoot } from "./dir-handle.js";
import { NodeDirectory } from "./directory.js";

/**
 * Opens the directories that a plug-in may use. They stay open until `close`, so that it keeps the ones that were
 * meant even if their names are given to others.
 *
 * @throws TenonError `option-invalid` for one that doesn't exist or isn't a directory.
 */
export function openPreopens(paths: readonly AllowedPath[]): Preopens {
  const opened: { handle: DirHandle; path: AllowedPath }[] = [];
  const close = (): void => {
    for (const { handle } of opened.splice(0)) handle.close();
  };
  try {
    for (const path of paths) opened.push({ handle: openAllowed(path.host), path });
  } catch (thrown) {
    close();
    throw thrown;
  }
  return {
    directories: () => opened.map(({ handle, path }) => new NodePreopen(handle, path.guest, path.readOnly)),
    close,
  };
}

function openAllowed(path: string): DirHandle {
  try {
    return openRoot(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TenonError("option-invalid", `allowedPaths: "${path}" can't be opened: ${reason}`, { cause });
  }
}

/** A directory that a plug-in is given from the start. Its handle is shared by the plug-in's instances. */
export class NodePreopen extends NodeDirectory {
  readonly #name: string;

  constructor(handle: DirHandle, name: string, readOnly: boolean) {
    super(handle, readOnly);
    this.#name = name;
  }

  override fd_close(): number {
    return Errno.SUCCESS;
  }

  override fd_prestat_get(): { ret: number; prestat: wasi.Prestat } {
    return { ret: Errno.SUCCESS, prestat: wasi.Prestat.dir(this.#name) };
  }
}
