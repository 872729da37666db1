import type { Plugin } from "esbuild";
import type { Diagnostic } from "./diagnostic.js";

/** What {@link buildPlugin} is to build, and how. */
export interface BuildOptions {
  /** The file whose default export has the plug-in's functions. */
  readonly entry: string;
  /** The directory that relative paths start from. @default process.cwd() */
  readonly cwd?: string;
  /**
   * The interface definition: embedded in the plug-in, and the source of `exports` and `imports` where those are
   * not given.
   */
  readonly interface?: InterfaceDocument;
  /** The functions that the entry has to export, no more and no fewer. Without it: those that it does export. */
  readonly exports?: readonly string[];
  /** The host functions that the plug-in may call. @default those of the interface, or none */
  readonly imports?: readonly string[];
  /** Shorter names and less white space. It saves little, as the plug-in carries no source. @default false */
  readonly minify?: boolean;
  /** Whether stack traces show the author's files: costs about the size of the minified bundle. @default true */
  readonly sourcemap?: boolean;
  /** Names to be replaced by expressions, as in esbuild. */
  readonly define?: Readonly<Record<string, string>>;
  /** Files whose exports stand in for global names that the plug-in uses: the place for polyfills. */
  readonly inject?: readonly string[];
  /** Conditions of package exports that apply, besides `import`, `browser` and `default`. */
  readonly conditions?: readonly string[];
  /** Plug-ins for esbuild. */
  readonly plugins?: readonly Plugin[];
  /** Whether `eval` and `new Function` work, for another 80 KB. @default where the bundle seems to use them */
  readonly eval?: boolean;
  /** Whether there is a clock, which is an import from WASI. @default where the bundle seems to use one */
  readonly clock?: boolean;
  /** Whether there are random numbers, which are an import from WASI. @default where the bundle seems to use them */
  readonly random?: boolean;
  /**
   * How much of the engine's stack the plug-in's code may take, in bytes: up to 524288. A simple function takes some
   * 260 bytes for each call of itself. More than the default is for hosts with a large stack of their own: an
   * overflow of that is a trap, and not an error with a message. @default 163840
   */
  readonly stackLimit?: number;
  /** How long the bundle may take to be evaluated, in milliseconds. @default 10000 */
  readonly evaluationLimit?: number;
}

/** As much of an interface definition as the compiler looks at. */
export interface InterfaceDocument {
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly imports?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** A plug-in, and what there is to say about it. */
export interface BuildResult {
  readonly wasm: Uint8Array<ArrayBuffer>;
  /** The names of its functions, in their order. */
  readonly exports: readonly string[];
  /** Every import of the module, as `module.name`, sorted. */
  readonly imports: readonly string[];
  readonly warnings: readonly Diagnostic[];
  readonly timings: BuildTimings;
  /** The files that the plug-in was made from, absolute. */
  readonly inputs: readonly string[];
}

/** How long each step took, in milliseconds. */
export interface BuildTimings {
  readonly bundle: number;
  readonly evaluate: number;
  readonly link: number;
  readonly total: number;
}
