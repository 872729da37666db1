import { webcrypto } from "node:crypto";

export function fill(target: Uint8Array): void {
  webcrypto.getRandomValues(target);
}
