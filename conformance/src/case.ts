import type { HostFunctionSpec } from "./host-functions.js";
import type { HostName } from "./hosts/names.js";

/** One plug-in, and what every host has to see when it runs it. */
export interface PluginUnderTest {
  /** How the matrix and the tests call it. */
  readonly name: string;
  /** The module: a path in this repository, relative to this package, or its bytes. */
  readonly wasm: string | Uint8Array;
  /** What makes the file at that path, for whoever doesn't have it yet. */
  readonly build?: string;
  /** The plug-in imports WASI. */
  readonly wasi?: boolean;
  /** Hosts that refuse to load it, and a part of what they say. That they do is tested like anything else. */
  readonly refusedBy?: Readonly<Partial<Record<HostName, string>>>;
  readonly cases: readonly Case[];
}

/** Some calls, one after the other, of one fresh instance; or an instance that no host gives. */
export type Case = CallCase | RefusalCase;

export interface CallCase extends Surroundings {
  readonly calls: readonly Call[];
}

export interface RefusalCase extends Surroundings {
  /** The reason has to match this. */
  readonly refused: RegExp;
}

interface Surroundings {
  readonly name: string;
  readonly config?: Readonly<Record<string, string>>;
  /** What the host offers in `extism:host/user`. @default the functions of {@link STANDARD_FUNCTIONS} */
  readonly functions?: readonly HostFunctionSpec[];
}

/** One call, and what comes of it. */
export type Call = Expectation & {
  readonly export: string;
  /** Text is sent as UTF-8. @default nothing */
  readonly input?: string | Uint8Array;
  /** What the plug-in logs during the call, at the level `info` and above. @default anything */
  readonly logs?: readonly LogLine[];
  /** Hosts that are known to do something else. It has to be exactly this, so that we learn when it changes. */
  readonly except?: Readonly<Partial<Record<HostName, Deviation>>>;
};

/** What another host does, and why it does so. */
export type Deviation = Expectation & { readonly because: string };

export type Expectation =
  /** These bytes; text stands for its UTF-8. */
  | { readonly output: string | Uint8Array }
  /** JSON text of this value, the same bytes in every host. */
  | { readonly json: unknown }
  /** MessagePack of this value, the same bytes in every host. */
  | { readonly messagepack: unknown }
  /** A failure whose message contains this text, or matches. */
  | { readonly error: string | RegExp };

export type LogLine = readonly [level: "info" | "warn" | "error", message: string];
