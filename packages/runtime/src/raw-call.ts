import { type ErrorContext, TenonError } from "./errors.js";
import type { InlinePlugin } from "./inline-plugin.js";
import type { PluginInstance } from "./instance.js";
import { PluginOutput } from "./output.js";
import { promising } from "./suspension.js";

/** Calls an export with bytes, by the direct convention where there is one. Between `enter` and `leave`. */
export function callWithBytes(
  plugin: InlinePlugin,
  instance: PluginInstance,
  name: string,
  input: Uint8Array | undefined,
): PluginOutput | null {
  const call = instance.direct?.call(name);
  if (call === undefined || instance.direct === undefined) {
    plugin.endKernelCall(plugin.beginKernelCall(instance, name, input)(), name);
    return kernelOutput(plugin);
  }
  const address = placeInput(plugin, instance.direct, input);
  return directOutput(plugin, instance.direct, call(address, input?.length ?? 0), name);
}

/** The same for a plug-in that may have to wait for a host function. */
export async function callWithBytesAndWait(
  plugin: InlinePlugin,
  instance: PluginInstance,
  name: string,
  input: Uint8Array | undefined,
): Promise<PluginOutput | null> {
  const call = instance.direct?.call(name);
  if (call === undefined || instance.direct === undefined) {
    plugin.endKernelCall(await promising(plugin.beginKernelCall(instance, name, input))(), name);
    return kernelOutput(plugin);
  }
  const address = placeInput(plugin, instance.direct, input);
  const code = await promising(call)(address, input?.length ?? 0);
  return directOutput(plugin, instance.direct, Number(code), name);
}

/** What a call gave that ended by `proc_exit(0)`: as a plug-in that has returned. */
export function exitOutput(plugin: InlinePlugin): PluginOutput | null {
  return plugin.inDirectCall ? null : kernelOutput(plugin);
}

/**
 * The bytes of a call's input.
 *
 * @throws TenonError `invalid-input` when it is neither text nor bytes nor absent.
 */
export function toInput(input: unknown, context: ErrorContext): Uint8Array | undefined {
  if (typeof input === "string") return encoder.encode(input);
  if (input === undefined || input === null || input instanceof Uint8Array) return input ?? undefined;
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (input instanceof ArrayBuffer) return new Uint8Array(input);
  throw new TenonError("invalid-input", `the input is text or bytes; got ${typeof input}`, context);
}

type Port = NonNullable<PluginInstance["direct"]>;

function placeInput(plugin: InlinePlugin, port: Port, input: Uint8Array | undefined): number {
  let address = 0;
  if (input !== undefined && input.length > 0) {
    address = port.reserve(input.length);
    port.bytes.set(input, address);
  }
  plugin.inDirectCall = true;
  return address;
}

function directOutput(plugin: InlinePlugin, port: Port, code: number, name: string): PluginOutput | null {
  port.readResult();
  if (code !== 0) throw plugin.pluginError(port.text(), code, name);
  const buffer = port.bytes.buffer.slice(port.address, port.address + port.length);
  return buffer.byteLength === 0 ? null : new PluginOutput(buffer);
}

function kernelOutput({ kernel }: InlinePlugin): PluginOutput | null {
  const { output } = kernel;
  return output.length === 0 ? null : new PluginOutput(kernel.copy(output));
}

const encoder = new TextEncoder();
