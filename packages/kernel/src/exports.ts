/**
 * The functions that a guest may call: the part of `extism:host/env` that the kernel itself answers. Any argument is
 * safe. Handles, addresses and lengths are unsigned 64-bit numbers, and a handle is the address of the first byte of
 * its block, a multiple of 16 below 2^32; JavaScript sees the results as signed `bigint`, which differs only for
 * `load_u64` and `input_load_u64`.
 */
export interface GuestKernel {
  /** A new block that reads as zero; 0 when `length` is 0 or there is no room. */
  alloc(length: bigint): bigint;
  /** Zeroes a block and gives it back. Does nothing unless `handle` is that of a live block. */
  free(handle: bigint): void;
  /** The length of the live block that starts at `handle`; 0 when none does. */
  length(handle: bigint): bigint;
  /** The same as `length`: here it is no cheaper to be unsafe. */
  length_unsafe(handle: bigint): bigint;
  /** The byte at `address`; 0 when it is in no live block. */
  load_u8(address: bigint): number;
  /** The eight bytes at `address`, little-endian; 0 unless all of them lie in one live block. */
  load_u64(address: bigint): bigint;
  /** Writes the low eight bits of `value`. Does nothing unless the byte lies in a live block. */
  store_u8(address: bigint, value: number): void;
  /** Writes eight bytes, little-endian. Does nothing unless all of them lie in one live block. */
  store_u64(address: bigint, value: bigint): void;
  /** The handle of the input; 0 when there is none. */
  input_offset(): bigint;
  /** The length of the input in bytes. */
  input_length(): bigint;
  /** The byte of the input at `offset`; 0 at or past its end. */
  input_load_u8(offset: bigint): number;
  /** Eight bytes of the input, little-endian; 0 when they would pass its end. */
  input_load_u64(offset: bigint): bigint;
  /**
   * Makes the first `length` bytes of a live block the output; (0, 0) clears it. Anything else, such as a range that
   * is longer than the block, changes nothing.
   */
  output_set(handle: bigint, length: bigint): void;
  /** The handle of the output; 0 when there is none, or when its block was freed. */
  output_offset(): bigint;
  /** The length of the output in bytes. */
  output_length(): bigint;
  /** Makes a live block the error; 0 clears it. Anything else changes nothing. */
  error_set(handle: bigint): void;
  /** The handle of the error; 0 when there is none, or when its block was freed. */
  error_get(): bigint;
}

/**
 * The functions that belong to the host, and the kernel's memory. A guest must not get them: with `reset` or
 * `input_set` it could confuse its own call, though nothing else. Those that are not Extism's deal in 32-bit numbers,
 * so that a call costs no `bigint`; addresses above 2 GiB come out negative, and `>>> 0` mends that.
 */
export interface HostKernel {
  /**
   * Holds every block. Take `memory.buffer` anew after any call that may have allocated: growth detaches the old one.
   */
  readonly memory: WebAssembly.Memory;
  /**
   * Resets, then allocates a block of `inputLength` bytes and makes it the input. Answers the block's address, 0 with
   * no input when the length is 0, and -1, also without an input, when there is no room.
   */
  begin(inputLength: number): number;
  /**
   * The address, constant for the instance, of four u32: output address, output length, error address, error length.
   * They are always current, and 0 where there is no output or error.
   */
  results(): number;
  /** `alloc` in 32 bits: the address of a new block, or 0. */
  host_alloc(length: number): number;
  /** `length` in 32 bits. */
  host_length(address: number): number;
  /**
   * Keeps the heap within the first `pages` pages of 64 KiB from now on: memory does not grow beyond them, and what
   * does not fit is answered by 0 (or -1, by `begin`). The kernel's own tables count too, and take the first 4 KiB.
   * Space that the heap had before, by a higher limit, stays usable until the next reset.
   */
  limit_pages(pages: number): void;
  /** Makes the first `length` bytes of a live block the input; (0, 0) clears it. Anything else changes nothing. */
  input_set(handle: bigint, length: bigint): void;
  /**
   * Frees all blocks, zeroes what they used, and clears input, output and error. The time it takes depends on the
   * space in use. Memory keeps its size, and the page limit stays.
   */
  reset(): void;
  /** The size of the kernel's memory in bytes, used or not. It never shrinks. */
  memory_bytes(): bigint;
}

/** Everything that an instance of the kernel exports. */
export interface KernelExports extends GuestKernel, HostKernel {}

/**
 * The names of the kernel's functions that a guest may import from `extism:host/env`. Offer it these and no other of
 * the kernel's exports.
 */
export const kernelImports = [
  "alloc",
  "free",
  "length",
  "length_unsafe",
  "load_u8",
  "load_u64",
  "store_u8",
  "store_u64",
  "input_offset",
  "input_length",
  "input_load_u8",
  "input_load_u64",
  "output_set",
  "output_offset",
  "output_length",
  "error_set",
  "error_get",
] as const satisfies readonly (keyof GuestKernel)[];
