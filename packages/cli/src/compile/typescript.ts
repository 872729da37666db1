import {
  BuildError,
  type BuildOptions,
  buildPlugin,
  formatDiagnostic,
  type WatchEvent,
  watchPlugin,
} from "@tenon/compiler";
import { CliError } from "../cli-error.js";

export interface TypeScriptBuild {
  /** The author's module. */
  readonly author: string;
  readonly cwd: string;
  /** The interface that the plug-in is to carry; absent for one that reads and writes bytes itself. */
  readonly interface: Record<string, unknown> | undefined;
  readonly minify: boolean;
  readonly sourcemap: boolean;
  /** Receives what there is to say: warnings, and errors with their places. */
  readonly report: (text: string) => void;
}

/**
 * Compiles a plug-in with the engine that comes with Tenon.
 *
 * @throws CliError when the plug-in can't be built; what is wrong has been reported.
 */
export async function buildTypeScript(build: TypeScriptBuild): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const { wasm, warnings } = await buildPlugin(optionsOf(build));
    for (const warning of warnings) build.report(`warning: ${formatDiagnostic(warning)}\n`);
    return wasm;
  } catch (error) {
    throw failure(error, build);
  }
}

/** Builds now and after every change, until the signal. A failed build is reported, and the next change waited for. */
export async function watchTypeScript(
  build: TypeScriptBuild,
  onBuilt: (wasm: Uint8Array<ArrayBuffer>, milliseconds: number) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  // One after the other: what is written last must be what was built last.
  let last = Promise.resolve();
  const onEvent = (event: WatchEvent): void => {
    last = last.then(async () => {
      if (event.kind === "built") await onBuilt(event.result.wasm, event.result.timings.total);
      else build.report(`tenon: ${failure(event.error, build).message}\n`);
    });
  };
  const watcher = await watchPlugin(optionsOf(build), onEvent);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await watcher.close();
  await last;
}

function optionsOf(build: TypeScriptBuild): BuildOptions {
  const { author, cwd, minify, sourcemap } = build;
  const options: BuildOptions = { entry: author, cwd, minify, sourcemap };
  return build.interface === undefined ? options : { ...options, interface: build.interface };
}

function failure(error: unknown, build: TypeScriptBuild): CliError {
  if (!(error instanceof BuildError)) throw error;
  build.report(`${error.message}\n`);
  const count = error.diagnostics.filter(({ severity }) => severity === "error").length;
  return new CliError(
    "the plug-in can't be built",
    count === 1 ? "see the error above" : `see the ${count} errors above`,
  );
}
