import type { CallContext } from "./call-context.js";
import { ENV_NAMESPACE } from "./env.js";
import { TenonError } from "./errors.js";
import { LOG_METHODS, quietLogger } from "./log.js";
import { shapeOf } from "./module-shape.js";
import type { ResolvedOptions } from "./options.js";
import type { LoadedSource } from "./sources/load-source.js";
import { promiseIntegration, suspendingImport } from "./suspension.js";
import { loadWasi, WASI_NAMESPACE, type WasiHost } from "./wasi/load.js";

/** What one plug-in has of the world outside, because its options grant it and its modules import it. */
export interface Grants {
  readonly wasi: WasiHost | undefined;
  /** The functions of `extism:host/env` for HTTP, in the place of those that refuse. */
  readonly http: ((context: CallContext) => Record<string, unknown>) | undefined;
  /** Closes files, and gives up requests that are under way. */
  close(): void;
}

/**
 * Loads the code of what is granted, and nothing else: a plug-in that uses neither WASI nor HTTP pays for neither.
 *
 * @param logPriority the plug-in's log level when it writes a line.
 * @throws TenonError `option-invalid` or `unsupported`.
 */
export async function loadGrants(
  source: LoadedSource,
  options: ResolvedOptions,
  logPriority: () => number,
): Promise<Grants> {
  const closed = new AbortController();
  const http = imports(source, ENV_NAMESPACE, "http_request")
    ? await loadHttp(options, closed.signal)
    : undefined;
  const wasi =
    options.useWasi && imports(source, WASI_NAMESPACE)
      ? await loadWasi({
          ...options.wasi,
          allowedPaths: options.allowedPaths ?? new Map(),
          writeLine: lineWriter(options, logPriority),
        })
      : undefined;
  return {
    wasi,
    http,
    close() {
      closed.abort(new TenonError("closed", "the plug-in was closed during an HTTP request"));
      wasi?.close();
    },
  };
}

function imports({ modules }: LoadedSource, namespace: string, name?: string): boolean {
  return modules.some(({ module }) =>
    shapeOf(module).imports.some(
      (item) => item.module === namespace && (name === undefined || item.name === name),
    ),
  );
}

/** Standard output is logged as information, standard error as errors. */
function lineWriter(
  { logger, enableWasiOutput }: ResolvedOptions,
  logPriority: () => number,
): (stream: "stdout" | "stderr", line: string) => void {
  const shown = enableWasiOutput && logger === quietLogger ? console : logger;
  return (stream, line) => {
    const method = stream === "stdout" ? "info" : "error";
    if (enableWasiOutput || LOG_METHODS.indexOf(method) >= logPriority()) shown[method](line);
  };
}

async function loadHttp(options: ResolvedOptions, closed: AbortSignal): Promise<Grants["http"]> {
  if ((options.allowedHosts ?? []).length === 0) return undefined;
  const [{ httpPolicy }, { httpImports }] = await Promise.all([
    import("./http/policy.js"),
    import("./http/http-imports.js"),
  ]);
  const policy = await httpPolicy({
    ...options,
    // What is the platform's own may be replaced by something stricter.
    fetch: options.fetch === globalThis.fetch ? undefined : options.fetch,
  });
  return (context) => {
    const functions = httpImports({
      context,
      policy,
      showHeaders: options.allowHttpResponseHeaders,
      signal: () => closed,
    });
    return { ...functions, http_request: waitable(functions.http_request) };
  };
}

function waitable(request: (request: bigint, body: bigint) => Promise<bigint>): unknown {
  if (promiseIntegration !== undefined) return suspendingImport(request);
  return () => {
    throw new TenonError(
      "unsupported",
      "an HTTP request makes the plug-in wait, and this engine can't make WebAssembly wait (that is called JSPI; Node.js has it from version 24 on); use a newer engine",
    );
  };
}
