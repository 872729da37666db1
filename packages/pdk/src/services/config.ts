import { get as read } from "tenon:config";
import { checkString } from "./check.js";

/**
 * A value of the configuration that the host gave to the plug-in, or null where it has none of that key.
 * Configuration can be read while a function of the plug-in runs, and not while its modules are evaluated.
 *
 * @example
 * ```ts
 * const greeting = config.get("greeting") ?? "Hello";
 * ```
 */
export function get(key: string): string | null {
  checkString(key, "the key");
  return read(key) ?? null;
}
