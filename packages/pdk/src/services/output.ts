import { codec, write } from "tenon:host";

/**
 * Makes a text the output of the current call, in UTF-8. A later output replaces it.
 *
 * @example
 * ```ts
 * output.text(input.text().toUpperCase());
 * ```
 */
export function text(value: string): void {
  write(codec("text"), value);
}

/** Makes bytes the output of the current call. They are copied at once. */
export function bytes(value: Uint8Array): void {
  write(codec("binary"), value);
}

/**
 * Makes a value the output of the current call, as JSON that the engine writes. It is what `JSON.stringify` would
 * write, and besides bytes become base64 and a bigint of 64 bits its digits. Throws a TypeError that names the place
 * of a value that has no form in JSON, such as NaN or a function.
 *
 * @example
 * ```ts
 * output.json({ count: 3, vowels: "aeiou" });
 * ```
 */
export function json(value: unknown): void {
  write(codec("json"), value);
}

/**
 * Makes a value the output of the current call, as MessagePack that the engine writes: Uint8Array as binary data,
 * whole numbers as integers, and bigint as 64-bit integers.
 */
export function messagepack(value: unknown): void {
  write(codec("messagepack"), value);
}
