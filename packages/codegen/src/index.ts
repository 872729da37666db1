export { type Collector, compilerArguments as assemblyScriptArguments } from "./assemblyscript/options.js";
export { generate, targets } from "./generate.js";
export type { GeneratedFile, TargetOptions } from "./target.js";
export { type Target, TargetError } from "./target.js";
