import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import type { Metafile, Plugin } from "esbuild";
import type { Diagnostic, Place } from "../diagnostic.js";

/** Globals that need something to go on after a call has ended. In a plug-in nothing does. */
const TIMERS = ["setTimeout", "setInterval", "setImmediate"];
const NAMESPACE = "tenon-timers";
const STAND_IN = "timers";

/**
 * Stands in for the timers. esbuild knows which names are global and which are a file's own, and leaves the stand-in
 * out of a bundle without timers; {@link timerDiagnostics} sees from its records whether it is there.
 */
export function timers(): Plugin {
  return {
    name: "tenon-timers",
    setup(build) {
      build.initialOptions.inject = [...(build.initialOptions.inject ?? []), NAMESPACE];
      build.onResolve({ filter: new RegExp(`^${NAMESPACE}$`) }, () => ({
        path: STAND_IN,
        namespace: NAMESPACE,
        sideEffects: false,
      }));
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, () => ({ contents: standIn(), loader: "js" }));
    },
  };
}

function standIn(): string {
  const reason = "a plug-in has no timers, as nothing of it goes on after a call has returned";
  const functions = TIMERS.map((name) => `export function ${name}() { refuse("${name}"); }`);
  return [`function refuse(name) { throw new Error(name + ": ${reason}"); }`, ...functions].join("\n");
}

/**
 * Who uses timers: an error for the author's own files, and a warning for packages, which often have a use for
 * timers in some part that the plug-in never comes to.
 */
export function timerDiagnostics({ outputs }: Metafile, cwd: string): Diagnostic[] {
  const bundled = Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs));
  const kept = bundled.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : []));
  if (!kept.includes(`${NAMESPACE}:${STAND_IN}`)) return [];
  // The records don't say whose import was used, so that the files are searched.
  return kept.flatMap((path) => {
    const place = firstTimer(path, cwd);
    return place ? [diagnosticAt(place)] : [];
  });
}

const TIMER = new RegExp(`(?<![\\w$.'"])(?:${TIMERS.join("|")})\\b`);

function firstTimer(path: string, cwd: string): Place | undefined {
  const file = relative(cwd, resolve(cwd, path));
  const lines = textOf(resolve(cwd, path)).split(/\r?\n/);
  const line = lines.findIndex((text) => TIMER.test(text));
  const excerpt = lines[line];
  const found = TIMER.exec(excerpt ?? "");
  if (excerpt === undefined || !found) return undefined;
  return { file, line: line + 1, column: found.index + 1, excerpt, length: found[0].length };
}

/** Inputs of other plug-ins for esbuild need not be files. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function diagnosticAt(place: Place): Diagnostic {
  const isPackage = /(^|[\\/])node_modules[\\/]/.test(place.file);
  return {
    severity: isPackage ? "warning" : "error",
    code: "timer",
    message: isPackage
      ? "this package uses timers, which throw an error in a plug-in"
      : "a plug-in has no timers: nothing of it goes on after a call has returned",
    place,
    hint: "Do the work at once, or use queueMicrotask or a promise. To wait is the host's part.",
  };
}
