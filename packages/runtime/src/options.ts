import { platform } from "#platform";
import type { HostFunctions } from "./call-context.js";
import { checkFlag, checkKeys, checkObject, checkText, own } from "./check.js";
import { TenonError } from "./errors.js";
import { LOG_LEVELS, type Logger, type LogLevel, quietLogger } from "./log.js";
import type { MemoryOptions, PluginConfig } from "./manifest.js";
import { readSettings, SETTING_KEYS, type Settings } from "./settings.js";
import { type ResolvedWasiOptions, resolveWasiOptions, type WasiOptions } from "./wasi/options.js";

/** What `createPlugin` is told about a plug-in. What the manifest says of the same comes second. */
export interface PluginOptions {
  /**
   * What the plug-in may import: namespace, then name. Besides functions also a `WebAssembly.Memory`, `Global` or
   * `Table`.
   *
   * @example
   * ```ts
   * { "extism:host/user": { lookup(context, key: bigint) { return context.store(find(context.read(key)?.text())); } } }
   * ```
   */
  functions?: HostFunctions | undefined;
  /** What the plug-in's `config_get` answers. Overrides the manifest's `config`, key by key. */
  config?: PluginConfig | undefined;
  /** Where the plug-in's log lines go. @default nowhere; `console` when only a `logLevel` is given */
  logger?: Logger | undefined;
  /** @default "silent" without a logger, "info" with one */
  logLevel?: LogLevel | undefined;
  /** How much the plug-in may use. Overrides the manifest's `memory`, key by key. */
  memory?: MemoryOptions | undefined;
  /** Used for URLs. @default the platform's `fetch` */
  fetch?: typeof fetch | undefined;
  /** The plug-in's name in errors. @default the manifest's name of the main module, or the file's name */
  name?: string | undefined;
  /** Whether the plug-in may import WASI. @default false */
  useWasi?: boolean | undefined;
  /** What a WASI plug-in sees as arguments, environment, time and randomness. */
  wasi?: WasiOptions | undefined;
  /**
   * Folders that a WASI plug-in may use: its own path, then the host's, which may begin with `ro:` to be read-only. It
   * can't get out of them, and can't make symbolic links.
   *
   * @default the manifest's, or none
   */
  allowedPaths?: Record<string, string> | undefined;
  /** Hosts that the plug-in may send HTTP requests to. @default the manifest's, or none */
  allowedHosts?: string[] | undefined;
  /** The most milliseconds that a call may take. @default the manifest's, or no limit */
  timeoutMs?: number | null | undefined;
  /**
   * Whether what a WASI plug-in writes to stdout and stderr is shown whatever the log level, and without a logger on the
   * console. Without this it is logged: stdout as `info`, stderr as `error`, line by line.
   *
   * @default whether the environment variable `EXTISM_ENABLE_WASI_OUTPUT` is set
   */
  enableWasiOutput?: boolean | undefined;
  /**
   * Whether an allowed host may be at an address that isn't of the public Internet: a private, loopback or link-local
   * one. With `false` names are resolved, and each address is judged, before a connection is made.
   *
   * @default true
   */
  allowPrivateAddresses?: boolean | undefined;
  /** Whether the plug-in sees the headers of HTTP responses. @default false */
  allowHttpResponseHeaders?: boolean | undefined;
  /** Whether the plug-in runs in a thread of its own. @default false */
  runInWorker?: boolean | undefined;
  /** Has no effect: nothing here goes through a shared buffer of a fixed size. */
  sharedArrayBufferSize?: number | undefined;
  /** Has no effect without `runInWorker`. */
  nodeWorkerArgs?: object | undefined;
}

