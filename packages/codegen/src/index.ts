export { type Collector, compilerArguments as assemblyScriptArguments } from "./assemblyscript/options.js";
export { assemblyScriptPluginStub } from "./assemblyscript/stub.js";
export { generate, targets } from "./generate.js";
export type { GeneratedFile, TargetOptions } from "./target.js";
export { type Target, TargetError } from "./target.js";
export { formatTypeScript, type HostStub, type SampleCall, typescriptHostStub } from "./typescript/stub.js";
export { typescriptPluginStub } from "./typescript-guest/stub.js";
