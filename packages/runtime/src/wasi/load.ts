import type { Fd } from "@bjorn3/browser_wasi_shim";
import { openDirectories } from "#platform";
import type { InstanceHost } from "../linking/instance-host.js";
import type { ResolvedWasiOptions } from "./options.js";
import type { WasiInstance } from "./wasi.js";

/** The namespace that a module imports WASI preview 1 from. */
export const WASI_NAMESPACE = "wasi_snapshot_preview1";

/** The open directories of a plug-in: a descriptor of each for every instance. */
export interface Preopens {
  directories(): Fd[];
  close(): void;
}

/** What a plug-in is granted, and where its output goes. */
export interface WasiPolicy extends ResolvedWasiOptions {
  /** From the plug-in's path to the host's. */
  readonly allowedPaths: ReadonlyMap<string, string>;
  readonly writeLine: (stream: "stdout" | "stderr", line: string) => void;
  /** How long a wait may still block the thread. @default without end */
  readonly remainingMs?: (() => number) | undefined;
}

/** WASI for all the instances of one plug-in, each made without waiting. */
export interface WasiHost extends InstanceHost {
  /** Gives unfinished lines of output away: at the end of a call. */
  flush(): void;
  /** Closes every file that the instances have open: they are not used any more. */
  discard(): void;
  /** Closes the allowed directories as well. */
  close(): void;
}

/**
 * Loads what WASI takes (only now, so that nobody else pays for it) and opens the allowed directories.
 *
 * @throws TenonError `option-invalid` when a directory can't be opened, `unsupported` where there are none.
 */
export async function loadWasi(policy: WasiPolicy): Promise<WasiHost> {
  const [{ WASI_NAMES, WasiInstance }, { fixedClock, systemClock }, { seededRandom, systemRandom }] =
    await Promise.all([import("./wasi.js"), import("./clock.js"), import("./random.js")]);
  const { allowedPaths, args, env, deterministic, writeLine } = policy;
  const preopens = allowedPaths.size === 0 ? NO_DIRECTORIES : await openAll(allowedPaths);
  const instances = new Set<WasiInstance>();
  const discard = (): void => {
    for (const instance of instances) instance.close();
    instances.clear();
  };
  return {
    namespace: WASI_NAMESPACE,
    names: WASI_NAMES,
    create() {
      const instance = new WasiInstance({
        args,
        env,
        writeLine,
        clock: deterministic === undefined ? systemClock(policy.remainingMs) : fixedClock(deterministic.now),
        random: deterministic === undefined ? systemRandom : seededRandom(deterministic.seed),
        directories: preopens.directories(),
      });
      instances.add(instance);
      return instance;
    },
    flush() {
      for (const instance of instances) instance.flush();
    },
    discard,
    close() {
      discard();
      preopens.close();
    },
  };
}

const NO_DIRECTORIES: Preopens = { directories: () => [], close() {} };

async function openAll(paths: ReadonlyMap<string, string>): Promise<Preopens> {
  const { readAllowedPaths } = await import("./allowed-paths.js");
  return openDirectories(readAllowedPaths(paths));
}
