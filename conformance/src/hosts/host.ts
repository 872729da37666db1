import type { LogLine } from "../case.js";
import type { HostFunctionSpec } from "../host-functions.js";
import type { HostName } from "./names.js";

/** Something that runs plug-ins. */
export interface Host {
  readonly name: HostName;
  /** Why it can't be used on this machine, and what to install; absent when it can. */
  readonly unavailable?: string;
  /** Runs every scenario in an instance of its own. Rejects only when the host itself breaks down. */
  run(batch: Batch): Promise<readonly ScenarioResult[]>;
}

/** What one plug-in is asked in one host. */
export interface Batch {
  /** For the files that a driver leaves behind. */
  readonly plugin: string;
  /** An absolute path. */
  readonly wasm: string;
  readonly wasi: boolean;
  readonly scenarios: readonly Scenario[];
}

export interface Scenario {
  readonly config: Readonly<Record<string, string>>;
  readonly functions: readonly HostFunctionSpec[];
  readonly calls: readonly { readonly export: string; readonly input: Uint8Array }[];
}

export type ScenarioResult = { readonly refused: string } | { readonly calls: readonly CallResult[] };

export type CallResult = ({ readonly output: Uint8Array } | { readonly error: string }) & {
  /** At the level `info` and above. */
  readonly logs: readonly LogLine[];
};
