import { CallContext } from "./call-context.js";
import type { DirectPort } from "./direct.js";
import { ENV_NAMESPACE, environment, USER_NAMESPACE } from "./env.js";
import { PluginError, TenonError } from "./errors.js";
import { explainThrow } from "./failure.js";
import { type HostFailure, resolveImports, wrapHostFunctions } from "./imports.js";
import { PluginInstance } from "./instance.js";
import { KernelMemory } from "./kernel-memory.js";
import type { ResolvedOptions } from "./options.js";
import { PluginOutput } from "./output.js";
import { Vars } from "./vars.js";

/** A loaded plug-in: one instance of it, called by one caller at a time. */
export interface Plugin {
  /** What the plug-in is called in errors. */
  readonly name: string;
  /**
   * Calls an export with bytes (a string is sent as UTF-8) and answers what it returned; `null` when that is nothing.
   *
   * @param hostContext what `context.hostContext()` answers in host functions during this call.
   * @throws PluginError when the plug-in says that the call failed; otherwise TenonError.
   */
  call<T>(name: string, input?: string | Uint8Array, hostContext?: T): Promise<PluginOutput | null>;
  functionExists(name: string): Promise<boolean>;
  getExports(): Promise<WebAssembly.ModuleExportDescriptor[]>;
  getImports(): Promise<WebAssembly.ModuleImportDescriptor[]>;
  getInstance(): Promise<WebAssembly.Instance>;
  /** Whether a call is under way. */
  isActive(): boolean;
  /** Forgets the last call and every variable. Answers `false`, and does nothing, during a call. */
  reset(): Promise<boolean>;
  /** Lets go of the instance. Every later call is an error. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Offers typed host functions to a plug-in; made by generated bindings. */
export type TypedImports = (plugin: InlinePlugin) => Record<string, (argument: bigint) => bigint>;

/** A plug-in that runs on the calling thread. */
export class InlinePlugin implements Plugin {
  readonly name: string;
  readonly kernel = new KernelMemory();
  readonly context: CallContext;
  /** Whether a `tenon_call_*` export is running: host functions may find their argument in the result record. */
  inDirectCall = false;
  /** Whether every host function that the plug-in imports knows the direct convention. */
  readonly directHostFunctions: boolean;
  readonly hostFailure: HostFailure = { current: undefined };

  readonly #module: WebAssembly.Module;
  readonly #imports: WebAssembly.Imports;
  readonly #vars: Vars;
  #instance: PluginInstance | undefined;
  #state: "idle" | "active" | "closed" = "idle";
  #hostContext: unknown;

  static async create(
    module: WebAssembly.Module,
    name: string,
    options: ResolvedOptions,
    typedImports?: TypedImports,
  ): Promise<InlinePlugin> {
    const plugin = new InlinePlugin(module, name, options, typedImports);
    try {
      // Not synchronous: browsers refuse that for a large module on the main thread.
      plugin.#adopt(await WebAssembly.instantiate(module, plugin.#imports));
    } catch (thrown) {
      throw plugin.#startFailure(thrown);
    }
    return plugin;
  }

  private constructor(
    module: WebAssembly.Module,
    name: string,
    options: ResolvedOptions,
    typedImports: TypedImports | undefined,
  ) {
    this.name = name;
    this.#module = module;
    this.#vars = new Vars(options.maxVarBytes);
    this.context = new CallContext(this.kernel, this.#vars, options.logLevel, () => this.#hostContext);
    const offered = wrapHostFunctions(options.functions, this.context, this.hostFailure);
    const surroundings = { ...options, kernel: this.kernel, context: this.context, vars: this.#vars };
    // The user's own functions of these namespaces take precedence, as in Extism's SDK.
    offered.set(ENV_NAMESPACE, { ...environment(surroundings), ...offered.get(ENV_NAMESPACE) });
    this.directHostFunctions = !offered.has(USER_NAMESPACE);
    offered.set(USER_NAMESPACE, { ...typedImports?.(this), ...offered.get(USER_NAMESPACE) });
    this.#imports = resolveImports(module, offered, name);
  }

  async call<T>(name: string, input?: string | Uint8Array, hostContext?: T): Promise<PluginOutput | null> {
    const bytes = typeof input === "string" ? encoder.encode(input) : input;
    const instance = this.enter(name);
    this.#hostContext = hostContext;
    try {
      const call = instance.direct?.call(name);
      return call === undefined || instance.direct === undefined
        ? this.#callKernel(instance, name, bytes)
        : this.#callDirect(instance.direct, call, name, bytes);
    } catch (thrown) {
      throw this.failure(thrown, name);
    } finally {
      this.#hostContext = undefined;
      this.leave();
    }
  }

  #callKernel(instance: PluginInstance, name: string, input: Uint8Array | undefined): PluginOutput | null {
    this.runKernelCall(instance, name, input);
    const { output } = this.kernel;
    return output.length === 0 ? null : new PluginOutput(this.kernel.copy(output));
  }

  #callDirect(
    port: DirectPort,
    call: (address: number, length: number) => number,
    name: string,
    input: Uint8Array | undefined,
  ): PluginOutput | null {
    const length = input?.length ?? 0;
    let address = 0;
    if (input !== undefined && length > 0) {
      address = port.reserve(length);
      port.bytes.set(input, address);
    }
    this.inDirectCall = true;
    const code = call(address, length);
    port.readResult();
    if (code !== 0) throw this.pluginError(port.text(), code, name);
    const buffer = port.bytes.buffer.slice(port.address, port.address + port.length);
    return buffer.byteLength === 0 ? null : new PluginOutput(buffer);
  }

