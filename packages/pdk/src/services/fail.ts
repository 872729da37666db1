import { fail as failCall } from "tenon:host";
import { checkString } from "./check.js";

/**
 * Makes the current call fail with exactly this text, which the host gets as the error. The function goes on: return
 * after it. A thrown Error does the same with its name, its message and its stack, and is mostly the better way.
 *
 * @example
 * ```ts
 * if (!isKnown(name)) return fail(`unknown name: ${name}`);
 * ```
 */
export function fail(text: string): void {
  checkString(text, "the error");
  failCall(text);
}
