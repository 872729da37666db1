import type { InlinePlugin } from "../inline-plugin.js";
import { promising } from "../suspension.js";
import type { Exchange } from "./exchange.js";
import type { ExportBinding } from "./typed-call.js";

/** A typed call of a plug-in that may have to wait for a host function: `TypedCall.callSync`, with the waiting. */
export async function callAndWait<Input, Output>(
  plugin: InlinePlugin,
  exchange: Exchange,
  binding: ExportBinding<Input, Output>,
  input: Input,
  into: Uint8Array | undefined,
): Promise<Output> {
  const { name, input: writer, output: reader } = binding;
  const instance = await plugin.enterAndWait(name);
  try {
    const port = instance.direct;
    const direct = port?.call(name);
    if (port === undefined || direct === undefined) {
      const bytes = writer === undefined ? undefined : exchange.writeHeap(writer, input, name);
      plugin.endKernelCall(
        await promising(plugin.beginKernelCall(instance, name, bytes))(),
        name,
        binding.error,
      );
      // An export without a result has no value to read: its Output is undefined.
      if (reader === undefined) return undefined as Output;
      const { kernel } = plugin;
      const { address, length } = kernel.output;
      return exchange.read(kernel.bytes, kernel.view, address, length, reader, name, into);
    }
    let address = 0;
    let length = 0;
    if (writer !== undefined) {
      exchange.writeDirect(port, writer, input, name);
      address = exchange.writer.start;
      length = exchange.writer.pos - address;
    }
    plugin.inDirectCall = true;
    const code = Number(await promising(direct)(address, length));
    port.readResult();
    if (code !== 0) throw plugin.pluginError(port.text(), code, name, binding.error);
    // As above: no result, no value.
    if (reader === undefined) return undefined as Output;
    return exchange.read(port.bytes, port.view, port.address, port.length, reader, name, into);
  } catch (thrown) {
    throw plugin.failure(thrown, name);
  } finally {
    plugin.leave();
  }
}
