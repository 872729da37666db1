/** What a bundle asks for, as far as its text tells. */
export interface Uses {
  /** Names imported from `tenon:` modules: `log.info`. */
  readonly services: ReadonlySet<string>;
  readonly clock: boolean;
  readonly random: boolean;
  readonly eval: boolean;
}

/** What each module has: an `import * as` may use all of it. */
const MODULES: Readonly<Record<string, readonly string[]>> = {
  host: ["read", "write", "fail", "codec", "hostFunction", "describeError"],
  config: ["get"],
  vars: ["get", "set"],
  log: ["trace", "debug", "info", "warn", "error", "level"],
  http: ["request", "status", "headers"],
  clock: ["now", "monotonic"],
  random: ["fill"],
};

/** The modules that the engine has: `tenon:host` … */
export const ENGINE_MODULES: readonly string[] = Object.keys(MODULES).map((name) => `tenon:${name}`);

/**
 * Looks through a bundle for what the engine leaves out of a plug-in that has no use for it. The text is searched,
 * not parsed: a word in a string can make a plug-in larger than it had to be, and a use that is hidden well is met
 * with an error that names the option to set.
 */
export function findUses(code: string): Uses {
  const services = importedServices(code);
  return {
    services,
    clock: services.has("clock.now") || services.has("clock.monotonic") || usesClock(code),
    random: services.has("random.fill") || RANDOM.test(code),
    eval: EVAL.test(code),
  };
}

/** Imports as esbuild writes them, which is all that there are: other modules are in the bundle. */
const IMPORT = /^\s*import\s*(?:\{([^}]*)\}|\*\s*as\s+[\w$]+)\s*from\s*"tenon:(\w+)"/gm;

function importedServices(code: string): Set<string> {
  const services = new Set<string>();
  // In minified code imports follow each other on one line.
  for (const [, names, module] of code.replaceAll(/;(?=import\b)/g, ";\n").matchAll(IMPORT)) {
    if (module === undefined) continue;
    const imported = names?.split(",").map((item) => item.trim().split(/\s+as\s+/)[0] ?? "");
    for (const name of imported ?? MODULES[module] ?? []) services.add(`${module}.${name}`);
  }
  return services;
}

/** A name that stands alone, or belongs to the global object: not a property of something, nor a quoted key. */
const CLOCK = /(?<![\w$"'`-]|(?<!globalThis|self|window)\s*\.\s*)(?:Date|performance)\b(?!["'`]|\s*:)/g;
/** What can be done with Date, and no clock: fixed dates, the static functions, and tests. */
const TIMELESS_AFTER = /^\s*\.\s*(?:UTC|parse|prototype)\b|^\s*\(\s*[^\s)]/;
const TIMELESS_BEFORE = /\b(?:instanceof|typeof|extends)\s+$/;
const NEW_BEFORE = /\bnew\s+$/;

function usesClock(code: string): boolean {
  for (const { 0: word, index } of code.matchAll(CLOCK)) {
    const before = code.slice(Math.max(0, index - 20), index);
    const after = code.slice(index + word.length, index + word.length + 40);
    if (word === "performance") return true;
    if (TIMELESS_BEFORE.test(before)) continue;
    // Without `new`, any call of Date asks for the time.
    const isCall = /^\s*\(/.test(after);
    if (TIMELESS_AFTER.test(after) && (!isCall || NEW_BEFORE.test(before))) continue;
    return true;
  }
  return false;
}

const RANDOM = /\bMath\s*\.\s*random\b|(?<![\w$.])Math\b(?!\s*\.)/;
const EVAL = /(?<![\w$.])eval\b(?!["'`]|\s*:)|(?<![\w$"'`-])Function\s*\(|\bglobalThis\s*\.\s*eval\b/;
