import { engineState } from "./state.js";

export function get(key: string): Uint8Array<ArrayBuffer> | undefined {
  return engineState.vars.get(key);
}

export function set(key: string, value: string | Uint8Array | null): void {
  if (value === null) engineState.vars.delete(key);
  else engineState.vars.set(key, new Uint8Array(Buffer.from(value)));
}
