import {
  checkCount,
  checkKeys,
  checkObject,
  checkTextMap,
  checkTexts,
  own,
  type Report,
  type UnknownRecord,
} from "./check.js";

/** What both a manifest and the options of `createPlugin` may say of a plug-in. Absent: they say nothing. */
export interface Settings {
  readonly config: ReadonlyMap<string, string> | undefined;
  readonly allowedHosts: readonly string[] | undefined;
  /** From the plug-in's path to the host's. */
  readonly allowedPaths: ReadonlyMap<string, string> | undefined;
  readonly maxPages: number | undefined;
  readonly maxHttpResponseBytes: number | undefined;
  readonly maxVarBytes: number | undefined;
  readonly timeoutMs: number | undefined;
}

/** The keys that {@link readSettings} reads. */
export const SETTING_KEYS = ["config", "allowedHosts", "allowedPaths", "memory", "timeoutMs"] as const;

const MEMORY_KEYS = ["maxPages", "maxHttpResponseBytes", "maxVarBytes"] as const;

/** How a manifest may spell a key as well. */
export function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Every spelling of the keys. */
export function spellings(keys: readonly string[]): readonly string[] {
  return [...new Set([...keys, ...keys.map(snakeCase)])];
}

/**
 * Reads and checks settings. `null` is the same as absent.
 *
 * @param snake whether a key may be spelt in snake_case as well.
 * @throws what `report` makes of a value of the wrong shape.
 */
export function readSettings(source: UnknownRecord, snake: boolean, report: Report): Settings {
  const read = snake ? eitherSpelling : own;
  const memory = checkObject(own(source, "memory") ?? {}, "memory", report);
  checkKeys(memory, "memory.", snake ? spellings(MEMORY_KEYS) : MEMORY_KEYS, report);
  const bytes = [0, Number.MAX_SAFE_INTEGER] as const;
  const count = (key: (typeof MEMORY_KEYS)[number], range: readonly [number, number]) =>
    checkCount(read(memory, key, report), `memory.${key}`, range, report);
  return {
    config: checkTextMap(own(source, "config"), "config", report),
    allowedHosts: checkTexts(read(source, "allowedHosts", report), "allowedHosts", report),
    allowedPaths: checkTextMap(read(source, "allowedPaths", report), "allowedPaths", report),
    // 65536 pages are all that a 32-bit address reaches.
    maxPages: count("maxPages", [1, 65_536]),
    maxHttpResponseBytes: count("maxHttpResponseBytes", bytes),
    maxVarBytes: count("maxVarBytes", bytes),
    // The longest delay of a timer: 2^31 - 1 ms.
    timeoutMs: checkCount(read(source, "timeoutMs", report), "timeoutMs", [1, 0x7fff_ffff], report),
  };
}

function eitherSpelling(object: UnknownRecord, key: string, report: Report): unknown {
  const snake = snakeCase(key);
  if (has(object, key) && has(object, snake)) {
    throw report(`"${key}" and "${snake}" are two spellings of the same; leave one out`);
  }
  return own(object, key) ?? own(object, snake);
}

function has(object: UnknownRecord, key: string): boolean {
  return Object.hasOwn(object, key) && object[key] !== undefined;
}
