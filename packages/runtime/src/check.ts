import type { TenonError } from "./errors.js";
import { nearest } from "./nearest.js";

/** Makes the error of a value of the wrong shape; which code it has depends on where the value stands. */
export type Report = (message: string) => TenonError;

/** A value that has been seen to be an object. */
export type UnknownRecord = Readonly<Record<string, unknown>>;

/** @throws what `report` makes when the value is not an object with keys. */
export function checkObject(value: unknown, what: string, report: Report): UnknownRecord {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw report(`${what} is an object; got ${kindOf(value)}`);
  }
  // Any object can be read by key; what it holds there is unknown.
  return value as UnknownRecord;
}

/** Refuses a key that isn't known, and names the one that it resembles. */
export function checkKeys(
  object: UnknownRecord,
  prefix: string,
  known: readonly string[],
  report: Report,
): void {
  for (const [key, value] of Object.entries(object)) {
    if (known.includes(key) || value === undefined) continue;
    const meant = nearest(key, known);
    const hint =
      meant === undefined
        ? `known are ${known.map((name) => prefix + name).join(", ")}`
        : `did you mean "${prefix}${meant}"?`;
    throw report(`unknown key "${prefix}${key}"; ${hint}`);
  }
}

/** What stands under a key, if the object itself has it; `null` means that nothing does. */
export function own(object: UnknownRecord, key: string): unknown {
  return Object.hasOwn(object, key) ? (object[key] ?? undefined) : undefined;
}

/** @throws what `report` makes unless the value is text, or absent. */
export function checkText(value: unknown, what: string, report: Report): string | undefined {
  if (value === undefined || typeof value === "string") return value;
  throw report(`${what} is text; got ${kindOf(value)}`);
}

/** @throws what `report` makes unless the value is true or false, or absent. */
export function checkFlag(value: unknown, what: string, report: Report): boolean | undefined {
  if (value === undefined || typeof value === "boolean") return value;
  throw report(`${what} is true or false; got ${kindOf(value)}`);
}

/** @throws what `report` makes unless the value is a list of texts, or absent. */
export function checkTexts(value: unknown, what: string, report: Report): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw report(`${what} is a list of texts; got ${kindOf(value)}`);
  return value.map((item: unknown, index) => {
    if (typeof item !== "string") throw report(`${what}[${index}] is text; got ${kindOf(item)}`);
    return item;
  });
}

/**
 * An object whose values are texts, as a Map: a key such as "constructor" finds nothing there that nobody wrote.
 *
 * @throws what `report` makes unless the value is one, or absent.
 */
export function checkTextMap(
  value: unknown,
  what: string,
  report: Report,
): ReadonlyMap<string, string> | undefined {
  if (value === undefined) return undefined;
  const texts = new Map<string, string>();
  for (const [key, text] of Object.entries(checkObject(value, what, report))) {
    if (typeof text !== "string") throw report(`${what}["${key}"] is text; got ${kindOf(text)}`);
    texts.set(key, text);
  }
  return texts;
}

/** @throws what `report` makes unless the value is a whole number in range, or absent. */
export function checkCount(
  value: unknown,
  what: string,
  [least, most]: readonly [least: number, most: number],
  report: Report,
): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= most)
    return value;
  const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `${least} to ${most}`;
  throw report(`${what} is a whole number, ${range}; got ${printed(value)}`);
}

export function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : typeof value;
}

function printed(value: unknown): string {
  return typeof value === "number" || typeof value === "bigint" ? String(value) : kindOf(value);
}
