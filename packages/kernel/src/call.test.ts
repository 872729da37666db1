import { beforeEach, describe, expect, test } from "vitest";
import { instantiateKernel, type KernelExports } from "./index.js";

let kernel: KernelExports;
beforeEach(() => {
  kernel = instantiateKernel();
});

describe("begin", () => {
  test("makes an empty block the input and forgets the last call", () => {
    const stale = kernel.alloc(100n);
    kernel.output_set(stale, 50n);
    kernel.error_set(stale);
    const address = kernel.begin(20);
    expect(kernel.input_offset()).toBe(BigInt(address));
    expect(kernel.input_length()).toBe(20n);
    expect(kernel.host_length(address)).toBe(20);
    expect(record(kernel)).toEqual([0, 0, 0, 0]);
  });

  test("of length 0 leaves no input", () => {
    kernel.begin(10);
    expect(kernel.begin(0)).toBe(0);
    expect([kernel.input_offset(), kernel.input_length(), kernel.input_load_u64(0n)]).toEqual([0n, 0n, 0n]);
  });

  test("keeps the input readable to its last byte and no further", () => {
    const address = kernel.begin(10);
    new Uint8Array(kernel.memory.buffer, address, 10).set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(kernel.input_load_u64(2n)).toBe(0x0a09080706050403n);
    expect(kernel.input_load_u64(3n)).toBe(0n);
    expect(kernel.input_load_u8(9n)).toBe(10);
    for (const offset of [10n, -1n, 2n ** 32n, 2n ** 63n, 2n ** 64n - 8n]) {
      expect([kernel.input_load_u8(offset), kernel.input_load_u64(offset)]).toEqual([0, 0n]);
    }
  });
});

describe("results", () => {
  test("follows output_set and error_set", () => {
    const output = kernel.alloc(10n);
    const error = kernel.alloc(4n);
    kernel.output_set(output, 7n);
    kernel.error_set(error);
    expect(record(kernel)).toEqual([Number(output), 7, Number(error), 4]);
    expect([kernel.output_offset(), kernel.output_length(), kernel.error_get()]).toEqual([output, 7n, error]);
    kernel.output_set(0n, 0n);
    kernel.error_set(0n);
    expect(record(kernel)).toEqual([0, 0, 0, 0]);
  });

  test("stays where it is when memory grows", () => {
    const before = kernel.results();
    const output = kernel.alloc(1_000_000n);
    kernel.output_set(output, 1_000_000n);
    expect(kernel.results()).toBe(before);
    expect(record(kernel)).toEqual([Number(output), 1_000_000, 0, 0]);
  });

  test.each([
    ["longer than the block", 0n, 11n],
    ["longer than any block", 0n, 2n ** 64n - 1n],
    ["as long as the block modulo 2^32", 0n, 2n ** 32n + 10n],
    ["inside the block", 1n, 2n],
    ["at the handle plus 2^32", 2n ** 32n, 2n],
  ])("ignores an output %s", (_, delta, length) => {
    const handle = kernel.alloc(10n);
    kernel.output_set(handle, 10n);
    kernel.output_set(handle + delta, length);
    expect(record(kernel)).toEqual([Number(handle), 10, 0, 0]);
    kernel.input_set(handle, 10n);
    kernel.input_set(handle + delta, length);
    expect([kernel.input_offset(), kernel.input_length()]).toEqual([handle, 10n]);
  });

  test("takes an output of no bytes from a live block, but not a length without a block", () => {
    const handle = kernel.alloc(10n);
    kernel.output_set(handle, 0n);
    expect(record(kernel)).toEqual([Number(handle), 0, 0, 0]);
    kernel.output_set(0n, 1n);
    expect(record(kernel)).toEqual([Number(handle), 0, 0, 0]);
  });
});

describe("free", () => {
  test("of the block that is input, output and error clears all three, for good", () => {
    const handle = kernel.alloc(10n);
    kernel.input_set(handle, 10n);
    kernel.output_set(handle, 10n);
    kernel.error_set(handle);
    kernel.free(handle);
    const reads = () => [
      kernel.input_offset(),
      kernel.input_length(),
      kernel.output_offset(),
      kernel.output_length(),
      kernel.error_get(),
    ];
    expect(reads()).toEqual([0n, 0n, 0n, 0n, 0n]);
    expect(kernel.alloc(10n)).toBe(handle);
    kernel.store_u64(handle, -1n);
    expect(reads()).toEqual([0n, 0n, 0n, 0n, 0n]);
    expect(kernel.input_load_u64(0n)).toBe(0n);
    expect(record(kernel)).toEqual([0, 0, 0, 0]);
  });

  test("a second time does nothing, even when the space is in use again", () => {
    const first = kernel.alloc(10n);
    const second = kernel.alloc(10n);
    kernel.free(first);
    kernel.free(first);
    expect(kernel.alloc(10n)).toBe(first);
    const third = kernel.alloc(10n);
    expect(new Set([first, second, third]).size).toBe(3);
  });
});

describe("reset", () => {
  // The kernel's own tables keep stale addresses, lengths and counts. In memories of less than 10 MiB none of them has
  // this byte twice in a row.
  const MARK = 0xa5a5a5a5a5a5a5a5n;

  test.each([
    ["one small block", 1, 10, false],
    ["one large block", 1, 1_000_000, false],
    ["thousands of blocks", 5000, 48, false],
    ["thousands of blocks, half of them freed", 5000, 200, true],
  ])("leaves no byte of %s anywhere in memory", (_, blocks, size, free) => {
    const handles = Array.from({ length: blocks }, () => kernel.alloc(BigInt(size)));
    for (const handle of handles) {
      for (let at = 0n; at + 8n <= BigInt(size); at += 8n) kernel.store_u64(handle + at, MARK);
      for (let at = size & ~7; at < size; at++) kernel.store_u8(handle + BigInt(at), 0xa5);
    }
    if (free) for (const [i, handle] of handles.entries()) if (i % 2 === 0) kernel.free(handle);
    expect(marks()).toBeGreaterThan(0);
    const bytes = kernel.memory_bytes();
    kernel.reset();
    expect(marks()).toBe(0);
    expect(kernel.memory_bytes()).toBe(bytes);

    // Nor can a guest see one with a block that covers all of it, or with the old handles.
    const all = kernel.alloc(bytes - 4096n);
    for (let at = 0n; at + 8n <= bytes - 4096n; at += 8n) {
      if (kernel.load_u64(all + at) !== 0n) expect.unreachable(`byte ${at} is not zero`);
    }
    kernel.reset();
    for (const handle of handles) {
      if (kernel.length(handle) !== 0n || kernel.load_u64(handle) !== 0n)
        expect.unreachable(`${handle} is alive`);
    }
  });

  test("leaves no byte of the input or of what the host wrote", () => {
    const address = kernel.begin(1000);
    new Uint8Array(kernel.memory.buffer, address, 1000).fill(0xa5);
    const reply = kernel.host_alloc(300);
    new Uint8Array(kernel.memory.buffer, reply, 300).fill(0xa5);
    kernel.begin(0);
    expect(marks()).toBe(0);
  });

  function marks(): number {
    const bytes = new Uint8Array(kernel.memory.buffer);
    return bytes.reduce((count, byte, at) => count + (byte === 0xa5 && bytes[at + 1] === 0xa5 ? 1 : 0), 0);
  }
});

function record(from: KernelExports): number[] {
  return [...new Uint32Array(from.memory.buffer, from.results(), 4)];
}
