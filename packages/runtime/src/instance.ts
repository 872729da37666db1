import { DirectPort } from "./direct.js";
import { TenonError } from "./errors.js";

/** The instance of a plug-in's main module, initialised and ready to be called. */
export class PluginInstance {
  readonly wasm: WebAssembly.Instance;
  /** Present when the plug-in speaks the direct convention. */
  readonly direct: DirectPort | undefined;
  readonly #plugin: string;

  /** @throws TenonError `abi-violation`, without the plug-in's name. */
  constructor(wasm: WebAssembly.Instance, plugin: string, directHostFunctions: boolean) {
    this.wasm = wasm;
    this.#plugin = plugin;
    this.direct = DirectPort.of(wasm);
    this.direct?.announceHostFunctions(directHostFunctions);
  }

  /**
   * The export of that name, called the way of the kernel convention.
   *
   * @throws TenonError `export-missing` or `export-signature`.
   */
  export(name: string): () => unknown {
    const { exports } = this.wasm;
    const value = Object.hasOwn(exports, name) ? exports[name] : undefined;
    const context = { plugin: this.#plugin, function: name };
    if (value === undefined) {
      const callable = Object.keys(exports).filter(
        (key) => typeof exports[key] === "function" && exports[key].length === 0,
      );
      const offer =
        callable.length === 0 ? "it exports no function to call" : `it has ${callable.join(", ")}`;
      throw new TenonError("export-missing", `the plug-in has no such export; ${offer}`, context);
    }
    if (typeof value !== "function") {
      throw new TenonError("export-signature", "this export is not a function", context);
    }
    if (value.length !== 0) {
      throw new TenonError(
        "export-signature",
        `this export takes ${value.length} parameter${value.length === 1 ? "" : "s"}; a function that can be called takes none and reads its input from the kernel`,
        context,
      );
    }
    return value as () => unknown;
  }
}
