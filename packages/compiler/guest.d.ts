/**
 * The modules that a plug-in's code can import from the engine it runs in. They exist inside plug-ins only: the
 * compiler leaves these imports alone, and takes out of a plug-in what it doesn't import.
 *
 * Input, output and the host are there only while an exported function runs. Code outside of functions is evaluated
 * when the plug-in is built, and gets an error when it asks for them; {@link codec} and {@link hostFunction} are
 * meant to be called there.
 */

/** Input, output, host functions, and the native encoders and decoders. */
declare module "tenon:host" {
  /** How a value becomes bytes, with the shape of the value: made by {@link codec}, and opaque. */
  export type Codec = number & { readonly __codec: never };

  export type Encoding = "text" | "binary" | "json" | "messagepack";

  /**
   * - `integer`: a safe integer. `int8` … `uint32`: a number in that range. `int64`, `uint64`: always a bigint.
   * - `float32`, `float64`: any number; in MessagePack written as float 32 and float 64, in JSON finite only.
   * - `bytes`: a Uint8Array; `bin` in MessagePack, base64 in JSON. `date-time`: a string.
   * - `any`: what JSON can say, and besides a Uint8Array, and a bigint of 64 bits. MessagePack integers that a number
   *   can't hold are read as bigint; in JSON a number is always a number.
   */
  export type ScalarShape =
    | "any"
    | "string"
    | "boolean"
    | "integer"
    | "int8"
    | "int16"
    | "int32"
    | "uint8"
    | "uint16"
    | "uint32"
    | "int64"
    | "uint64"
    | "float32"
    | "float64"
    | "bytes"
    | "date-time";

  /**
   * The type of a value. A record's fields are read in any order, and made in the declared one; a field that is
   * optional and absent is no property, and one that is undefined is not written. A closed record refuses unknown
   * keys, others skip them. `ref` is the index of a type in the list given to {@link codec}; types may refer to
   * themselves and to each other.
   */
  export type Shape =
    | ScalarShape
    | readonly ["list", items: Shape]
    | readonly ["map", values: Shape]
    | readonly ["nullable", type: Shape]
    | readonly ["enum", values: readonly string[]]
    | readonly [
        "record",
        closed: boolean,
        fields: readonly (readonly [name: string, optional: boolean, type: Shape])[],
      ]
    | readonly ["ref", index: number];

  /**
   * Makes a codec. To be called once for each type, outside of functions: shapes are compiled when the plug-in is
   * built. Codecs that are given the same array of types share its compiled types. Text and binary take no shape;
   * JSON and MessagePack without one carry any value.
   */
  export function codec(encoding: Encoding, shape?: Shape, types?: readonly Shape[]): Codec;

  /**
   * Decodes the current call's input. Throws a TypeError (`$.items[3].name: expected string, got 5`) for a value of
   * another shape, and a SyntaxError for bytes that are no value at all.
   */
  export function read(codec: Codec): unknown;

  /**
   * Encodes a value as the current call's output; the last one counts. Throws a TypeError, with the place in the
   * value, for one that doesn't have the codec's shape.
   */
  export function write(codec: Codec, value: unknown): void;

  /** Makes the current call fail with this text as its error, unless an exception, or an output, comes after it. */
  export function fail(text: string): void;

  /** The same with a value, encoded: what hosts read as a typed error is JSON. Throws as {@link write} does. */
  export function fail(value: unknown, codec: Codec): void;

  /**
   * A function that calls the host's. Throws a ReferenceError when the plug-in doesn't declare that import. Without a
   * codec it passes nothing, or returns undefined.
   */
  export function hostFunction(
    name: string,
    argument?: Codec,
    result?: Codec,
  ): (argument?: unknown) => unknown;

  /** An error as a failed call would tell it: name, message, the stack in the author's files, and its causes. */
  export function describeError(error: unknown): string;
}

declare module "tenon:config" {
  /** The configuration value of that key. */
  export function get(key: string): string | undefined;
}

/** Variables, which outlive a call. */
declare module "tenon:vars" {
  export function get(key: string): Uint8Array | undefined;
  /** Without a value, or with an empty one, the variable is deleted. */
  export function set(key: string, value?: Uint8Array | string | null): void;
}

declare module "tenon:log" {
  export function trace(message: string): void;
  export function debug(message: string): void;
  export function info(message: string): void;
  export function warn(message: string): void;
  export function error(message: string): void;
  /** The least level that is logged: 0 trace, 1 debug, 2 info, 3 warn, 4 error; 2147483647 for none. */
  export function level(): number;
}

/** Extism's HTTP import. */
declare module "tenon:http" {
  /** Makes a request, which is JSON text: `{ url, method, headers }`. Answers the body of the response. */
  export function request(description: string, body?: Uint8Array | string | null): Uint8Array | undefined;
  /** The status of the last response. */
  export function status(): number;
  /** The headers of the last response as JSON text, if the host tells them. */
  export function headers(): string | undefined;
}

/** WASI's clocks, in milliseconds with a fraction. `Date` and `performance` work without this module. */
declare module "tenon:clock" {
  /** Since 1970. */
  export function now(): number;
  /** Since some moment; it never goes back. */
  export function monotonic(): number;
}

/** WASI's random bytes. `Math.random` works without this module. */
declare module "tenon:random" {
  export function fill(bytes: Uint8Array): void;
}
