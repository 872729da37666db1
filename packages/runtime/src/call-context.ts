import { TenonError } from "./errors.js";
import type { KernelMemory } from "./kernel-memory.js";
import { type LogLevel, logLevelOf, logPriority } from "./log.js";
import { PluginOutput } from "./output.js";
import type { Vars } from "./vars.js";

/** A function that the host offers to a plug-in. Its further arguments and its result are those of the import. */
// biome-ignore lint/suspicious/noExplicitAny: the import's signature is the plug-in's, unknown to TypeScript
export type HostFunction = (context: CallContext, ...args: any[]) => any;

/** What the host offers to a plug-in, by namespace, then by name: functions, and other things that Wasm can import. */
export interface HostFunctions {
  [namespace: string]: {
    [name: string]: HostFunction | WebAssembly.Memory | WebAssembly.Table | WebAssembly.Global;
  };
}

/**
 * What a host function can do with the call it is part of: read the blocks that the plug-in hands it, make new ones,
 * and use the plug-in's variables. Valid while the host function runs.
 */
export class CallContext {
  readonly #kernel: KernelMemory;
  readonly #vars: Vars;
  readonly #hostContext: () => unknown;
  #logPriority: number;

  constructor(kernel: KernelMemory, vars: Vars, logLevel: LogLevel, hostContext: () => unknown) {
    this.#kernel = kernel;
    this.#vars = vars;
    this.#logPriority = logPriority(logLevel);
    this.#hostContext = hostContext;
  }

  /** The third argument of `plugin.call`. */
  // biome-ignore lint/suspicious/noExplicitAny: the peer's signature
  hostContext<T = any>(): T {
    // The caller of plugin.call() and the host function agree on the type; nothing here can check it.
    return this.#hostContext() as T;
  }

  /** Makes a block of `size` bytes, all 0, and answers its handle; 0n when `size` is 0 or memory is exhausted. */
  alloc(size: bigint | number): bigint {
    const length = Number(size);
    return length > 0xffff_ffff ? 0n : BigInt(this.#kernel.alloc(length));
  }

  /** Gives a block back. Nothing happens when the handle isn't that of a block. */
  free(handle: bigint | number): void {
    this.#kernel.exports.free(BigInt(handle));
  }

  /** A copy of the block that starts at `handle`; `null` when no block does. */
  read(handle: bigint | number): PluginOutput | null {
    const buffer = this.#kernel.read(handle);
    return buffer === undefined ? null : new PluginOutput(buffer);
  }

  /**
   * Puts text (as UTF-8) or bytes into a new block and answers its handle; 0n when they are empty.
   *
   * @throws TenonError `out-of-memory`.
   */
  store(input: string | Uint8Array): bigint {
    const bytes = typeof input === "string" ? encoder.encode(input) : input;
    const address = this.#kernel.store(bytes);
    if (address === 0 && bytes.length > 0) {
      throw new TenonError("out-of-memory", `the call's memory has no room for ${bytes.length} more bytes`);
    }
    return BigInt(address);
  }

  /** The length of the block that starts at `handle`; 0n when no block does. */
  length(handle: bigint | number): bigint {
    return BigInt(this.#kernel.block(handle)?.length ?? 0);
  }

  /** Sets the call's error: the call fails with this text when the plug-in returns. `null` clears it. */
  setError(error: string | Error | null = null): void {
    this.#kernel.exports.error_set(
      error === null ? 0n : this.store(error instanceof Error ? error.message : error),
    );
  }

  getVariable(name: string): PluginOutput | null {
    const value = this.#vars.get(name);
    return value === undefined ? null : new PluginOutput(value.slice().buffer);
  }

  /** @throws TenonError `var-limit` when the plug-in's variables would take more than `memory.maxVarBytes`. */
  setVariable(name: string, value: string | Uint8Array): void {
    this.#vars.set(name, typeof value === "string" ? encoder.encode(value) : value);
  }

  deleteVariable(name: string): void {
    this.#vars.delete(name);
  }

  get logLevel(): LogLevel {
    return logLevelOf(this.#logPriority);
  }

  set logLevel(level: LogLevel) {
    this.#logPriority = logPriority(level);
  }

  /** The level as the number that plug-ins know it by. */
  get logPriority(): number {
    return this.#logPriority;
  }
}

const encoder = new TextEncoder();
