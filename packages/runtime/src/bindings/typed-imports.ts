import type { CallContext } from "../call-context.js";
import type { DirectPort } from "../direct.js";
import { refusePromise } from "../imports.js";
import type { InlinePlugin } from "../inline-plugin.js";
import { isSuspending, promiseIntegration, suspendingImport } from "../suspension.js";
import type { Exchange } from "./exchange.js";
import type { PayloadReader, PayloadWriter } from "./payload.js";

/** What a generated binding says of one host function. */
export interface ImportBinding {
  readonly name: string;
  /** Absent: the function takes nothing. */
  readonly input?: PayloadReader<unknown>;
  /** Absent: the function returns nothing. */
  readonly output?: PayloadWriter<never>;
}

/** A host function as the application writes it: the argument as a value, then the call's context. */
export type TypedHostFunction = (argument: never, context: CallContext) => unknown;

/**
 * Turns typed host functions into the imports of `extism:host/user`, which speak both conventions: the one that the
 * running call speaks.
 */
export function typedImports(
  plugin: InlinePlugin,
  exchange: Exchange,
  bindings: readonly ImportBinding[],
  functions: object,
): Record<string, unknown> {
  const imports: Record<string, unknown> = {};
  for (const binding of bindings) {
    const implementation = methodOf(functions, binding.name);
    // The plug-in may not need it; where it does, the missing import is reported by name.
    if (implementation === undefined) continue;
    const host = new TypedImport(plugin, exchange, binding, implementation.bind(functions));
    imports[binding.name] =
      promiseIntegration !== undefined && isSuspending(implementation)
        ? suspendingImport((argument: bigint) => host.answerLater(argument))
        : (argument: bigint) => host.answer(argument);
  }
  return imports;
}

/** A method of an object or of its class; but not one that every object has. */
function methodOf(object: object, name: string): TypedHostFunction | undefined {
  if (name in Object.prototype && !Object.hasOwn(object, name)) return undefined;
  // The interface that was generated for this object says what its methods are.
  const method = (object as Readonly<Record<string, TypedHostFunction | undefined>>)[name];
  return typeof method === "function" ? method : undefined;
}

class TypedImport {
  readonly #plugin: InlinePlugin;
  readonly #exchange: Exchange;
  readonly #binding: ImportBinding;
  readonly #implementation: TypedHostFunction;

  constructor(
    plugin: InlinePlugin,
    exchange: Exchange,
    binding: ImportBinding,
    implementation: TypedHostFunction,
  ) {
    this.#plugin = plugin;
    this.#exchange = exchange;
    this.#binding = binding;
    this.#implementation = implementation;
  }

  /** Answers at once. */
  answer(handle: bigint): bigint {
    try {
      const direct = this.#isDirect();
      const result = this.#run(this.#argument(direct, handle));
      refusePromise(this.#binding.name, result);
      return this.#reply(direct, result);
    } catch (cause) {
      throw this.#failed(cause);
    }
  }

  /** Answers when the function's promise is fulfilled; the plug-in waits. */
  async answerLater(handle: bigint): Promise<bigint> {
    try {
      const direct = this.#isDirect();
      const result = await this.#run(this.#argument(direct, handle));
      return this.#reply(direct, result);
    } catch (cause) {
      throw this.#failed(cause);
    }
  }

  #isDirect(): boolean {
    return this.#plugin.inDirectCall && this.#plugin.directHostFunctions;
  }

  #argument(direct: boolean, handle: bigint): unknown {
    const { input, name } = this.#binding;
    if (input === undefined) return undefined;
    if (direct) {
      const port = this.#port();
      port.readResult();
      return this.#exchange.read(port.bytes, port.view, port.address, port.length, input, name);
    }
    const { kernel } = this.#plugin;
    // A handle that names no block has no bytes: what that means is for the reader to say.
    const { address, length } = kernel.block(handle) ?? { address: 0, length: 0 };
    return this.#exchange.read(kernel.bytes, kernel.view, address, length, input, name);
  }

  #run(argument: unknown): unknown {
    // Generated bindings pair each import's binding with an implementation of the same type: `never` is what lets one
    // list hold them all.
    return this.#implementation(argument as never, this.#plugin.context);
  }

  #reply(direct: boolean, result: unknown): bigint {
    const { output, name } = this.#binding;
    // As above: the implementation's result is of the binding's type.
    const value = result as never;
    if (!direct) {
      return output === undefined
        ? 0n
        : this.#plugin.context.store(this.#exchange.writeHeap(output, value, name));
    }
    const port = this.#port();
    if (output === undefined) {
      port.writeResult(0, 0);
      return 0n;
    }
    const { writer } = this.#exchange;
    this.#exchange.writeDirect(port, output, value, name);
    port.writeResult(writer.start, writer.pos - writer.start);
    return 0n;
  }

  #port(): DirectPort {
    const { port } = this.#plugin;
    // A direct call is running, so there is an instance, and it has a port.
    if (port === undefined) throw new Error("a direct call without a direct port");
    return port;
  }

  #failed(cause: unknown): unknown {
    this.#plugin.hostFailure.current = { name: this.#binding.name, cause };
    return cause;
  }
}
