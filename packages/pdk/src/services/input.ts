import { codec, read } from "tenon:host";

/**
 * The input of the current call as text. Bytes that are not UTF-8 become U+FFFD.
 *
 * @example
 * ```ts
 * export default {
 *   greet() {
 *     output.text(`Hello, ${input.text()}!`);
 *   },
 * };
 * ```
 */
export function text(): string {
  // What the engine's "text" codec reads is a string.
  return read(codec("text")) as string;
}

/** The input of the current call as it is. The bytes are a copy, and the plug-in's to change. */
export function bytes(): Uint8Array<ArrayBuffer> {
  // What the engine's "binary" codec reads are bytes.
  return read(codec("binary")) as Uint8Array<ArrayBuffer>;
}

/**
 * The input of the current call, read as JSON by the engine. Nothing checks that it is a `T`: where that matters,
 * describe the interface and let `tenon generate` write bindings. Throws a SyntaxError that names the place when the
 * input is not JSON.
 *
 * @example
 * ```ts
 * const { name } = input.json<{ name: string }>();
 * ```
 */
export function json<T = unknown>(): T {
  // The caller's word for it, as the documentation says.
  return read(codec("json")) as T;
}

/**
 * The input of the current call, read as MessagePack by the engine: binary data as Uint8Array, and integers that a
 * number can't hold as bigint. Nothing checks that it is a `T`. Throws a SyntaxError when it is not MessagePack.
 */
export function messagepack<T = unknown>(): T {
  // The caller's word for it, as the documentation says.
  return read(codec("messagepack")) as T;
}
