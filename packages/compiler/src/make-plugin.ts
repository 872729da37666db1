import { readModule } from "@tenon/wasm";
import type { Bundle } from "./bundle/bundle.js";
import { findUses } from "./bundle/uses.js";
import { exportNames, importNames, nameErrors, stackErrors } from "./check-options.js";
import { BuildError, type Diagnostic } from "./diagnostic.js";
import type { Engine } from "./engine.js";
import { evaluationErrors, frozenWarnings } from "./evaluate/errors.js";
import type { Evaluator } from "./evaluate/evaluator.js";
import { finishPlugin, linkEngine } from "./link/link-plugin.js";
import type { Needs } from "./link/needs.js";
import type { BuildOptions, BuildResult } from "./options.js";

/** How long a bundle may take to be evaluated, in milliseconds, unless the options say otherwise. */
const EVALUATION_LIMIT = 10_000;

/** Makes the plug-in of a bundle. `before` says when the build began, and how long the bundling took. */
export async function makePlugin(
  engine: Engine,
  evaluator: Evaluator,
  bundle: Bundle,
  options: BuildOptions,
  before: { readonly started: number; readonly bundle: number },
): Promise<BuildResult> {
  const begun = performance.now();
  const wanted = exportNames(options);
  const hostFunctions = importNames(options);
  refuse([...nameErrors(wanted ?? [], hostFunctions), ...stackErrors(options)], bundle);
  const needs = needsOf(bundle, options, hostFunctions);
  const evaluating = evaluate(evaluator, bundle, options, wanted, needs);
  // Where the names are known, linking and evaluating go on at the same time. A failure is awaited below.
  evaluating.catch(() => undefined);
  const early = wanted && linkEngine(engine, { names: wanted, hostFunctions, needs });
  const evaluation = await evaluating;
  const evaluated = performance.now();
  const { names } = evaluation;
  refuse(nameErrors(names, hostFunctions), bundle);
  const linked = early ?? linkEngine(engine, { names, hostFunctions, needs });
  const document = options.interface && JSON.stringify(options.interface);
  const wasm = finishPlugin(engine, linked, evaluation, document);
  const finished = performance.now();
  return {
    wasm,
    exports: names,
    imports: importsOf(wasm),
    warnings: [...bundle.warnings, ...frozenWarnings(evaluation)],
    inputs: bundle.inputs,
    timings: {
      bundle: before.bundle,
      evaluate: evaluated - begun,
      link: finished - evaluated,
      total: finished - before.started,
    },
  };
}

async function evaluate(
  evaluator: Evaluator,
  { code, map, warnings }: Bundle,
  options: BuildOptions,
  exports: readonly string[] | undefined,
  needs: Needs,
) {
  const limit = options.evaluationLimit ?? EVALUATION_LIMIT;
  const request = {
    code,
    map,
    keepMap: options.sourcemap ?? true,
    imports: importNames(options),
    eval: needs.eval,
    exports: exports ?? null,
    stackLimit: options.stackLimit ?? null,
  };
  const outcome = await evaluator.evaluate(request, limit);
  if (outcome.kind === "done") return outcome.evaluation;
  throw new BuildError([...(await evaluationErrors(outcome, options, limit)), ...warnings]);
}

function needsOf({ code }: Bundle, options: BuildOptions, hostFunctions: readonly string[]): Needs {
  const uses = findUses(code);
  return {
    services: uses.services,
    hostFunctions: hostFunctions.length > 0,
    clock: options.clock ?? uses.clock,
    random: options.random ?? uses.random,
    eval: options.eval ?? uses.eval,
  };
}

function refuse(errors: readonly Diagnostic[], { warnings }: Bundle): void {
  if (errors.length > 0) throw new BuildError([...errors, ...warnings]);
}

function importsOf(wasm: Uint8Array): string[] {
  return readModule(wasm)
    .imports.map(({ module, name }) => `${module}.${name}`)
    .sort();
}
