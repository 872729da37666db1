import { beforeEach, describe, expect, test } from "vitest";
import { instantiateKernel, type KernelExports } from "./index.js";

const PAGE = 65536;

let kernel: KernelExports;
beforeEach(() => {
  kernel = instantiateKernel();
});

describe("alloc", () => {
  test.each([0n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 32n + 16n, 2n ** 63n, 2n ** 64n - 16n, -1n])(
    "answers 0 for a length of %d, and the next allocation works",
    (length) => {
      expect(kernel.alloc(length)).toBe(0n);
      expect(kernel.memory_bytes()).toBe(BigInt(PAGE));
      expect(kernel.length(kernel.alloc(5n))).toBe(5n);
    },
  );

  test("aligns blocks to 16 bytes and never lets two touch the same byte", () => {
    const handles = [1n, 15n, 16n, 17n, 100_000n, 3n].map((length) => kernel.alloc(length));
    expect(handles.map((handle) => handle % 16n)).toEqual(handles.map(() => 0n));
    for (const handle of handles) {
      for (let i = 0n; i < kernel.length(handle); i++) kernel.store_u8(handle + i, Number(handle >> 4n));
    }
    for (const handle of handles) {
      expect(kernel.load_u8(handle + kernel.length(handle) - 1n)).toBe(Number(handle >> 4n) & 255);
    }
  });

  test("reuses freed space, and the reused block reads as zero", () => {
    const freed = kernel.alloc(1000n);
    kernel.alloc(1n);
    for (let i = 0n; i < 1000n; i++) kernel.store_u8(freed + i, 0xff);
    kernel.free(freed);
    const reused = kernel.alloc(1000n);
    expect(reused).toBe(freed);
    for (let i = 0n; i < 1000n; i++) expect(kernel.load_u8(reused + i)).toBe(0);
  });

  test("does not reuse space that is too small", () => {
    const freed = kernel.alloc(992n);
    const after = kernel.alloc(1n);
    kernel.free(freed);
    expect(kernel.alloc(1040n)).toBeGreaterThan(after);
  });

  test.each([8n, 1000n, 5000n, 70_001n])(
    "a guest that frees as much as it allocates, %d bytes, stays small",
    (size) => {
      let old = kernel.alloc(size);
      for (let i = 0; i < 2000; i++) {
        const fresh = kernel.alloc(size);
        kernel.free(old);
        old = fresh;
      }
      expect(kernel.memory_bytes()).toBeLessThan(4n * size + 2n * BigInt(PAGE));
    },
  );

  test("finds each freed block again when others of its size were given back with the end of the heap", () => {
    const [first = 0n, , second = 0n, last = 0n] = Array.from({ length: 4 }, () => kernel.alloc(64n));
    for (const handle of [second, first, last]) kernel.free(handle);
    expect([kernel.alloc(64n), kernel.alloc(64n), kernel.alloc(64n)]).toEqual([first, second, last]);
  });

  test("gives all space back when blocks are freed in any order", () => {
    kernel.limit_pages(4);
    for (let round = 0; round < 50; round++) {
      const handles = Array.from({ length: 100 }, () => kernel.alloc(2000n));
      expect(handles).not.toContain(0n);
      for (let i = 0; i < 100; i++) kernel.free(handles[(i * 37) % 100] ?? 0n);
    }
    expect(kernel.alloc(250_000n)).not.toBe(0n);
  });
});

// The table of blocks has room for 192 in the first page. It then moves into the heap, to twice the size each time.
describe("the table of blocks", () => {
  test("survives that the first block behind it is freed and its space used again", () => {
    const handles = Array.from({ length: 193 }, (_, i) => kernel.alloc(BigInt(i + 1)));
    kernel.free(handles.pop() ?? 0n);
    const large = kernel.alloc(20_000n);
    for (let at = 0n; at < 20_000n; at += 8n) kernel.store_u64(large + at, -1n);
    expect(handles.map((handle) => kernel.length(handle))).toEqual(handles.map((_, i) => BigInt(i + 1)));
  });

  test("leaves space behind that is used again and reads as zero", () => {
    const handles = Array.from({ length: 500 }, () => kernel.alloc(16n));
    const reused = kernel.alloc(384n * 16n);
    expect(reused).toBeLessThan(handles.at(-1) ?? 0n);
    for (let at = 0n; at < 384n * 16n; at += 8n) expect(kernel.load_u64(reused + at)).toBe(0n);
  });
});

describe("a page limit", () => {
  test.each([1, 2, 10])("of %d pages holds for small blocks, large blocks and begin", (pages) => {
    kernel.limit_pages(pages);
    while (kernel.alloc(3000n) !== 0n);
    expect(kernel.memory_bytes()).toBe(BigInt(pages * PAGE));
    expect(kernel.alloc(BigInt(pages * PAGE))).toBe(0n);
    expect(kernel.host_alloc(pages * PAGE)).toBe(0);
    expect(kernel.begin(pages * PAGE)).toBe(-1);
    expect(kernel.input_length()).toBe(0n);
    expect(kernel.begin(pages * PAGE - 4096)).toBe(4096);
    expect(kernel.memory_bytes()).toBe(BigInt(pages * PAGE));
  });

  test("of 0 pages leaves no room at all", () => {
    kernel.limit_pages(0);
    expect(kernel.alloc(1n)).toBe(0n);
    expect(kernel.begin(1)).toBe(-1);
    expect(kernel.begin(0)).toBe(0);
  });

  test("stops a flood of the smallest blocks, and the kernel works after a reset", () => {
    kernel.limit_pages(8);
    let blocks = 0;
    while (kernel.alloc(1n) !== 0n) blocks++;
    expect(blocks).toBeGreaterThan(5000);
    expect(kernel.memory_bytes()).toBe(8n * BigInt(PAGE));
    kernel.reset();
    expect(kernel.alloc(400_000n)).toBe(4096n);
  });

  test("lets a larger freed block serve when there is nothing else", () => {
    kernel.limit_pages(1);
    const large = kernel.alloc(40_000n);
    while (kernel.alloc(16n) !== 0n);
    kernel.free(large);
    expect(kernel.alloc(10n)).toBe(large);
    expect(kernel.length(large)).toBe(10n);
    expect(kernel.alloc(10n)).toBe(0n);
    kernel.free(large);
    expect(kernel.alloc(40_000n)).toBe(large);
  });

  test.each([-1, 65536, 2 ** 31])("of %d pages is no limit beyond 4 GiB", (pages) => {
    kernel.limit_pages(pages);
    expect(kernel.alloc(1_000_000n)).not.toBe(0n);
  });
});

