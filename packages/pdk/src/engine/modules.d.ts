// The modules that the engine of `@tenon/compiler` has. They exist only inside a plug-in.

declare module "tenon:host" {
  /** A value that stands for an encoding, with or without a shape. */
  export type Codec = number & { readonly codec: unique symbol };

  export function codec(encoding: string, shape?: unknown, types?: readonly unknown[]): Codec;
  /** The input of the current call. */
  export function read(codec: Codec): unknown;
  /** Makes the value the output of the current call. */
  export function write(codec: Codec, value: unknown): void;
  /** Makes the text the error of the current call. */
  export function fail(text: string): void;
  /** Makes the value, encoded, the error of the current call; a TypeError names the place of what doesn't fit. */
  export function fail(value: unknown, codec: Codec): void;
  export function hostFunction(
    name: string,
    argument?: Codec,
    result?: Codec,
  ): (argument?: unknown) => unknown;
  /** Name, message, mapped stack and causes. */
  export function describeError(error: unknown): string;
}

declare module "tenon:config" {
  export function get(key: string): string | undefined;
}

declare module "tenon:vars" {
  export function get(key: string): Uint8Array<ArrayBuffer> | undefined;
  export function set(key: string, value: string | Uint8Array | null): void;
}

declare module "tenon:log" {
  export function trace(message: string): void;
  export function debug(message: string): void;
  export function info(message: string): void;
  export function warn(message: string): void;
  export function error(message: string): void;
  /** 0 trace to 4 error; the largest 32-bit integer when nothing is logged. */
  export function level(): number;
}

declare module "tenon:http" {
  /** `description` is JSON: url, method, headers. */
  export function request(
    description: string,
    body?: string | Uint8Array | null,
  ): Uint8Array<ArrayBuffer> | undefined;
  export function status(): number;
  /** JSON, or nothing where the host doesn't show headers. */
  export function headers(): string | undefined;
}

declare module "tenon:clock" {
  /** Milliseconds since 1970. */
  export function now(): number;
  /** Milliseconds since some moment, never going back. */
  export function monotonic(): number;
}

declare module "tenon:random" {
  export function fill(target: Uint8Array): void;
}
