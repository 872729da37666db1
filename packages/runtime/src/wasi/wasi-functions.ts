/** Functions of `wasi_snapshot_preview1`: pointers, sizes and flags are numbers, 64-bit values are bigints. */
// biome-ignore lint/suspicious/noExplicitAny: each function has its own parameters; WebAssembly checks them when it links
export type WasiFunctions = Record<string, (...args: any[]) => unknown>;
