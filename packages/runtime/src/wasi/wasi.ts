import { type Fd, WASI } from "@bjorn3/browser_wasi_shim";
import { TenonError } from "../errors.js";
import type { InstanceImports } from "../linking/instance-host.js";
import { type Clock, clockFunctions } from "./clock.js";
import { Errno } from "./errno.js";
import { WasiExit } from "./exit.js";
import { guard } from "./guard.js";
import { viewOf } from "./memory.js";
import { pathFunctions } from "./paths.js";
import { type RandomSource, randomFunctions } from "./random.js";
import { EmptyInput, LineOutput } from "./streams.js";
import type { WasiFunctions } from "./wasi-functions.js";

/** What one instance of a module sees of the world. */
export interface WasiWorld {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly random: RandomSource;
  /** The directories that it may use, from descriptor 3 on. */
  readonly directories: readonly Fd[];
  readonly writeLine: (stream: "stdout" | "stderr", line: string) => void;
}

/**
 * WASI preview 1 for one instance of a module. The shim reads and writes the structures in the module's memory; what a
 * hostile module could abuse, or what the shim has only in part, is replaced here.
 */
export class WasiInstance implements InstanceImports {
  /** The functions of `wasi_snapshot_preview1`. They work once {@link WasiInstance.attach} was called. */
  readonly functions: WasiFunctions;
  readonly #shim: WASI;
  readonly #outputs: readonly LineOutput[];
  #attached = false;

  constructor(world: WasiWorld) {
    const stdout = new LineOutput((line) => world.writeLine("stdout", line));
    const stderr = new LineOutput((line) => world.writeLine("stderr", line));
    this.#outputs = [stdout, stderr];
    const env = Object.entries(world.env).map(([name, value]) => `${name}=${value}`);
    const fds = [new EmptyInput(), stdout, stderr, ...world.directories];
    // Told not to, or it logs every call.
    const shim = new WASI([...world.args], env, fds, { debug: false });
    this.#shim = shim;
    this.functions = guard({
      ...shim.wasiImport,
      ...pathFunctions(shim),
      ...clockFunctions(shim, world.clock),
      ...randomFunctions(shim, world.random),
      ...processFunctions(shim),
    });
    for (const [name, implementation] of Object.entries(this.functions)) {
      this.functions[name] = (...args) => (this.#attached ? implementation(...args) : refuseEarly(name));
    }
  }

  /**
   * Says whose memory the functions work on. Comes after instantiation and before the module's initialiser.
   *
   * @throws TenonError `start-failed` when there is no memory.
   */
  attach(instance: WebAssembly.Instance): void {
    const { memory } = instance.exports;
    if (!(memory instanceof WebAssembly.Memory)) {
      throw new TenonError(
        "start-failed",
        'a module that imports WASI exports its memory under the name "memory"; this one has none',
      );
    }
    this.#shim.inst = { exports: { memory } };
    this.#attached = true;
  }

  /** Gives the last line of each stream away, though it isn't ended. */
  flush(): void {
    for (const output of this.#outputs) output.flush();
  }

  /** Closes every file that the module has open. */
  close(): void {
    this.flush();
    // A number that was closed leaves a hole, whatever the shim's types say.
    for (const fd of this.#shim.fds as (Fd | undefined)[]) fd?.fd_close();
    this.#shim.fds = [];
  }
}

/** The names of all the functions of WASI preview 1. */
export const WASI_NAMES: ReadonlySet<string> = new Set(
  Object.keys(new WASI([], [], [], { debug: false }).wasiImport),
);

/** The functions on the process that the shim leaves out, throws from, or gets wrong. */
function processFunctions(shim: WASI): WasiFunctions {
  const unsupported = (): number => Errno.NOTSUP;
  return {
    // The shim counts UTF-16 units and then writes UTF-8 bytes, past the end of the plug-in's buffer.
    args_sizes_get(count: number, size: number): number {
      const bytes = shim.args.reduce((sum, arg) => sum + encoder.encode(arg).length + 1, 0);
      viewOf(shim).setUint32(count, shim.args.length, true);
      viewOf(shim).setUint32(size, bytes, true);
      return Errno.SUCCESS;
    },
    proc_exit(code: number): never {
      throw new WasiExit(code);
    },
    proc_raise: unsupported,
    sock_accept: unsupported,
    sock_recv: unsupported,
    sock_send: unsupported,
    sock_shutdown: unsupported,
  };
}

const encoder = new TextEncoder();

function refuseEarly(name: string): never {
  throw new TenonError(
    "start-failed",
    `it calls the WASI function "${name}" from its start function, when its memory can't be reached yet; do that in _initialize`,
  );
}
