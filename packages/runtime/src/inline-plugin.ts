import { CallContext } from "./call-context.js";
import type { DirectPort } from "./direct.js";
import { ENV_NAMESPACE, environment, USER_NAMESPACE } from "./env.js";
import { PluginError, TenonError, type TenonErrorCode } from "./errors.js";
import { explainStart, explainThrow, type FailureContext } from "./failure.js";
import { type Grants, loadGrants } from "./grants.js";
import { type HostFailure, wrapHostFunctions } from "./imports.js";
import { PluginInstance } from "./instance.js";
import { KernelMemory } from "./kernel-memory.js";
import { instantiate, instantiateNow, StartFailure } from "./linking/instantiate.js";
import { type LinkPlan, planLinks } from "./linking/plan.js";
import { shapeOf } from "./module-shape.js";
import type { ResolvedOptions } from "./options.js";
import type { PluginOutput } from "./output.js";
import type { Plugin } from "./plugin.js";
import { callWithBytes, callWithBytesAndWait, exitOutput, toInput } from "./raw-call.js";
import type { LoadedSource } from "./sources/load-source.js";
import { Vars } from "./vars.js";
import { WasiExit } from "./wasi/exit.js";

/** Offers typed host functions to a plug-in, as imports by name; made by generated bindings. */
export type TypedImports = (plugin: InlinePlugin) => Record<string, unknown>;

/** A plug-in that runs on the calling thread. */
export class InlinePlugin implements Plugin {
  readonly name: string;
  readonly kernel = new KernelMemory();
  readonly context: CallContext;
  /** Whether a `tenon_call_*` export is running: host functions may find their argument in the result record. */
  inDirectCall = false;
  /** Whether every host function that the plug-in imports knows the direct convention. */
  readonly directHostFunctions: boolean;
  /** Whether it imports a function that may make it wait: then calls go through the engine's promise integration. */
  readonly suspends: boolean;
  readonly hostFailure: HostFailure = { current: undefined };

  readonly #plan: LinkPlan;
  readonly #vars: Vars;
  readonly #grants: Grants;
  #instance: PluginInstance | undefined;
  #state: "idle" | "active" | "closed" = "idle";
  #hostContext: unknown;

  static async create(
    source: LoadedSource,
    name: string,
    options: ResolvedOptions,
    typedImports?: TypedImports,
  ): Promise<InlinePlugin> {
    let plugin: InlinePlugin | undefined;
    const grants = await loadGrants(source, options, () => plugin?.context.logPriority ?? 0);
    try {
      plugin = new InlinePlugin(source, name, options, grants, typedImports);
      await plugin.#start();
      return plugin;
    } catch (thrown) {
      grants.close();
      throw thrown;
    }
  }