/** Options and manifest in one, checked, with the defaults filled in. */
export interface ResolvedOptions extends Omit<Settings, "config" | "maxVarBytes"> {
  readonly functions: HostFunctions;
  readonly config: ReadonlyMap<string, string>;
  readonly logger: Logger;
  readonly logLevel: LogLevel;
  readonly fetch: typeof fetch;
  readonly maxVarBytes: number;
  readonly useWasi: boolean;
  readonly enableWasiOutput: boolean;
  readonly allowHttpResponseHeaders: boolean;
  readonly allowPrivateAddresses: boolean;
  readonly wasi: ResolvedWasiOptions;
  readonly runInWorker: boolean;
}

/**
 * What may be asked for but can't be honoured yet, with the test of whether it is asked for. Ignoring one could leave
 * a plug-in without a limit, so each is refused. Whoever implements one takes its line out.
 */
const NOT_YET: Readonly<Record<string, (options: ResolvedOptions) => boolean>> = {
  timeoutMs: (options) => options.timeoutMs !== undefined,
  runInWorker: (options) => options.runInWorker,
  "memory.maxPages": (options) => options.maxPages !== undefined,
};

/** Whether an option does what it says in this version. */
export function isSupported(option: string): boolean {
  return !Object.hasOwn(NOT_YET, option);
}

/**
 * Checks options and fills in what the manifest says, and then the defaults. An option that limits a plug-in is never
 * ignored: one that this version can't honour is refused.
 *
 * @throws TenonError `option-invalid` or `unsupported`.
 */
export function resolveOptions(options: PluginOptions, manifest: Settings | undefined): ResolvedOptions {
  const given = checkObject(options, "options", invalid);
  checkKeys(given, "", KNOWN, invalid);
  checkText(own(given, "name"), "name", invalid);
  const settings = readSettings(given, false, invalid);
  const flag = (key: keyof PluginOptions) => checkFlag(own(given, key), key, invalid);
  const logLevel = options.logLevel ?? (options.logger === undefined ? "silent" : "info");
  if (!LOG_LEVELS.includes(logLevel)) {
    throw invalid(`logLevel is one of ${LOG_LEVELS.join(", ")}; got "${String(logLevel)}"`);
  }
  const resolved: ResolvedOptions = {
    allowedHosts: settings.allowedHosts ?? manifest?.allowedHosts,
    allowedPaths: settings.allowedPaths ?? manifest?.allowedPaths,
    maxPages: settings.maxPages ?? manifest?.maxPages,
    maxHttpResponseBytes: settings.maxHttpResponseBytes ?? manifest?.maxHttpResponseBytes,
    timeoutMs: settings.timeoutMs ?? manifest?.timeoutMs,
    functions: options.functions ?? {},
    config: new Map([...(manifest?.config ?? []), ...(settings.config ?? [])]),
    logger: options.logger ?? (options.logLevel === undefined ? quietLogger : console),
    logLevel,
    fetch: options.fetch ?? fetch,
    maxVarBytes: settings.maxVarBytes ?? manifest?.maxVarBytes ?? 1 << 20,
    useWasi: flag("useWasi") ?? false,
    enableWasiOutput: flag("enableWasiOutput") ?? platform.showsWasiOutput,
    allowHttpResponseHeaders: flag("allowHttpResponseHeaders") ?? false,
    allowPrivateAddresses: flag("allowPrivateAddresses") ?? true,
    wasi: resolveWasiOptions(options.wasi),
    runInWorker: flag("runInWorker") ?? false,
  };
  for (const [option, isAskedFor] of Object.entries(NOT_YET)) {
    if (isAskedFor(resolved)) {
      throw new TenonError("unsupported", `the option "${option}" isn't supported yet; leave it out`);
    }
  }
  return resolved;
}

const KNOWN: readonly (keyof PluginOptions)[] = [
  ...SETTING_KEYS,
  "functions",
  "logger",
  "logLevel",
  "fetch",
  "name",
  "useWasi",
  "enableWasiOutput",
  "allowHttpResponseHeaders",
  "allowPrivateAddresses",
  "wasi",
  "runInWorker",
  "sharedArrayBufferSize",
  "nodeWorkerArgs",
];

function invalid(message: string): TenonError {
  return new TenonError("option-invalid", message);
}
