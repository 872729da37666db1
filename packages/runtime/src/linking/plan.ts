import { shapeOf } from "../module-shape.js";
import type { LoadedModule } from "../sources/load-modules.js";
import { isSuspendingImport } from "../suspension.js";
import type { InstanceHost } from "./instance-host.js";
import { LinkErrors } from "./link-errors.js";

/** What the host offers: by namespace, then by name. */
export type Offer = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** An import record: namespace, then name. Without a prototype: the names come out of the plug-in. */
export type ImportRecord = Record<string, Record<string, WebAssembly.ImportValue>>;

/** One instance that the plug-in will have. */
export interface LinkNode {
  readonly module: WebAssembly.Module;
  readonly name: string;
  /** What the host offers, the same for every start. */
  readonly host: ImportRecord;
  /** What other instances of the plug-in offer. */
  readonly links: Link[];
  readonly instanceHosts: Set<InstanceHost>;
  /** The names of the modules from the main one to this one: who wanted it. */
  path: readonly string[];
  state: "waiting" | "visiting" | "done";
}

export interface Link {
  readonly namespace: string;
  readonly name: string;
  readonly provider: LinkNode;
}

/** Which instances to make, in which order, and what each imports. */
export interface LinkPlan {
  /** Each comes after those that it needs; where functions go round in a circle, some come later. */
  readonly order: readonly LinkNode[];
  readonly main: LinkNode;
  /** Whether something that is imported makes the plug-in wait for a promise. */
  readonly suspends: boolean;
}

/**
 * Links modules by name, and to what the host offers. A module is instantiated once, however many import from it;
 * except a WASI command (it exports `_start`): each module that imports from one has an instance to itself.
 *
 * @param modules those that other modules' imports may name.
 * @throws TenonError `import-missing` or `import-invalid`, with who wants what from where, and what there is.
 */
export function planLinks(
  modules: readonly LoadedModule[],
  main: LoadedModule,
  offer: Offer,
  instanceHosts: readonly InstanceHost[],
  plugin: string,
): LinkPlan {
  return new Planner(modules, offer, instanceHosts, plugin).plan(main);
}

class Planner {
  readonly #modules: ReadonlyMap<string, LoadedModule>;
  readonly #offer: Offer;
  readonly #instanceHosts: ReadonlyMap<string, InstanceHost>;
  readonly #errors: LinkErrors;
  readonly #nodes = new Map<LoadedModule, LinkNode>();
  readonly #order: LinkNode[] = [];
  /** Those whose turn has not come: they need a memory, table or global of one that is being visited. */
  readonly #waiting: LinkNode[] = [];
  #suspends = false;

  constructor(
    modules: readonly LoadedModule[],
    offer: Offer,
    instanceHosts: readonly InstanceHost[],
    plugin: string,
  ) {
    this.#modules = new Map(modules.map((module) => [module.name, module]));
    this.#offer = offer;
    this.#instanceHosts = new Map(instanceHosts.map((host) => [host.namespace, host]));
    this.#errors = new LinkErrors(this.#modules, offer, this.#instanceHosts, plugin);
  }

