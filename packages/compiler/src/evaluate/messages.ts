/** What the evaluating thread is asked to do. */
export interface EvaluationRequest {
  readonly id: number;
  /** The bundle: an ES module that imports nothing but `tenon:` modules. */
  readonly code: string;
  /** The source map's `mappings` and `sources`, as JSON text. */
  readonly map: string;
  /** Whether the map stays in the plug-in. */
  readonly keepMap: boolean;
  readonly imports: readonly string[];
  /** Whether eval works in the plug-in. */
  readonly eval: boolean;
  /** In bytes; null for the engine's own. */
  readonly stackLimit: number | null;
  /** The functions that the default export has to have; null for any. */
  readonly exports: readonly string[] | null;
}

/** What it answers. */
export type EvaluationReply =
  | { readonly id: number; readonly kind: "done"; readonly evaluation: Evaluation }
  | { readonly id: number; readonly kind: "thrown"; readonly text: string; readonly code: number }
  | { readonly id: number; readonly kind: "exports"; readonly problem: ExportProblem }
  | { readonly id: number; readonly kind: "broken"; readonly text: string };

/** The state of the engine after the bundle was evaluated. */
export interface Evaluation {
  readonly memory: Uint8Array<ArrayBuffer>;
  /** The mutable globals, by index. */
  readonly globals: ReadonlyMap<number, number | bigint>;
  /** The functions, in the order of their numbers. */
  readonly names: readonly string[];
  readonly readClock: boolean;
  readonly readRandom: boolean;
}

/** What is wrong with the default export. The words are those of engine/prelude.js. */
export type ExportProblem =
  | { readonly problem: "no default export" }
  | { readonly problem: "not an object"; readonly got: string }
  | { readonly problem: "not functions"; readonly names: readonly string[] }
  | { readonly problem: "names"; readonly missing: readonly string[]; readonly extra: readonly string[] };

/** The codes of failed calls: see assembly/call.ts. */
export const NEVER_SETTLES = 4;
