import { get as read, set as write } from "tenon:vars";
import { decodeText } from "../text/decode-text.js";
import { checkData, checkString } from "./check.js";

/**
 * The bytes of a variable, or null where there is none. Variables are kept by the host: they outlive a call, and
 * the host limits their size.
 */
export function get(key: string): Uint8Array<ArrayBuffer> | null {
  checkString(key, "the key");
  return read(key) ?? null;
}

/** A variable as text, or null where there is none. Bytes that are not UTF-8 become U+FFFD. */
export function getText(key: string): string | null {
  const bytes = get(key);
  return bytes === null ? null : decodeText(bytes);
}

/**
 * A variable that {@link setJson} wrote, or null where there is none. Nothing checks that it is a `T`.
 *
 * @example
 * ```ts
 * const visits = (vars.getJson<number>("visits") ?? 0) + 1;
 * vars.setJson("visits", visits);
 * ```
 */
export function getJson<T = unknown>(key: string): T | null {
  const text = getText(key);
  // The caller's word for it, as the documentation says.
  return text === null ? null : (JSON.parse(text) as T);
}

/** Sets a variable to bytes, or to a text in UTF-8. No bytes are no variable: an empty value deletes it. */
export function set(key: string, value: string | Uint8Array): void {
  checkString(key, "the key");
  checkData(value, "the value");
  write(key, value.length === 0 ? null : value);
}

/** Sets a variable to the JSON of a value. Throws a TypeError for a value that has no form in JSON. */
export function setJson(key: string, value: unknown): void {
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`the value for ${JSON.stringify(key)} has no form in JSON`);
  set(key, text);
}

function remove(key: string): void {
  checkString(key, "the key");
  write(key, null);
}

export {
  /** Deletes a variable. Nothing happens where there is none. */
  remove as delete,
};
