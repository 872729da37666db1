import type { FunctionType, ValueType } from "./types.js";

/**
 * The signature of a function as text: `(i64, i64) -> i64`, with `()` for nothing and parentheses around more
 * than one result. Long lists are cut after 16 entries, so that a module can't blow up a listing of its exports.
 */
export function formatSignature({ params, results }: Pick<FunctionType, "params" | "results">): string {
  const [only] = results;
  return `(${list(params)}) -> ${results.length === 1 && only ? only : `(${list(results)})`}`;
}

/** A listing names each type once per import and export, which take only a few bytes each. */
const SHOWN = 16;

function list(types: readonly ValueType[]): string {
  const shown = types.slice(0, SHOWN).join(", ");
  return types.length > SHOWN ? `${shown}, … ${types.length - SHOWN} more` : shown;
}
