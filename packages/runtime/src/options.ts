import type { HostFunctions } from "./call-context.js";
import { TenonError } from "./errors.js";
import { LOG_LEVELS, type Logger, type LogLevel, quietLogger } from "./log.js";

export interface MemoryOptions {
  /**
   * The most bytes that the plug-in's variables may take, names included.
   *
   * @default 1048576
   */
  maxVarBytes?: number | undefined;
}

export interface PluginOptions {
  /**
   * The functions that the plug-in may import: namespace, then name.
   *
   * @example
   * ```ts
   * { "extism:host/user": { lookup(context, key: bigint) { return context.store(find(context.read(key)?.text())); } } }
   * ```
   */
  functions?: HostFunctions | undefined;
  /** What the plug-in's `config_get` answers. Overrides the manifest's `config`, key by key. */
  config?: Record<string, string> | undefined;
  /** Where the plug-in's log lines go. @default nowhere; `console` when only a `logLevel` is given */
  logger?: Logger | undefined;
  /** @default "silent" without a logger, "info" with one */
  logLevel?: LogLevel | undefined;
  memory?: MemoryOptions | undefined;
  /** Used for URLs. @default the platform's `fetch` */
  fetch?: typeof fetch | undefined;
  /** The plug-in's name in errors. @default the manifest's name of the module, or the file's name */
  name?: string | undefined;
  /** Only `false` for now: a plug-in that imports WASI is refused. */
  useWasi?: boolean | undefined;
}

export interface ResolvedOptions {
  readonly functions: HostFunctions;
  readonly config: ReadonlyMap<string, string>;
  readonly logger: Logger;
  readonly logLevel: LogLevel;
  readonly maxVarBytes: number;
}

/**
 * Checks options and fills in the defaults. An option that limits a plug-in is never ignored: one that this version
 * can't honour is refused.
 *
 * @throws TenonError `option-invalid` or `unsupported`.
 */
export function resolveOptions(
  options: PluginOptions,
  manifestConfig: Record<string, string> | undefined,
): ResolvedOptions {
  checkKeys(options, "", KNOWN, LATER);
  if (options.useWasi === true) throw later("useWasi");
  const memory = options.memory ?? {};
  checkKeys(memory, "memory.", ["maxVarBytes"], ["maxPages", "maxHttpResponseBytes"]);

  const maxVarBytes = memory.maxVarBytes ?? 1 << 20;
  if (!Number.isSafeInteger(maxVarBytes) || maxVarBytes < 0) {
    throw invalid(`memory.maxVarBytes is a number of bytes, 0 or more; got ${String(maxVarBytes)}`);
  }
  const logLevel = options.logLevel ?? (options.logger === undefined ? "silent" : "info");
  if (!LOG_LEVELS.includes(logLevel)) {
    throw invalid(`logLevel is one of ${LOG_LEVELS.join(", ")}; got "${String(logLevel)}"`);
  }
  return {
    functions: options.functions ?? {},
    config: mergeConfig(manifestConfig, options.config),
    logger: options.logger ?? (options.logLevel === undefined ? quietLogger : console),
    logLevel,
    maxVarBytes,
  };
}

const KNOWN: readonly (keyof PluginOptions)[] = [
  "functions",
  "config",
  "logger",
  "logLevel",
  "memory",
  "fetch",
  "name",
  "useWasi",
];

// Options of Extism's SDK that this version does not honour yet. Ignoring one could leave a plug-in without a limit.
const LATER = [
  "runInWorker",
  "allowedPaths",
  "allowedHosts",
  "timeoutMs",
  "enableWasiOutput",
  "sharedArrayBufferSize",
  "allowHttpResponseHeaders",
  "nodeWorkerArgs",
];

/** Refuses a key that isn't known, and one that isn't supported yet unless it is left off (undefined, null, false). */
export function checkKeys(
  object: object,
  prefix: string,
  known: readonly string[],
  notYet: readonly string[],
): void {
  for (const [key, value] of Object.entries(object)) {
    if (known.includes(key) || value === undefined || value === null || value === false) continue;
    if (notYet.includes(key)) throw later(prefix + key);
    throw invalid(
      `unknown option "${prefix}${key}"; known are ${known.map((name) => prefix + name).join(", ")}`,
    );
  }
}

// A Map, so that a key such as "constructor" finds nothing that nobody configured.
function mergeConfig(...sources: (Record<string, string> | undefined)[]): Map<string, string> {
  const merged = new Map<string, string>();
  for (const source of sources) {
    for (const [key, value] of Object.entries(source ?? {})) {
      if (typeof value !== "string") throw invalid(`config["${key}"] is text; got ${typeof value}`);
      merged.set(key, value);
    }
  }
  return merged;
}

function later(option: string): TenonError {
  return new TenonError("unsupported", `the option "${option}" isn't supported yet; leave it out`);
}

function invalid(message: string): TenonError {
  return new TenonError("option-invalid", message);
}
