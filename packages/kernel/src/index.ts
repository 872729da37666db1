export { type GuestKernel, type HostKernel, type KernelExports, kernelImports } from "./exports.js";
export { instantiateKernel, kernelBytes, kernelModule } from "./module.js";
