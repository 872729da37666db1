import { engineState } from "./state.js";

export function get(key: string): string | undefined {
  return engineState.config[key];
}
