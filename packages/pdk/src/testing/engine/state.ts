import type { Shape } from "../../bindings/shape.js";

/** A codec, as the stand-in for `tenon:host` makes it. */
export interface FakeCodec {
  readonly encoding: string;
  readonly shape?: Shape;
  readonly types?: readonly Shape[];
}

/** What the stand-ins for the engine's modules answer, and what they were told. */
export interface FakeEngine {
  /** By encoding, what `read` answers. */
  input: Record<string, unknown>;
  written: { readonly codec: FakeCodec; readonly value: unknown }[];
  /** Texts, and values with the codec that they were to be encoded by. */
  failures: unknown[];
  /** A value that fits no codec. */
  misfit: unknown;
  /** By name, the host functions that there are. */
  hostFunctions: Record<string, (argument: unknown) => unknown>;
  linked: { readonly name: string; readonly argument?: FakeCodec; readonly result?: FakeCodec }[];
  config: Record<string, string>;
  vars: Map<string, Uint8Array<ArrayBuffer>>;
  log: string[];
  level: number;
  requests: { readonly description: unknown; readonly body: string | Uint8Array | null | undefined }[];
  response: { status: number; headers: string | undefined; body: Uint8Array<ArrayBuffer> | undefined };
}

export const engineState: FakeEngine = fresh();

/** Forgets everything, before a test. */
export function resetEngine(): void {
  Object.assign(engineState, fresh());
}

function fresh(): FakeEngine {
  return {
    input: {},
    written: [],
    failures: [],
    misfit: Symbol("fits nothing"),
    hostFunctions: {},
    linked: [],
    config: {},
    vars: new Map(),
    log: [],
    level: 2,
    requests: [],
    response: { status: 200, headers: undefined, body: undefined },
  };
}