  /** Runs a kernel call to its end: afterwards the kernel holds the output. */
  runKernelCall(
    instance: PluginInstance,
    name: string,
    input: Uint8Array | undefined,
    readDetail?: (text: string) => unknown,
  ): void {
    const call = instance.export(name);
    const length = input?.length ?? 0;
    const address = this.kernel.begin(length);
    if (address === undefined) {
      throw new TenonError("out-of-memory", `the kernel has no memory for an input of ${length} bytes`, {
        plugin: this.name,
        function: name,
      });
    }
    if (input !== undefined && length > 0) this.kernel.bytes.set(input, address);
    const code = Number(call() ?? 0);
    const error = this.kernel.error;
    if (error !== undefined || code !== 0) throw this.pluginError(error ?? "", code, name, readDetail);
  }

  /**
   * Begins a call: what it answers is the instance to call. Every `enter` is followed by one {@link leave}.
   *
   * @throws TenonError `busy`, `closed`, or what a fresh start of the instance throws.
   */
  enter(name: string): PluginInstance {
    if (this.#state !== "idle") throw this.#unavailable(name);
    this.#state = "active";
    this.hostFailure.current = undefined;
    try {
      this.#instance ??= this.#restart();
      this.kernel.reset();
      return this.#instance;
    } catch (thrown) {
      this.leave();
      throw thrown;
    }
  }

  leave(): void {
    this.inDirectCall = false;
    if (this.#state === "active") this.#state = "idle";
  }

  /** Names what a call threw. An instance that was unwound half-way is not called again: its state is anyone's guess. */
  failure(thrown: unknown, name: string | undefined): TenonError {
    if (
      thrown instanceof TenonError &&
      thrown.plugin !== undefined &&
      thrown !== this.hostFailure.current?.cause
    ) {
      // Our own checks, before the guest ran or after it returned.
      return thrown;
    }
    this.#instance = undefined;
    return explainThrow(thrown, {
      plugin: this.name,
      function: name,
      hostFailure: this.hostFailure,
      errorText: this.kernel.error,
    });
  }

  /** @param readDetail reads the typed error out of the text; what it throws means that the text is only a message. */
  pluginError(text: string, code: number, name: string, readDetail?: (text: string) => unknown): PluginError {
    return new PluginError(text, code, readDetailOf(text, readDetail), { plugin: this.name, function: name });
  }

  /** The direct port of the running instance. */
  get port(): DirectPort | undefined {
    return this.#instance?.direct;
  }

  async functionExists(name: string): Promise<boolean> {
    return WebAssembly.Module.exports(this.#module).some(
      (item) => item.name === name && item.kind === "function",
    );
  }

  async getExports(): Promise<WebAssembly.ModuleExportDescriptor[]> {
    return WebAssembly.Module.exports(this.#module);
  }

  async getImports(): Promise<WebAssembly.ModuleImportDescriptor[]> {
    return WebAssembly.Module.imports(this.#module);
  }

  async getInstance(): Promise<WebAssembly.Instance> {
    if (this.#state === "closed") throw this.#unavailable(undefined);
    this.#instance ??= this.#restart();
    return this.#instance.wasm;
  }

  isActive(): boolean {
    return this.#state === "active";
  }

  async reset(): Promise<boolean> {
    if (this.#state !== "idle") return false;
    this.kernel.reset();
    this.#vars.clear();
    return true;
  }

  async close(): Promise<void> {
    this.#state = "closed";
    this.#instance = undefined;
    this.#vars.clear();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** A fresh instance in the place of one that a trap ended. */
  #restart(): PluginInstance {
    try {
      return this.#adopt(new WebAssembly.Instance(this.#module, this.#imports));
    } catch (thrown) {
      throw this.#startFailure(thrown);
    }
  }

  #adopt(wasm: WebAssembly.Instance): PluginInstance {
    this.#instance = new PluginInstance(wasm, this.name, this.directHostFunctions);
    return this.#instance;
  }

  #startFailure(thrown: unknown): TenonError {
    const context = { plugin: this.name, cause: thrown };
    if (thrown instanceof WebAssembly.LinkError) {
      return new TenonError("import-invalid", `an import doesn't fit: ${thrown.message}`, context);
    }
    const explained = this.failure(thrown, undefined);
    if (thrown instanceof TenonError && explained.code === thrown.code) return explained;
    return new TenonError("start-failed", `it failed while it started: ${explained.reason}`, context);
  }

  #unavailable(name: string | undefined): TenonError {
    const context = { plugin: this.name, function: name };
    return this.#state === "closed"
      ? new TenonError("closed", "the plug-in is closed", context)
      : new TenonError(
          "busy",
          "the plug-in is running a call, and one instance runs one call at a time; wait for it, or create another plug-in",
          context,
        );
  }
}

function readDetailOf(text: string, read: ((text: string) => unknown) | undefined): unknown {
  if (read === undefined) return undefined;
  try {
    return read(text);
  } catch {
    // Not an error of this program: a plug-in may always fail with a plain message (docs/abi.md, section 3).
    return undefined;
  }
}

const encoder = new TextEncoder();
