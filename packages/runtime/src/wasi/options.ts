import { TenonError } from "../errors.js";

/** What a plug-in that uses WASI sees of its surroundings: by default no arguments, no variables, and the real time. */
export interface WasiOptions {
  /** The command line: the program's name, then its arguments. @default none */
  args?: readonly string[] | undefined;
  /** The environment variables. The host's own are never passed on. @default none */
  env?: Readonly<Record<string, string>> | undefined;
  /**
   * The same times and the same random bytes in every run of the same calls. Waiting takes no time then. `true` stands
   * for `{ now: 0, seed: 0 }`.
   *
   * @default false
   */
  deterministic?: boolean | WasiDeterminism | undefined;
}

export interface WasiDeterminism {
  /** What the clock shows when an instance starts, in milliseconds since 1970. @default 0 */
  now?: number | Date | undefined;
  /** A whole number that the random bytes follow from. @default 0 */
  seed?: number | undefined;
}

export interface ResolvedWasiOptions {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly deterministic: { readonly now: number; readonly seed: number } | undefined;
}

/** Checks the options and fills in the defaults. @throws TenonError `option-invalid`. */
export function resolveWasiOptions(options: WasiOptions = {}): ResolvedWasiOptions {
  for (const key of Object.keys(options)) {
    if (!KEYS.includes(key))
      throw invalid(`unknown option "wasi.${key}"; known are wasi.${KEYS.join(", wasi.")}`);
  }
  const args = options.args ?? [];
  if (!Array.isArray(args)) throw invalid("wasi.args is a list of texts");
  for (const arg of args) checkText("an entry of wasi.args", arg);
  const env = options.env ?? {};
  for (const [name, value] of Object.entries(env)) {
    if (name === "" || name.includes("=")) throw invalid(`wasi.env has a name that can't be one: "${name}"`);
    checkText(`the name "${name}" in wasi.env`, name);
    checkText(`wasi.env["${name}"]`, value);
  }
  return { args: [...args], env: { ...env }, deterministic: resolveDeterminism(options.deterministic) };
}

const KEYS: readonly string[] = ["args", "env", "deterministic"] satisfies (keyof WasiOptions)[];

function resolveDeterminism(
  given: boolean | WasiDeterminism | undefined,
): { now: number; seed: number } | undefined {
  if (given === undefined || given === false) return undefined;
  const { now: at = 0, seed = 0 } = given === true ? {} : given;
  const now = Number(at);
  if (!(now >= 0 && now <= MAX_TIME)) {
    throw invalid(`wasi.deterministic.now is a time since 1970 in milliseconds; got ${String(at)}`);
  }
  if (!Number.isSafeInteger(seed)) {
    throw invalid(`wasi.deterministic.seed is a whole number; got ${String(seed)}`);
  }
  return { now, seed };
}

/** The last moment of a JavaScript Date, in milliseconds. */
const MAX_TIME = 8.64e15;

/** Wasm programs read these as C strings. */
function checkText(what: string, value: unknown): void {
  if (typeof value !== "string") throw invalid(`${what} is text; got ${typeof value}`);
  if (value.includes("\0")) throw invalid(`${what} has a NUL character`);
}

function invalid(message: string): TenonError {
  return new TenonError("option-invalid", message);
}
