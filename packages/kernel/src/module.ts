import { KERNEL_BASE64 } from "./bytes.generated.js";
import type { KernelExports } from "./exports.js";

let compiled: WebAssembly.Module | undefined;

/**
 * The kernel as a WebAssembly binary. Every call answers a new array, which the caller may change or transfer.
 */
export function kernelBytes(): Uint8Array<ArrayBuffer> {
  // `atob` and not `Buffer`: every JavaScript runtime has it.
  return Uint8Array.from(atob(KERNEL_BASE64), (character) => character.charCodeAt(0));
}

/**
 * The compiled kernel. It is compiled when first asked for, synchronously: the module is small enough for the main
 * thread of any browser. Modules can be sent to workers.
 */
export function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(kernelBytes());
  return compiled;
}

/**
 * A new kernel with a memory of its own. One plug-in instance takes one kernel: whoever shares a kernel shares
 * handles.
 */
export function instantiateKernel(): KernelExports {
  const { exports } = new WebAssembly.Instance(kernelModule());
  // The binary is our own, and the tests link each function by the type that `KernelExports` says it has.
  return exports as unknown as KernelExports;
}
