import { kernelImports } from "@tenon/kernel";
import type { CallContext } from "./call-context.js";
import { TenonError } from "./errors.js";
import type { KernelMemory } from "./kernel-memory.js";
import { LOG_METHODS, type Logger } from "./log.js";
import type { Vars } from "./vars.js";

/** The namespace of the functions that every Extism host offers. */
export const ENV_NAMESPACE = "extism:host/env";
/** The namespace of the functions that an interface's `imports` name. */
export const USER_NAMESPACE = "extism:host/user";

interface Surroundings {
  readonly kernel: KernelMemory;
  readonly context: CallContext;
  readonly vars: Vars;
  readonly config: ReadonlyMap<string, string>;
  readonly logger: Logger;
}

/**
 * The functions of `extism:host/env`. Those that work on blocks are the kernel's own exports: a plug-in that uses them
 * never enters JavaScript.
 */
export function environment(surroundings: Surroundings): Record<string, WebAssembly.ExportValue> {
  const { kernel, context, vars, config, logger } = surroundings;
  const functions: Record<string, WebAssembly.ExportValue> = {
    config_get(key: bigint): bigint {
      const value = config.get(kernel.text(key) ?? "");
      return value === undefined ? 0n : context.store(value);
    },
    var_get(key: bigint): bigint {
      const value = vars.get(kernel.text(key) ?? "");
      return value === undefined ? 0n : context.store(value);
    },
    var_set(key: bigint, value: bigint): void {
      const name = kernel.text(key);
      if (name === undefined) {
        logger.error("var_set was called with a key that is not a block; nothing was stored");
        return;
      }
      const buffer = kernel.read(value);
      if (buffer !== undefined) vars.set(name, new Uint8Array(buffer));
      else if (value === 0n) vars.delete(name);
      else logger.error(`var_set("${name}") was called with a value that is not a block; nothing was stored`);
    },
    get_log_level: (): number => context.logPriority,
    // Others take the place of these where the plug-in may send requests.
    http_request: () => {
      throw new TenonError(
        "http-denied",
        "the plug-in may not send HTTP requests: no host is allowed; name those that are in allowedHosts",
      );
    },
    http_status_code: (): number => 0,
    http_headers: (): bigint => 0n,
  };
  LOG_METHODS.forEach((method, priority) => {
    functions[`log_${method}`] = (message: bigint): void => {
      if (priority >= context.logPriority) logger[method](kernel.text(message) ?? "");
    };
  });
  for (const name of kernelImports) functions[name] = kernel.exports[name];
  return functions;
}
