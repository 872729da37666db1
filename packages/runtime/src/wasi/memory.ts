import type { WASI } from "@bjorn3/browser_wasi_shim";

/** The plug-in's memory as it is now: it may have grown since the last call. */
export function bytesOf(shim: WASI): Uint8Array {
  return new Uint8Array(shim.inst.exports.memory.buffer);
}

/** {@link bytesOf} for numbers. Reading or writing outside throws a RangeError, which the guard turns into `FAULT`. */
export function viewOf(shim: WASI): DataView {
  return new DataView(shim.inst.exports.memory.buffer);
}

/** A range of the plug-in's memory. @throws RangeError when it does not lie inside. */
export function rangeOf(shim: WASI, address: number, length: number): Uint8Array {
  return new Uint8Array(shim.inst.exports.memory.buffer, address, length);
}

/** Text of the plug-in. Bytes that aren't UTF-8 become U+FFFD: no file of that name is found. */
export function textOf(shim: WASI, address: number, length: number): string {
  // A copy: a decoder takes no view of shared memory.
  return decoder.decode(rangeOf(shim, address, length).slice());
}

const decoder = new TextDecoder();
