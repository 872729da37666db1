import type { DirectPort } from "../direct.js";
import type { InlinePlugin } from "../inline-plugin.js";
import type { PluginInstance } from "../instance.js";
import type { Exchange } from "./exchange.js";
import type { PayloadReader, PayloadWriter } from "./payload.js";
import { callAndWait } from "./waiting-call.js";

/** What a generated binding says of one export: its name, and how its values cross. */
export interface ExportBinding<Input, Output> {
  readonly name: string;
  /** Absent: the export takes nothing. */
  readonly input?: PayloadWriter<Input>;
  /** Absent: the export returns nothing. */
  readonly output?: PayloadReader<Output>;
  /** Reads the typed error out of the error's text; throws when it isn't one. */
  readonly error?: (text: string) => unknown;
}

type DirectCall = (address: number, length: number) => number;

/** One export of one plug-in, ready to be called with values. */
export class TypedCall<Input, Output> {
  readonly #plugin: InlinePlugin;
  readonly #exchange: Exchange;
  readonly #binding: ExportBinding<Input, Output>;
  // What the export is in the instance of the last call: an instance may have been replaced since.
  #instance: PluginInstance | undefined;
  #port: DirectPort | undefined;
  #direct: DirectCall | undefined;

  constructor(plugin: InlinePlugin, exchange: Exchange, binding: ExportBinding<Input, Output>) {
    this.#plugin = plugin;
    this.#exchange = exchange;
    this.#binding = binding;
  }

  /**
   * Calls the export and waits for it on this thread.
   *
   * @param into memory for an output of bytes; where it is long enough, what is returned is the part of it that was
   *   used, and nothing is allocated.
   * @throws TenonError `host-function-async` when the plug-in calls a host function that answers a promise.
   */
  callSync(input: Input, into?: Uint8Array): Output {
    const plugin = this.#plugin;
    const instance = plugin.enter(this.#binding.name);
    try {
      if (instance !== this.#instance) this.#bind(instance);
      if (this.#port !== undefined && this.#direct !== undefined) {
        return this.#callDirect(this.#port, this.#direct, input, into);
      }
      return this.#callKernel(instance, input, into);
    } catch (thrown) {
      throw plugin.failure(thrown, this.#binding.name);
    } finally {
      plugin.leave();
    }
  }

  /** Calls the export. Host functions that answer a promise are waited for, where the engine can do that. */
  async call(input: Input, into?: Uint8Array): Promise<Output> {
    return this.#plugin.suspends
      ? callAndWait(this.#plugin, this.#exchange, this.#binding, input, into)
      : this.callSync(input, into);
  }

  #callDirect(port: DirectPort, call: DirectCall, input: Input, into: Uint8Array | undefined): Output {
    const binding = this.#binding;
    const exchange = this.#exchange;
    let address = 0;
    let length = 0;
    if (binding.input !== undefined) {
      exchange.writeDirect(port, binding.input, input, binding.name);
      address = exchange.writer.start;
      length = exchange.writer.pos - address;
    }
    this.#plugin.inDirectCall = true;
    const code = call(address, length);
    port.readResult();
    if (code !== 0) throw this.#plugin.pluginError(port.text(), code, binding.name, binding.error);
    // An export without a result has no value to read: its Output is undefined.
    if (binding.output === undefined) return undefined as Output;
    return exchange.read(
      port.bytes,
      port.view,
      port.address,
      port.length,
      binding.output,
      binding.name,
      into,
    );
  }

  #callKernel(instance: PluginInstance, input: Input, into: Uint8Array | undefined): Output {
    const { input: writer, output: reader, name } = this.#binding;
    const bytes = writer === undefined ? undefined : this.#exchange.writeHeap(writer, input, name);
    const plugin = this.#plugin;
    plugin.endKernelCall(plugin.beginKernelCall(instance, name, bytes)(), name, this.#binding.error);
    // As above: no result, no value.
    if (reader === undefined) return undefined as Output;
    const { kernel } = plugin;
    const { address, length } = kernel.output;
    return this.#exchange.read(kernel.bytes, kernel.view, address, length, reader, name, into);
  }

  #bind(instance: PluginInstance): void {
    this.#instance = instance;
    this.#port = instance.direct;
    this.#direct = instance.direct?.call(this.#binding.name);
  }
}
