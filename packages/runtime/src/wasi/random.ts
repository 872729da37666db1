import type { WASI } from "@bjorn3/browser_wasi_shim";
import { Errno } from "./errno.js";
import { rangeOf } from "./memory.js";
import type { WasiFunctions } from "./wasi-functions.js";

/** Fills bytes with random ones. */
export type RandomSource = (bytes: Uint8Array<ArrayBuffer>) => void;

/** Cryptographic randomness of the platform. */
export const systemRandom: RandomSource = (bytes) => {
  crypto.getRandomValues(bytes);
};

/**
 * The same bytes in every run, for the same seed. The generator is SplitMix64 (Steele, Lea and Flood, 2014): well
 * spread for every seed, and nothing to protect a secret with.
 */
export function seededRandom(seed: number): RandomSource {
  let state = BigInt.asUintN(64, BigInt(seed));
  return (bytes) => {
    for (let at = 0; at < bytes.length; at += 8) {
      state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
      let word = state;
      word = BigInt.asUintN(64, (word ^ (word >> 30n)) * 0xbf58476d1ce4e5b9n);
      word = BigInt.asUintN(64, (word ^ (word >> 27n)) * 0x94d049bb133111ebn);
      word ^= word >> 31n;
      for (let index = at; index < Math.min(at + 8, bytes.length); index++) {
        bytes[index] = Number(word & 0xffn);
        word >>= 8n;
      }
    }
  };
}

/** `random_get`, from whichever source. */
export function randomFunctions(shim: WASI, random: RandomSource): WasiFunctions {
  return {
    random_get(address: number, length: number): number {
      const target = rangeOf(shim, address, length);
      // Through a buffer: the platform's source takes no shared memory, and at most 65 536 bytes at once.
      const chunk = new Uint8Array(Math.min(length, 65_536));
      for (let at = 0; at < length; at += chunk.length) {
        const part = chunk.subarray(0, Math.min(chunk.length, length - at));
        random(part);
        target.set(part, at);
      }
      return Errno.SUCCESS;
    },
  };
}
