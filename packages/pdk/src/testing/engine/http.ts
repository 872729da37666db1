import { engineState } from "./state.js";

export function request(
  description: string,
  body?: string | Uint8Array | null,
): Uint8Array<ArrayBuffer> | undefined {
  engineState.requests.push({ description: JSON.parse(description), body });
  return engineState.response.body;
}

export function status(): number {
  return engineState.response.status;
}

export function headers(): string | undefined {
  return engineState.response.headers;
}
