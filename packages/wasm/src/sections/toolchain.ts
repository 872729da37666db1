import { type ByteRange, Reader } from "../reader.js";
import type { Producer, TargetFeature } from "../types.js";

/** Reads the custom section `producers`, a convention of toolchains: which languages and tools made the module. */
export function readProducers(bytes: Uint8Array, payload: ByteRange): Producer[] {
  const reader = new Reader(bytes, payload, "producers section");
  const producers: Producer[] = [];
  for (let fields = reader.count("producers fields", 2, MAX_LISTED); fields > 0; fields -= 1) {
    const field = reader.name("the name of a producers field");
    for (let values = reader.count("producers", 2, MAX_LISTED); values > 0; values -= 1) {
      const name = reader.name("the name of a producer");
      producers.push({ field, name, version: reader.name("the version of a producer") });
    }
  }
  reader.finish();
  return producers;
}

/** Reads the custom section `target_features`, a convention of toolchains: which features the module was built with. */
export function readTargetFeatures(bytes: Uint8Array, payload: ByteRange): TargetFeature[] {
  const reader = new Reader(bytes, payload, "target_features section");
  const features: TargetFeature[] = [];
  for (let left = reader.count("target features", 2, MAX_LISTED); left > 0; left -= 1) {
    const offset = reader.offset;
    const prefix = PREFIXES.get(reader.byte("the prefix of a target feature"));
    if (!prefix) reader.fail(offset, `expected +, - or = before a target feature at offset ${offset}`);
    else features.push({ prefix, name: reader.name("the name of a target feature") });
  }
  reader.finish();
  return features;
}

/** Of fields, and of the entries of one. A toolchain lists a handful. */
const MAX_LISTED = 1000;

const PREFIXES: ReadonlyMap<number, TargetFeature["prefix"]> = new Map([
  [0x2b, "+"],
  [0x2d, "-"],
  [0x3d, "="],
]);