  private constructor(
    source: LoadedSource,
    name: string,
    options: ResolvedOptions,
    grants: Grants,
    typedImports: TypedImports | undefined,
  ) {
    this.name = name;
    this.#grants = grants;
    this.#vars = new Vars(options.maxVarBytes);
    this.context = new CallContext(this.kernel, this.#vars, options.logLevel, () => this.#hostContext);
    const offer = wrapHostFunctions(options.functions, this.context, this.hostFailure);
    const { kernel, context } = this;
    const env = environment({
      kernel,
      context,
      vars: this.#vars,
      config: options.config,
      logger: options.logger,
    });
    // The user's own functions of these namespaces take precedence, as in Extism's SDK.
    offer.set(ENV_NAMESPACE, Object.assign(env, grants.http?.(context), offer.get(ENV_NAMESPACE)));
    const rawHostFunctions = offer.has(USER_NAMESPACE);
    offer.set(USER_NAMESPACE, { ...typedImports?.(this), ...offer.get(USER_NAMESPACE) });
    this.#plan = planLinks(
      source.modules,
      source.main,
      offer,
      grants.wasi === undefined ? [] : [grants.wasi],
      name,
    );
    this.suspends = this.#plan.suspends;
    this.directHostFunctions = !rawHostFunctions && !mixesConventions(this.#plan);
  }

  async call<T>(
    name: string,
    input?: string | Uint8Array | null,
    hostContext?: T,
  ): Promise<PluginOutput | null> {
    const bytes = toInput(input, { plugin: this.name, function: name });
    const instance = this.suspends ? await this.enterAndWait(name) : this.enter(name);
    this.#hostContext = hostContext;
    try {
      return this.suspends
        ? await callWithBytesAndWait(this, instance, name, bytes)
        : callWithBytes(this, instance, name, bytes);
    } catch (thrown) {
      const failure = this.failure(thrown, name);
      if (thrown instanceof WasiExit && thrown.exitCode === 0 && this.kernel.error === undefined) {
        return exitOutput(this);
      }
      throw failure;
    } finally {
      this.#hostContext = undefined;
      this.leave();
    }
  }

  /** Puts the input of a kernel call into place; answers what to call. */
  beginKernelCall(instance: PluginInstance, name: string, input: Uint8Array | undefined): () => unknown {
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
    return call;
  }

  /** Looks at what a kernel call returned. Afterwards the kernel holds the output. */
  endKernelCall(result: unknown, name: string, readDetail?: (text: string) => unknown): void {
    const code = Number(result ?? 0);
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

  /** {@link enter} for a call that may wait: so may a fresh start. */
  async enterAndWait(name: string): Promise<PluginInstance> {
    if (this.#state !== "idle" || this.#instance !== undefined) return this.enter(name);
    this.#state = "active";
    try {
      const instance = await this.#start();
      this.hostFailure.current = undefined;
      this.kernel.reset();
      return instance;
    } catch (thrown) {
      this.leave();
      throw thrown;
    }
  }

  leave(): void {
    this.inDirectCall = false;
    this.#grants.wasi?.flush();
    if (this.#state === "active") this.#state = "idle";
  }

  /** Names what a call threw. An instance that was unwound half-way is not called again: its state is anyone's guess. */
  failure(thrown: unknown, name: string): TenonError {
    if (
      thrown instanceof TenonError &&
      thrown.plugin !== undefined &&
      thrown !== this.hostFailure.current?.cause
    ) {
      // Our own checks, before the guest ran or after it returned.
      return thrown;
    }
    this.#dropInstance();
    return explainThrow(thrown, this.#failureContext(name));
  }

  /** @param readDetail reads the typed error out of the text; what it throws means that the text is only a message. */
  pluginError(text: string, code: number, name: string, readDetail?: (text: string) => unknown): PluginError {
    const context = { plugin: this.name, function: name };
    const meaning = this.port && RETURN_CODES.get(code);
    // What such an instance would do next is anyone's guess, as after a trap.
    if (meaning === "stack-overflow" || meaning === "out-of-memory") this.#dropInstance();
    return new PluginError(text, code, readDetailOf(text, readDetail), context, meaning);
  }

  /** Lets go of the instance and of the files that it holds open: the next call starts a fresh one. */
  #dropInstance(): void {
    this.#instance = undefined;
    this.#grants.wasi?.discard();
  }

  /** The direct port of the running instance. */
  get port(): DirectPort | undefined {
    return this.#instance?.direct;
  }

  async functionExists(name: string): Promise<boolean> {
    return shapeOf(this.#plan.main.module).exports.some(
      (item) => item.name === name && item.kind === "function",
    );
  }

  async getExports(): Promise<WebAssembly.ModuleExportDescriptor[]> {
    return WebAssembly.Module.exports(this.#plan.main.module);
  }

  async getImports(): Promise<WebAssembly.ModuleImportDescriptor[]> {
    return WebAssembly.Module.imports(this.#plan.main.module);
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
    this.#grants.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #start(): Promise<PluginInstance> {
    try {
      return this.#adopt(await instantiate(this.#plan));
    } catch (thrown) {
      throw this.#startFailure(thrown);
    }
  }

  /** Fresh instances in the place of those that a trap ended. */
  #restart(): PluginInstance {
    try {
      return this.#adopt(instantiateNow(this.#plan));
    } catch (thrown) {
      throw this.#startFailure(thrown);
    }
  }

  #adopt(wasm: WebAssembly.Instance): PluginInstance {
    this.#instance = new PluginInstance(wasm, this.name, this.directHostFunctions);
    return this.#instance;
  }

  #startFailure(thrown: unknown): TenonError {
    this.#grants.wasi?.discard();
    const failure = thrown instanceof StartFailure ? thrown : new StartFailure(this.#plan.main.path, thrown);
    return explainStart(failure, this.#plan.order.length, this.#failureContext(undefined));
  }

  #failureContext(name: string | undefined): FailureContext {
    return {
      plugin: this.name,
      function: name,
      hostFailure: this.hostFailure,
      errorText: this.kernel.error,
    };
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

/**
 * Whether some of the plug-in's user functions know handles only: those that another module offers, and those that
 * another module calls. In a direct call they then have to be told apart from the others, and can't be.
 */
function mixesConventions({ order, main }: LinkPlan): boolean {
  return order.some(
    ({ host, links, ...node }) =>
      (node.module !== main.module && USER_NAMESPACE in host) ||
      links.some((link) => link.namespace === USER_NAMESPACE),
  );
}

/** What a plug-in that speaks the direct convention means by what an export returns: docs/abi.md, section 2.4. */
const RETURN_CODES: ReadonlyMap<number, TenonErrorCode> = new Map([
  [2, "stack-overflow"],
  [3, "out-of-memory"],
  [4, "never-settles"],
  [5, "unhandled-rejection"],
]);

function readDetailOf(text: string, read: ((text: string) => unknown) | undefined): unknown {
  if (read === undefined) return undefined;
  try {
    return read(text);
  } catch {
    // Not an error of this program: a plug-in may always fail with a plain message (docs/abi.md, section 3).
    return undefined;
  }
}
