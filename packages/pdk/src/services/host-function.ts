import { type Codec, codec, hostFunction as link } from "tenon:host";
import { checkString } from "./check.js";

/** How a value becomes bytes. `text` carries a string, `binary` bytes; the others carry any value. */
export type Encoding = "json" | "messagepack" | "text" | "binary";

/** How {@link hostFunction} passes values on. Without an encoding there is no argument, or no result. */
export interface HostFunctionOptions {
  readonly argument?: Encoding;
  readonly result?: Encoding;
}

/** A function of the host, as the plug-in calls it. */
export type HostFunction<A, R> = [A] extends [undefined] ? () => R : (argument: A) => R;

/**
 * A function that the host offers, under the name of its import. The name has to be among the imports that the
 * plug-in is built with: another one is a ReferenceError, seen at build time when this stands outside of functions.
 * Nothing checks that the types are those of the host; bindings of `tenon generate` do.
 *
 * @example
 * ```ts
 * const lookup = hostFunction<string, User | null>("lookup", { argument: "text", result: "json" });
 * ```
 */
export function hostFunction<A = undefined, R = void>(
  name: string,
  { argument, result }: HostFunctionOptions = {},
): HostFunction<A, R> {
  checkString(name, "the name of a host function");
  // The engine's function passes any value; that it is an A, and its answer an R, is the caller's word.
  return link(name, codecOf(argument), codecOf(result)) as HostFunction<A, R>;
}

function codecOf(encoding: Encoding | undefined): Codec | undefined {
  return encoding === undefined ? undefined : codec(encoding);
}
