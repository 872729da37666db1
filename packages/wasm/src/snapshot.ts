import { type NewSection, rewriteSections } from "./edit.js";
import { readModule } from "./module.js";
import type { ByteRange } from "./reader.js";
import type { Module } from "./types.js";
import { Encoder } from "./writer.js";

/** The state of an instance: what {@link withSnapshot} makes the first state of a module's instances. */
export interface Snapshot {
  /** The whole of its only memory: a multiple of 65536 bytes. */
  readonly memory: Uint8Array;
  /** The values of mutable globals, by index. Those that are left out keep the first value that they had. */
  readonly globals: ReadonlyMap<number, number | bigint>;
}

/**
 * A module whose instances begin in the state that an instance of this one has reached. The memory becomes data
 * segments, in which runs of zero are left out. Throws a `RangeError` for a module that can't be continued in this
 * way: one with an imported or a second memory, with a start function, or with passive data segments; and for a
 * global that is not a mutable number of its own.
 */
export function withSnapshot(bytes: Uint8Array, snapshot: Snapshot): Uint8Array<ArrayBuffer> {
  const module = readModule(bytes);
  checkContinuable(module, snapshot);
  const segments = nonZeroRanges(snapshot.memory);
  const data = dataSection(snapshot.memory, segments);
  const added: NewSection[] = module.data.length > 0 ? [] : [{ kind: "data", payload: data }];
  return rewriteSections(
    bytes,
    ({ kind, payload }) => {
      switch (kind) {
        case "memory":
          return memorySection(module, snapshot.memory.length);
        case "global":
          return globalSection(bytes, module, payload, snapshot.globals);
        case "data count":
          return countOf(segments.length);
        case "data":
          return data;
        default:
          return "keep";
      }
    },
    added,
  );
}

const PAGE = 65536;

function checkContinuable(module: Module, snapshot: Snapshot): void {
  const [memory, ...others] = module.memories;
  if (!memory || memory.imported || others.length > 0 || memory.limits.index !== "i32") {
    throw new RangeError("expected a module with one memory, its own, with 32-bit addresses");
  }
  if (module.start !== undefined) throw new RangeError("expected a module without a start function");
  if (module.data.some(({ offset }) => offset === undefined)) {
    throw new RangeError("expected a module without passive data segments");
  }
  if (snapshot.memory.length % PAGE !== 0) {
    throw new RangeError(`expected a memory of whole pages, got ${snapshot.memory.length} bytes`);
  }
}

/**
 * The longest run of zeros that is kept within a segment. A new segment costs some nine bytes (its mode, address and
 * length), and these don't compress, while zeros do: measured on heaps, this is where a compressed module stops
 * getting smaller.
 */
const LONGEST_GAP = 24;
/** The most segments that engines accept (WebAssembly JavaScript Interface, implementation limits). */
const MOST_SEGMENTS = 100_000;

function nonZeroRanges(memory: Uint8Array): ByteRange[] {
  for (let gap = LONGEST_GAP; ; gap *= 2) {
    const ranges = rangesWithin(memory, gap);
    if (ranges.length <= MOST_SEGMENTS) return ranges;
  }
}

function rangesWithin(memory: Uint8Array, gap: number): ByteRange[] {
  const ranges: ByteRange[] = [];
  let start = nextNonZero(memory, 0);
  while (start < memory.length) {
    let end = start;
    let next = start;
    while (next < memory.length && next - end <= gap) {
      end = next + 1;
      while (end < memory.length && memory[end] !== 0) end += 1;
      next = nextNonZero(memory, end);
    }
    ranges.push({ start, end });
    start = next;
  }
  return ranges;
}

function nextNonZero(memory: Uint8Array, from: number): number {
  let at = from;
  while (at < memory.length && memory[at] === 0) at += 1;
  return at;
}

const I32_CONST = 0x41;
const I64_CONST = 0x42;
const F32_CONST = 0x43;
const F64_CONST = 0x44;
const END = 0x0b;

function dataSection(memory: Uint8Array, segments: readonly ByteRange[]): Uint8Array {
  const encoder = new Encoder();
  encoder.unsigned(segments.length);
  for (const { start, end } of segments) {
    encoder.unsigned(0);
    encoder.byte(I32_CONST);
    encoder.signed(start | 0);
    encoder.byte(END);
    encoder.sized(memory.subarray(start, end));
  }
  return encoder.finish();
}

function countOf(count: number): Uint8Array {
  const encoder = new Encoder();
  encoder.unsigned(count);
  return encoder.finish();
}

const HAS_MAX = 1;

function memorySection(module: Module, length: number): Uint8Array {
  const max = module.memories[0]?.limits.max;
  const encoder = new Encoder();
  encoder.unsigned(1);
  encoder.byte(max === undefined ? 0 : HAS_MAX);
  encoder.unsigned(length / PAGE);
  if (max !== undefined) encoder.unsigned(max);
  return encoder.finish();
}

function globalSection(
  bytes: Uint8Array,
  module: Module,
  payload: ByteRange,
  values: ReadonlyMap<number, number | bigint>,
): Uint8Array {
  const encoder = new Encoder();
  let copied = payload.start;
  for (const [index, { init, type, mutable }] of module.globals.entries()) {
    const value = values.get(index);
    if (value === undefined) continue;
    if (!init || !mutable)
      throw new RangeError(`expected global ${index} to be mutable and the module's own`);
    encoder.bytes(bytes.subarray(copied, init.start));
    writeConstant(encoder, index, type, value);
    copied = init.end;
  }
  encoder.bytes(bytes.subarray(copied, payload.end));
  return encoder.finish();
}

function writeConstant(encoder: Encoder, index: number, type: string, value: number | bigint): void {
  if (type === "i32" && typeof value === "number") {
    encoder.byte(I32_CONST);
    encoder.signed(value | 0);
  } else if (type === "i64" && typeof value === "bigint") {
    encoder.byte(I64_CONST);
    encoder.signed(BigInt.asIntN(64, value));
  } else if (type === "f32" && typeof value === "number") {
    encoder.byte(F32_CONST);
    encoder.bytes(new Uint8Array(Float32Array.of(value).buffer));
  } else if (type === "f64" && typeof value === "number") {
    encoder.byte(F64_CONST);
    encoder.bytes(new Uint8Array(Float64Array.of(value).buffer));
  } else {
    throw new RangeError(`expected a value for global ${index} of type ${type}, got a ${typeof value}`);
  }
  encoder.byte(END);
}
