import { ENV_NAMESPACE } from "../env.js";
import { TenonError } from "../errors.js";
import { shapeOf } from "../module-shape.js";
import { nearest } from "../nearest.js";
import type { LoadedModule } from "../sources/load-modules.js";
import { WASI_NAMESPACE } from "../wasi/load.js";
import type { Offer } from "./plan.js";

type Request = WebAssembly.ModuleImportDescriptor;

/** The errors of linking: who wants what, from where, and what was on offer there. */
export class LinkErrors {
  readonly #modules: ReadonlyMap<string, LoadedModule>;
  readonly #offer: Offer;
  readonly #plugin: string;
  readonly #offersWasi: boolean;

  constructor(
    modules: ReadonlyMap<string, LoadedModule>,
    offer: Offer,
    instanceHosts: ReadonlyMap<string, unknown>,
    plugin: string,
  ) {
    this.#modules = modules;
    this.#offer = offer;
    this.#offersWasi = instanceHosts.has(WASI_NAMESPACE);
    this.#plugin = plugin;
  }

  /** Nobody offers it. */
  missing(path: readonly string[], request: Request): TenonError {
    const { module: namespace, name, kind } = request;
    if (namespace === WASI_NAMESPACE && !this.#offersWasi) {
      return this.#error(
        "import-missing",
        `${this.#wish(path, request)}, and may not use WASI; set the option useWasi to true to allow it`,
      );
    }
    const names = Object.keys(this.#offer.get(namespace) ?? {});
    const remedy = namespace === ENV_NAMESPACE ? "" : `; add it to options.functions["${namespace}"]`;
    if (names.length > 0) {
      const meant = nearest(name, names);
      const hint = meant === undefined ? "" : `: did you mean "${meant}"?`;
      return this.#error(
        "import-missing",
        `${this.#wish(path, request)}; the host offers ${names.join(", ")} there${hint}${remedy}`,
      );
    }
    const namespaces = [...this.#offer.keys()].map((key) => `"${key}"`).join(", ");
    const modules = [...this.#modules.keys()].map((key) => `"${key}"`).join(", ");
    const others = this.#modules.size > 1 ? `, and the plug-in's modules are ${modules}` : "";
    const what = kind === "function" ? "" : `, a WebAssembly.${kind[0]?.toUpperCase()}${kind.slice(1)}`;
    return this.#error(
      "import-missing",
      `${this.#wish(path, request)}; the host offers nothing under that name (it offers ${namespaces})${others}${remedy}${what}`,
    );
  }

  /** The module of that name doesn't export it. */
  notExported(path: readonly string[], request: Request, source: LoadedModule): TenonError {
    const items = shapeOf(source.module).exports;
    const other = items.find(({ name }) => name === request.name);
    const names = items.filter(({ kind }) => kind === request.kind).map(({ name }) => name);
    const what =
      other !== undefined
        ? `has a ${other.kind} of that name`
        : names.length > 0
          ? `exports ${names.join(", ")}`
          : `exports no ${request.kind}`;
    return this.#error(
      other === undefined ? "import-missing" : "import-invalid",
      `${this.#wish(path, request)}; that module ${what}`,
    );
  }

  /** The host offers something else under that name. */
  wrongKind(path: readonly string[], request: Request, kind: string | undefined): TenonError {
    const given = kind === undefined ? "something that can't be imported" : `a ${kind}`;
    return this.#error("import-invalid", `${this.#wish(path, request)}, and the host offers ${given} there`);
  }

  /** It can't be there before the one that wants it. */
  circular(path: readonly string[], request: Request): TenonError {
    return this.#error(
      "import-invalid",
      `${this.#wish(path, request)}, which needs it in turn; only functions can be imported in a circle`,
    );
  }

  #wish(path: readonly string[], { module: namespace, name, kind }: Request): string {
    const what = kind === "function" ? "the function" : `a ${kind},`;
    return `${importer(path, this.#modules.size)} imports ${what} "${name}" from "${namespace}"`;
  }

  #error(code: "import-missing" | "import-invalid" | "unsupported", message: string): TenonError {
    return new TenonError(code, message, { plugin: this.#plugin });
  }
}

/** Names a module of a plug-in by the way from the main one to it. */
export function importer(path: readonly string[], modules: number): string {
  return modules === 1 ? "it" : `its module ${path.map((name) => `"${name}"`).join(" → ")}`;
}
