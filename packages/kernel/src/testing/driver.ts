import { expect } from "vitest";
import { instantiateKernel, type KernelExports } from "../index.js";
import { type Command, MOST_LENGTH, type Target } from "./commands.js";
import { KernelModel } from "./model.js";

/** Where the kernel's own tables end and blocks begin. */
const HEAP = 4096;

/**
 * Runs commands on a kernel and on the model, and compares every answer. With a page limit, allocation may fail, and
 * memory must stay within it; without one, it may fail only for lengths of 0 or near 4 GiB and above.
 */
export class Driver {
  readonly kernel: KernelExports = instantiateKernel();
  readonly model = new KernelModel();
  /** Every handle that the kernel ever gave, with its length; freed ones too. */
  readonly #seen: { address: number; length: number }[] = [];
  readonly #pages: number | undefined;

  constructor(pages?: number) {
    this.#pages = pages;
    if (pages !== undefined) this.kernel.limit_pages(pages);
  }

  run(command: Command): void {
    const { kernel, model } = this;
    switch (command.op) {
      case "alloc":
        this.#adopt(unsigned(kernel.alloc(command.length)), command.length);
        break;
      case "allocMany":
        for (let i = 0; i < command.count; i++) {
          this.#adopt(unsigned(kernel.alloc(BigInt(command.length))), BigInt(command.length));
        }
        break;
      case "hostAlloc":
        this.#adopt(BigInt(kernel.host_alloc(command.length) >>> 0), BigInt(command.length));
        break;
      case "begin": {
        const address = kernel.begin(command.length);
        model.reset();
        this.#adopt(BigInt(command.length === 0 || address !== -1 ? address : 0), BigInt(command.length));
        if (address > 0) model.setInput(BigInt(address), BigInt(command.length));
        break;
      }
      case "free": {
        const at = this.#resolve(command.at);
        kernel.free(at);
        model.free(at);
        break;
      }
      case "length": {
        const at = this.#resolve(command.at);
        expect(kernel.length(at)).toBe(model.length(at));
        expect(kernel.length_unsafe(at)).toBe(model.length(at));
        expect(kernel.host_length(Number(BigInt.asIntN(32, at)))).toBe(
          Number(model.length(BigInt.asUintN(32, at))),
        );
        break;
      }
      case "load8": {
        const at = this.#resolve(command.at);
        expect(kernel.load_u8(at)).toBe(Number(model.load(at, 1)));
        break;
      }
      case "load64": {
        const at = this.#resolve(command.at);
        expect(unsigned(kernel.load_u64(at))).toBe(model.load(at, 8));
        break;
      }
      case "store8": {
        const at = this.#resolve(command.at);
        kernel.store_u8(at, Number(BigInt.asIntN(32, command.value)));
        model.store(at, 1, command.value);
        break;
      }
      case "store64": {
        const at = this.#resolve(command.at);
        kernel.store_u64(at, command.value);
        model.store(at, 8, command.value);
        break;
      }
      case "inputLoad8":
        expect(kernel.input_load_u8(command.offset)).toBe(Number(model.loadInput(command.offset, 1)));
        break;
      case "inputLoad64":
        expect(unsigned(kernel.input_load_u64(command.offset))).toBe(model.loadInput(command.offset, 8));
        break;
      case "inputSet": {
        const at = this.#resolve(command.at);
        kernel.input_set(at, command.length);
        model.setInput(at, command.length);
        break;
      }
      case "outputSet": {
        const at = this.#resolve(command.at);
        kernel.output_set(at, command.length);
        model.setOutput(at, command.length);
        break;
      }
      case "errorSet": {
        const at = this.#resolve(command.at);
        kernel.error_set(at);
        model.setError(at);
        break;
      }
      case "reset":
        kernel.reset();
        model.reset();
        this.expectZeroed();
        break;
    }
    this.#expectState();
  }

  /** Compares the bytes of every live block, and checks that no two overlap. */
  expectContents(): void {
    const memory = new Uint8Array(this.kernel.memory.buffer);
    let end = HEAP;
    for (const [start, bytes] of [...this.model.blocks].sort(([a], [b]) => a - b)) {
      expect(start).toBeGreaterThanOrEqual(end);
      end = start + bytes.length;
      expectEqualBytes(memory.subarray(start, end), bytes);
    }
    expect(memory.length).toBeGreaterThanOrEqual(end);
  }

  /** Checks that nothing at all is left above the kernel's own tables. */
  expectZeroed(): void {
    const memory = new Uint8Array(this.kernel.memory.buffer, HEAP);
    expectEqualBytes(memory, new Uint8Array(memory.length));
  }

  #expectState(): void {
    const { kernel, model } = this;
    expect([kernel.input_offset(), kernel.input_length()].map(Number)).toEqual(Object.values(model.input));
    expect([kernel.output_offset(), kernel.output_length()].map(Number)).toEqual(Object.values(model.output));
    expect(kernel.error_get()).toBe(BigInt(model.error));
    expect([...new Uint32Array(kernel.memory.buffer, kernel.results(), 4)]).toEqual([
      ...Object.values(model.output),
      model.error,
      model.blocks.get(model.error)?.length ?? 0,
    ]);
    expect(kernel.memory_bytes()).toBe(BigInt(kernel.memory.buffer.byteLength));
    if (this.#pages !== undefined) {
      expect(kernel.memory.buffer.byteLength).toBeLessThanOrEqual(Math.max(this.#pages, 1) * 65536);
    }
  }

  #adopt(handle: bigint, length: bigint): void {
    if (handle === 0n) {
      if (this.#pages === undefined) expect(length === 0n || length > MOST_LENGTH).toBe(true);
      return;
    }
    expect(length > 0n && length <= MOST_LENGTH).toBe(true);
    expect(handle % 16n).toBe(0n);
    const address = Number(handle);
    const bytes = new Uint8Array(this.kernel.memory.buffer, address, Number(length));
    expectEqualBytes(bytes, new Uint8Array(bytes.length));
    expect(this.model.blocks.has(address)).toBe(false);
    this.model.adopt(address, bytes.length);
    this.#seen.push({ address, length: bytes.length });
  }

  #resolve(target: Target): bigint {
    if (target.near === "nothing") return target.address;
    const block = this.#seen[target.block % Math.max(this.#seen.length, 1)] ?? { address: 0, length: 0 };
    return unsigned(BigInt(block.address + (target.near === "end" ? block.length : 0) + target.delta));
  }
}

/** `toEqual` goes through an array element by element; this is for megabytes. */
function expectEqualBytes(actual: Uint8Array, expected: Uint8Array): void {
  if (Buffer.compare(actual, expected) !== 0) expect(actual).toEqual(expected);
}

function unsigned(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}
