import type { Shape } from "../../bindings/shape.js";
import { engineState, type FakeCodec } from "./state.js";

export function codec(encoding: string, shape?: Shape, types?: readonly Shape[]): FakeCodec {
  return { encoding, ...(shape === undefined ? {} : { shape }), ...(types === undefined ? {} : { types }) };
}

export function read({ encoding }: FakeCodec): unknown {
  if (encoding in engineState.input) return engineState.input[encoding];
  throw new SyntaxError(`no ${encoding} input`);
}

export function write(by: FakeCodec, value: unknown): void {
  engineState.written.push({ codec: by, value });
}

export function fail(value: unknown, by?: FakeCodec): void {
  if (value === engineState.misfit) throw new TypeError("$.a: expected int32, got a string");
  engineState.failures.push(by === undefined ? value : { codec: by, value });
}

export function hostFunction(name: string, argument?: FakeCodec, result?: FakeCodec) {
  const callee = engineState.hostFunctions[name];
  if (callee === undefined) throw new ReferenceError(`the plug-in has no import "${name}"`);
  engineState.linked.push({
    name,
    ...(argument === undefined ? {} : { argument }),
    ...(result === undefined ? {} : { result }),
  });
  return (value?: unknown) => callee(value);
}

export function describeError(error: unknown): string {
  return `described ${String(error)}`;
}
