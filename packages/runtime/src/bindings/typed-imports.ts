import type { CallContext } from "../call-context.js";
import { refusePromise } from "../imports.js";
import type { InlinePlugin } from "../plugin.js";
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
): Record<string, (argument: bigint) => bigint> {
  const imports: Record<string, (argument: bigint) => bigint> = {};
  for (const binding of bindings) {
    const implementation = methodOf(functions, binding.name);
    // The plug-in may not need it; where it does, the missing import is reported by name.
    if (implementation === undefined) continue;
    const host = new TypedImport(plugin, exchange, binding, implementation);
    imports[binding.name] = (argument) => host.answer(argument);
  }
  return imports;
}

/** A method of an object or of its class, bound to it; but not one that every object has. */
function methodOf(object: object, name: string): TypedHostFunction | undefined {
  if (name in Object.prototype && !Object.hasOwn(object, name)) return undefined;
  // The interface that was generated for this object says what its methods are.
  const method = (object as Readonly<Record<string, TypedHostFunction | undefined>>)[name];
  return typeof method === "function" ? method.bind(object) : undefined;
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

  answer(handle: bigint): bigint {
    const plugin = this.#plugin;
    try {
      if (!plugin.inDirectCall || !plugin.directHostFunctions) return this.#answerKernel(handle);
      this.#answerDirect();
      return 0n;
    } catch (cause) {
      plugin.hostFailure.current = { name: this.#binding.name, cause };
      throw cause;
    }
  }

  #answerDirect(): void {
    const { input, output, name } = this.#binding;
    const { port } = this.#plugin;
    // A direct call is running, so there is an instance, and it has a port.
    if (port === undefined) throw new Error("a direct call without a direct port");
    let argument: unknown;
    if (input !== undefined) {
      port.readResult();
      argument = this.#exchange.read(port.bytes, port.view, port.address, port.length, input, name);
    }
    const result = this.#run(argument);
    if (output === undefined) {
      port.writeResult(0, 0);
      return;
    }
    const { writer } = this.#exchange;
    this.#exchange.writeDirect(port, output, result, name);
    port.writeResult(writer.start, writer.pos - writer.start);
  }

  #answerKernel(handle: bigint): bigint {
    const { input, output, name } = this.#binding;
    const { kernel, context } = this.#plugin;
    let argument: unknown;
    if (input !== undefined) {
      // A handle that names no block has no bytes: what that means is for the reader to say.
      const { address, length } = kernel.block(handle) ?? { address: 0, length: 0 };
      argument = this.#exchange.read(kernel.bytes, kernel.view, address, length, input, name);
    }
    const result = this.#run(argument);
    return output === undefined ? 0n : context.store(this.#exchange.writeHeap(output, result, name));
  }

  #run(argument: unknown): never {
    // Generated bindings pair each import's binding with an implementation of the same type: `never` is what lets one
    // list hold them all.
    const result = this.#implementation(argument as never, this.#plugin.context);
    refusePromise(this.#binding.name, result);
    return result as never;
  }
}