  plan(main: LoadedModule): LinkPlan {
    const node = this.#nodeOf(main);
    this.#visit(node, [main.name], []);
    return { order: this.#order, main: node, suspends: this.#suspends };
  }

  #visit(node: LinkNode, path: readonly string[], ancestors: readonly LinkNode[]): void {
    node.state = "visiting";
    node.path = path;
    const within = [...ancestors, node];
    const own = new Map<LoadedModule, LinkNode>();
    for (const request of shapeOf(node.module).imports) {
      const source = this.#modules.get(request.module);
      if (source === undefined) {
        this.#linkToHost(node, request);
        continue;
      }
      if (!shapeOf(source.module).exports.some((item) => matches(item, request))) {
        throw this.#errors.notExported(path, request, source);
      }
      const provider = this.#providerOf(source, own, within);
      if (provider.state === "waiting") {
        if (!this.#needsOneBeingVisited(source)) this.#visit(provider, [...path, source.name], within);
        else if (request.kind === "function") this.#waiting.push(provider);
      }
      // A function that isn't there yet is called through the host once it is; nothing stands in for the others.
      if (provider.state !== "done" && request.kind !== "function")
        throw this.#errors.circular(path, request);
      node.links.push({ namespace: request.module, name: request.name, provider });
    }
    node.state = "done";
    this.#order.push(node);
    for (const waiting of this.#waiting) {
      const source = this.#modules.get(waiting.name);
      if (waiting.state === "waiting" && source !== undefined && !this.#needsOneBeingVisited(source)) {
        this.#visit(waiting, [...path, waiting.name], ancestors);
      }
    }
  }

  #providerOf(source: LoadedModule, own: Map<LoadedModule, LinkNode>, within: readonly LinkNode[]): LinkNode {
    if (!isCommand(source.module)) return this.#nodeOf(source);
    // Commands that import from each other would go on for ever: the one that is being visited serves.
    const node = own.get(source) ?? within.find(({ module }) => module === source.module) ?? newNode(source);
    own.set(source, node);
    return node;
  }

  #nodeOf(module: LoadedModule): LinkNode {
    const node = this.#nodes.get(module) ?? newNode(module);
    this.#nodes.set(module, node);
    return node;
  }

  #linkToHost(node: LinkNode, request: WebAssembly.ModuleImportDescriptor): void {
    const { module: namespace, name } = request;
    const candidates = this.#offer.get(namespace);
    if (candidates !== undefined && Object.hasOwn(candidates, name)) {
      const value = candidates[name];
      if (kindOf(value) !== request.kind) throw this.#errors.wrongKind(node.path, request, kindOf(value));
      if (isSuspendingImport(value)) this.#suspends = true;
      node.host[namespace] ??= Object.create(null);
      // Its kind is the import's; the engine checks the rest of its type.
      (node.host[namespace] as Record<string, unknown>)[name] = value;
      return;
    }
    const instanceHost = this.#instanceHosts.get(namespace);
    if (instanceHost?.names.has(name) !== true) throw this.#errors.missing(node.path, request);
    node.instanceHosts.add(instanceHost);
  }

  /** Whether a module can't be instantiated yet, for want of a memory, table or global. */
  #needsOneBeingVisited(module: LoadedModule, seen = new Set<LoadedModule>()): boolean {
    seen.add(module);
    return shapeOf(module.module).imports.some(({ kind, module: from }) => {
      const needed = kind === "function" ? undefined : this.#modules.get(from);
      if (needed === undefined || seen.has(needed)) return false;
      return this.#nodes.get(needed)?.state === "visiting" || this.#needsOneBeingVisited(needed, seen);
    });
  }
}

function newNode({ module, name }: LoadedModule): LinkNode {
  return {
    module,
    name,
    host: Object.create(null),
    links: [],
    instanceHosts: new Set(),
    path: [name],
    state: "waiting",
  };
}

function matches(
  item: WebAssembly.ModuleExportDescriptor,
  request: WebAssembly.ModuleImportDescriptor,
): boolean {
  return item.name === request.name && item.kind === request.kind;
}

function isCommand(module: WebAssembly.Module): boolean {
  return shapeOf(module).exports.some(({ name, kind }) => name === "_start" && kind === "function");
}

/** What kind of import a value can be; `undefined` when none. */
function kindOf(value: unknown): string | undefined {
  if (typeof value === "function" || isSuspendingImport(value)) return "function";
  if (value instanceof WebAssembly.Memory) return "memory";
  if (value instanceof WebAssembly.Table) return "table";
  if (value instanceof WebAssembly.Global) return "global";
  if (Object.prototype.toString.call(value) === "[object WebAssembly.Tag]") return "tag";
  return undefined;
}
