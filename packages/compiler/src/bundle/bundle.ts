import { join, resolve } from "node:path";
import {
  type BuildFailure,
  type BuildResult,
  build,
  context,
  type BuildOptions as EsbuildOptions,
  type Metafile,
  type Plugin,
} from "esbuild";
import { BuildError, type Diagnostic } from "../diagnostic.js";
import type { BuildOptions } from "../options.js";
import { engineModules } from "./engine-modules.js";
import { fromMessage } from "./messages.js";
import { timerDiagnostics, timers } from "./timers.js";
import { webGlobals } from "./web-globals.js";

/** An entry with all that it imports, as one ES module. */
export interface Bundle {
  readonly code: string;
  /** The `mappings` and `sources` of its source map, as JSON text. */
  readonly map: string;
  readonly warnings: readonly Diagnostic[];
  /** The files that went into it, absolute. */
  readonly inputs: readonly string[];
}

/** Bundles an entry, once. Throws a {@link BuildError} for what is wrong with the files. */
export async function bundleEntry(options: BuildOptions): Promise<Bundle> {
  const cwd = workingDirectory(options);
  const result = await build(esbuildOptions(options, cwd)).catch((error: unknown) => {
    // A failure is thrown where there is nobody to hear of it otherwise.
    if (isFailure(error)) return error;
    throw error;
  });
  return bundleOf(result, cwd);
}

/** Stops the watching of {@link watchEntry}. */
export interface BundleWatcher {
  close(): Promise<void>;
}

/**
 * Bundles an entry now, and again whenever one of its files changes. esbuild keeps what it has read. `onBundle` gets
 * a function that answers the bundle, or throws as {@link bundleEntry} does.
 */
export async function watchEntry(
  options: BuildOptions,
  onBundle: (bundle: () => Bundle) => void,
): Promise<BundleWatcher> {
  const cwd = workingDirectory(options);
  const reporter: Plugin = {
    name: "tenon-watch",
    setup(esbuild) {
      esbuild.onEnd((result) => {
        // The options ask for files in memory and for the record of inputs.
        onBundle(() => bundleOf(result as Result, cwd));
      });
    },
  };
  const base = esbuildOptions(options, cwd);
  const esbuild = await context({ ...base, plugins: [...base.plugins, reporter] });
  await esbuild.watch();
  return { close: () => esbuild.dispose() };
}

type Result = BuildResult<ReturnType<typeof esbuildOptions>>;

function workingDirectory(options: BuildOptions): string {
  return resolve(options.cwd ?? process.cwd());
}

function esbuildOptions(options: BuildOptions, cwd: string) {
  return {
    absWorkingDir: cwd,
    entryPoints: [resolve(cwd, options.entry)],
    // Nothing is written: the name is what sources in the map are relative to.
    outfile: join(cwd, "plugin.js"),
    write: false,
    bundle: true,
    metafile: true,
    format: "esm",
    // Packages that know of browsers come without parts of Node.
    platform: "browser",
    target: "es2023",
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
    sourcemap: "external",
    sourcesContent: false,
    minify: options.minify ?? false,
    conditions: [...(options.conditions ?? [])],
    define: { "process.env.NODE_ENV": '"production"', ...options.define },
    inject: [...(options.inject ?? [])],
    plugins: [engineModules(), timers(), webGlobals(), ...(options.plugins ?? [])],
  } satisfies EsbuildOptions;
}

function bundleOf(result: Result | BuildFailure, cwd: string): Bundle {
  const warnings = result.warnings.map((message) => fromMessage(message, "warning", cwd));
  if (result.errors.length > 0 || !("metafile" in result)) {
    throw new BuildError([
      ...result.errors.map((message) => fromMessage(message, "error", cwd)),
      ...warnings,
    ]);
  }
  const timed = timerDiagnostics(result.metafile, cwd);
  if (timed.some(({ severity }) => severity === "error")) throw new BuildError([...timed, ...warnings]);
  const fileOf = (suffix: string) => result.outputFiles.find(({ path }) => path.endsWith(suffix))?.text ?? "";
  return {
    code: fileOf(".js"),
    map: compactMap(fileOf(".map")),
    warnings: [...warnings, ...timed],
    inputs: inputsOf(result.metafile, cwd),
  };
}

function isFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && "warnings" in error;
}

/** Names and contents of the sources stay out: stack traces need neither. */
function compactMap(text: string): string {
  // esbuild's own: ECMA-426.
  const { mappings, sources } = JSON.parse(text) as { readonly mappings: string; readonly sources: string[] };
  return JSON.stringify({ mappings, sources });
}

function inputsOf({ inputs }: Metafile, cwd: string): string[] {
  // A path with a namespace before it is not a file.
  const files = Object.keys(inputs).filter((path) => !/^[\w-]{2,}:/.test(path));
  return files.map((path) => resolve(cwd, path)).sort();
}
