import { quoteForMessage } from "./errors.js";

/** A step into a container: an array's index or an object's key. */
export type PathStep = string | number;

/** How many steps a printed path has at most; the middle of a longer one is left out. */
const MAX_STEPS = 64;

/** Writes a path as JavaScript would: `$.items[3].name`, and `$["odd key"]` where a key isn't a plain name. */
export function formatPath(steps: readonly PathStep[]): string {
  if (steps.length <= MAX_STEPS) return `$${steps.map(formatStep).join("")}`;
  const head = steps.slice(0, MAX_STEPS / 2).map(formatStep);
  const tail = steps.slice(-MAX_STEPS / 2).map(formatStep);
  return `$${head.join("")}…${tail.join("")}`;
}

function formatStep(step: PathStep): string {
  if (typeof step === "number") return `[${step}]`;
  return /^[A-Za-z_$][\w$]{0,63}$/.test(step) ? `.${step}` : `[${quoteForMessage(step)}]`;
}
