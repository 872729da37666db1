// The host's block store. Blocks have 64-bit handles and are reached through functions only, eight bytes at a time.
// A function that nothing uses is not imported.

@external("extism:host/env", "alloc")
declare function kernelAlloc(length: i64): i64;
@external("extism:host/env", "free")
declare function kernelFree(handle: i64): void;
@external("extism:host/env", "length")
declare function kernelLength(handle: i64): i64;
@external("extism:host/env", "load_u8")
declare function kernelLoadU8(address: i64): i32;
@external("extism:host/env", "load_u64")
declare function kernelLoadU64(address: i64): i64;
@external("extism:host/env", "store_u8")
declare function kernelStoreU8(address: i64, value: i32): void;
@external("extism:host/env", "store_u64")
declare function kernelStoreU64(address: i64, value: i64): void;
@external("extism:host/env", "input_length")
declare function kernelInputLength(): i64;
@external("extism:host/env", "input_load_u8")
declare function kernelInputLoadU8(offset: i64): i32;
@external("extism:host/env", "input_load_u64")
declare function kernelInputLoadU64(offset: i64): i64;
@external("extism:host/env", "output_set")
declare function kernelOutputSet(handle: i64, length: i64): void;
@external("extism:host/env", "error_set")
declare function kernelErrorSet(handle: i64): void;

/** Copies bytes into a new block. Answers its handle: 0 for no bytes. */
export function toBlock(from: usize, length: usize): i64 {
  if (!length) return 0;
  const handle = kernelAlloc(length);
  if (!handle) throw new Error("the host has no memory left for a block");
  let done: usize = 0;
  for (; done + 8 <= length; done += 8) kernelStoreU64(handle + done, load<u64>(from + done));
  for (; done < length; done++) kernelStoreU8(handle + done, load<u8>(from + done));
  return handle;
}

export function blockLength(handle: i64): usize {
  return handle ? <usize>kernelLength(handle) : 0;
}

/** Copies a block's bytes to memory. */
export function fromBlock(handle: i64, length: usize, to: usize): void {
  let done: usize = 0;
  for (; done + 8 <= length; done += 8) store<u64>(to + done, kernelLoadU64(handle + done));
  for (; done < length; done++) store<u8>(to + done, <u8>kernelLoadU8(handle + done));
}

export function freeBlock(handle: i64): void {
  if (handle) kernelFree(handle);
}

export function inputLength(): usize {
  return <usize>kernelInputLength();
}

/** Copies the call's input to memory. */
export function loadInput(length: usize, to: usize): void {
  let done: usize = 0;
  for (; done + 8 <= length; done += 8) store<u64>(to + done, kernelInputLoadU64(done));
  for (; done < length; done++) store<u8>(to + done, <u8>kernelInputLoadU8(done));
}

export function setOutput(from: usize, length: usize): void {
  kernelOutputSet(toBlock(from, length), length);
}

export function setError(from: usize, length: usize): void {
  kernelErrorSet(toBlock(from, length));
}
