import { platform } from "#platform";
import { isSupported } from "./options.js";
import { promiseIntegration } from "./suspension.js";

/** What this version can do where it runs. The names are those of Extism's SDK. */
export interface Capabilities {
  /** Whether a plug-in can wait for an asynchronous host function on the calling thread (JSPI). */
  readonly supportsJSPromiseInterface: boolean;
  /** Whether text is read straight out of shared memory. It never has to be: nothing is kept there. */
  readonly allowSharedBufferCodec: boolean;
  /** Whether a manifest may name files. */
  readonly manifestSupportsPaths: boolean;
  /** Whether the platform itself restricts requests to other origins. */
  readonly crossOriginChecksEnforced: boolean;
  /** Whether there is a file system. */
  readonly fsAccess: boolean;
  /** Whether the option `runInWorker` can be given. */
  readonly hasWorkerCapability: boolean;
  /** Whether the option `useWasi` can be given. */
  readonly supportsWasiPreview1: boolean;
  /** Whether the option `timeoutMs` can be given. */
  readonly supportsTimeouts: boolean;
  /** Whether the environment variable `EXTISM_ENABLE_WASI_OUTPUT` was set when this package was loaded. */
  readonly extismStdoutEnvVarSet: boolean;
}

/** What can be relied on here and now. */
export const CAPABILITIES: Capabilities = {
  supportsJSPromiseInterface: promiseIntegration !== undefined,
  allowSharedBufferCodec: false,
  manifestSupportsPaths: platform.hasFiles,
  crossOriginChecksEnforced: platform.hasCrossOriginChecks,
  fsAccess: platform.hasFiles,
  hasWorkerCapability: isSupported("runInWorker"),
  supportsWasiPreview1: isSupported("useWasi"),
  supportsTimeouts: isSupported("timeoutMs"),
  extismStdoutEnvVarSet: platform.showsWasiOutput,
};