describe("a handle that is none", () => {
  const inBlock: [string, (handle: bigint) => bigint][] = [
    ["one byte into the block", (handle) => handle + 1n],
    ["its last byte", (handle) => handle + 31n],
    ["its end", (handle) => handle + 32n],
    ["the byte before", (handle) => handle - 1n],
    ["2^32 above", (handle) => handle + 2n ** 32n],
    ["2^63 above", (handle) => handle + 2n ** 63n],
    ["negative", (handle) => -handle],
    ["0", () => 0n],
    ["in the kernel's own tables", () => 1024n],
    ["the result record", () => BigInt(kernel.results())],
    ["past the memory", () => kernel.memory_bytes()],
    ["the largest", () => 2n ** 64n - 1n],
  ];

  test.each(inBlock)("(%s) has no length, and naming it changes nothing", (_, forge) => {
    const handle = kernel.alloc(32n);
    kernel.input_set(handle, 3n);
    kernel.output_set(handle, 2n);
    kernel.error_set(handle);
    const forged = forge(handle);
    expect(kernel.length(forged)).toBe(0n);
    expect(kernel.length_unsafe(forged)).toBe(0n);
    kernel.free(forged);
    kernel.input_set(forged, 1n);
    kernel.output_set(forged, 1n);
    if (forged !== 0n) kernel.error_set(forged);
    expect(kernel.length(handle)).toBe(32n);
    expect([kernel.input_length(), kernel.output_length(), kernel.error_get()]).toEqual([3n, 2n, handle]);
  });
});

describe("loads and stores", () => {
  const cases: [number, number, boolean][] = [
    [8, 0, true],
    [8, 1, false],
    [8, -1, false],
    [7, 0, false],
    [1, -7, false],
    [24, 16, true],
    [24, 17, false],
    [24, 24, false],
    [24, 2 ** 32, false],
  ];

  test.each(cases)("of 8 bytes in a block of %d bytes at offset %d: %s", (length, offset, fits) => {
    kernel.alloc(32n);
    const handle = kernel.alloc(BigInt(length));
    kernel.alloc(32n);
    const before = snapshot(kernel);
    kernel.store_u64(handle + BigInt(offset), -2n);
    expect(kernel.load_u64(handle + BigInt(offset))).toBe(fits ? -2n : 0n);
    if (!fits) expect(Buffer.compare(snapshot(kernel), before)).toBe(0);
  });

  test("reach neither a freed block nor one of before a reset, though they did a moment ago", () => {
    for (const discard of [(handle: bigint) => kernel.free(handle), () => kernel.reset()]) {
      const handle = kernel.alloc(16n);
      kernel.store_u64(handle, -1n);
      expect(kernel.load_u64(handle)).toBe(-1n);
      discard(handle);
      kernel.store_u64(handle, -1n);
      kernel.store_u8(handle, 255);
      expect(kernel.load_u64(handle)).toBe(0n);
      expect(kernel.load_u8(handle)).toBe(0);
      expect(snapshot(kernel).slice(Number(handle), Number(handle) + 16)).toEqual(new Uint8Array(16));
    }
  });

  test.each([
    ["free", (handle: bigint) => kernel.free(handle)],
    ["reset", () => kernel.reset()],
  ])("see the new blocks where a larger one was before %s", (_, discard) => {
    const handle = kernel.alloc(100n);
    kernel.store_u64(handle, 1n);
    kernel.load_u64(handle);
    discard(handle);
    expect(kernel.alloc(9n)).toBe(handle);
    const next = kernel.alloc(16n);
    expect(next).toBe(handle + 16n);
    new Uint8Array(kernel.memory.buffer, Number(next), 16).fill(0xff);
    kernel.store_u64(handle + 8n, 0n);
    kernel.store_u64(handle + 12n, 0n);
    kernel.store_u8(handle + 9n, 1);
    expect([kernel.load_u64(handle + 8n), kernel.load_u64(handle + 12n)]).toEqual([0n, 0n]);
    expect([kernel.load_u64(next), kernel.load_u64(next + 8n)]).toEqual([-1n, -1n]);
    expect(snapshot(kernel).slice(Number(handle), Number(next))).toEqual(new Uint8Array(16));
  });

  test("keep the low eight bits of a byte", () => {
    const handle = kernel.alloc(2n);
    kernel.store_u8(handle, 0x1234);
    kernel.store_u8(handle + 1n, -1);
    expect([kernel.load_u8(handle), kernel.load_u8(handle + 1n)]).toEqual([0x34, 255]);
  });

  test("are little-endian", () => {
    const handle = kernel.alloc(8n);
    kernel.store_u64(handle, 0x0807060504030201n);
    expect([0n, 3n, 7n].map((i) => kernel.load_u8(handle + i))).toEqual([1, 4, 8]);
  });
});

function snapshot(from: KernelExports): Uint8Array {
  return new Uint8Array(from.memory.buffer).slice();
}
