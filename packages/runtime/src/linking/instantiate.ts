import { makeInstance } from "#platform";
import { promising, suspendingImport } from "../suspension.js";
import type { ImportRecord, Link, LinkNode, LinkPlan } from "./plan.js";

/** What an instance threw while it was made or initialised. */
export class StartFailure {
  readonly path: readonly string[];
  readonly thrown: unknown;

  constructor(path: readonly string[], thrown: unknown) {
    this.path = path;
    this.thrown = thrown;
  }
}

/**
 * Makes and initialises the instances of a plan, and answers the main one's.
 *
 * @throws StartFailure
 */
export async function instantiate(plan: LinkPlan): Promise<WebAssembly.Instance> {
  const start = new Start(plan);
  for (const node of plan.order) {
    try {
      start.add(node, await makeInstance(node.module, start.importsOf(node)));
      for (const initialiser of start.initialisersOf(node)) {
        await (plan.suspends ? promising(initialiser)(0, 0) : initialiser(0, 0));
      }
    } catch (thrown) {
      throw new StartFailure(node.path, thrown);
    }
  }
  return start.instanceOf(plan.main);
}

/**
 * The same at once, for a plug-in that was started before and has to be started again in the middle of a call.
 *
 * @throws StartFailure
 */
export function instantiateNow(plan: LinkPlan): WebAssembly.Instance {
  const start = new Start(plan);
  for (const node of plan.order) {
    try {
      start.add(node, new WebAssembly.Instance(node.module, start.importsOf(node)));
      for (const initialiser of start.initialisersOf(node)) initialiser(0, 0);
    } catch (thrown) {
      throw new StartFailure(node.path, thrown);
    }
  }
  return start.instanceOf(plan.main);
}

type Callable = (...args: never[]) => unknown;
/** Takes argc and argv where it takes anything: none. Wasm ignores arguments that a function doesn't have. */
type Initialiser = (argc: number, argv: number) => unknown;

/** One start of a plug-in: its instances so far. */
class Start {
  readonly #plan: LinkPlan;
  readonly #instances = new Map<LinkNode, WebAssembly.Instance>();
  /** Those that wait to know the instance they belong to. */
  #unattached: ((instance: WebAssembly.Instance) => void)[] = [];

  constructor(plan: LinkPlan) {
    this.#plan = plan;
  }

  importsOf(node: LinkNode): WebAssembly.Imports {
    if (node.links.length === 0 && node.instanceHosts.size === 0) return node.host;
    const imports: ImportRecord = Object.create(null);
    for (const host of node.instanceHosts) {
      const created = host.create();
      this.#unattached.push((instance) => created.attach(instance));
      imports[host.namespace] = Object.assign(Object.create(null), created.functions);
    }
    for (const [namespace, values] of Object.entries(node.host)) {
      imports[namespace] = Object.assign(imports[namespace] ?? Object.create(null), values);
    }
    for (const link of node.links) {
      const values = imports[link.namespace] ?? Object.create(null);
      values[link.name] = this.#valueOf(link);
      imports[link.namespace] = values;
    }
    return imports;
  }

  add(node: LinkNode, instance: WebAssembly.Instance): void {
    this.#instances.set(node, instance);
    for (const attach of this.#unattached) attach(instance);
    this.#unattached = [];
  }

  /**
   * What has to run before an instance is used. `_initialize` runs the constructors where there are both, and Haskell's
   * `hs_init` comes after it. The `_start` of a WASI command ends the program: it is for the host to call.
   */
  initialisersOf(node: LinkNode): Initialiser[] {
    const { _initialize, __wasm_call_ctors, _start, hs_init } = this.instanceOf(node).exports;
    const start = node.instanceHosts.size === 0 ? _start : undefined;
    const first = [_initialize, __wasm_call_ctors, start].find((item) => typeof item === "function");
    // Exported functions take any arguments, and convert them.
    return [first, hs_init].filter((item) => typeof item === "function") as Initialiser[];
  }

  instanceOf(node: LinkNode): WebAssembly.Instance {
    const instance = this.#instances.get(node);
    if (instance === undefined) throw new Error(`the module "${node.name}" is called before it is started`);
    return instance;
  }

  #valueOf({ name, provider }: Link): WebAssembly.ImportValue {
    const exported = this.#instances.get(provider)?.exports[name];
    return exported ?? this.#trampoline(provider, name);
  }

  /** Stands for a function of an instance that isn't there yet. */
  #trampoline(provider: LinkNode, name: string): WebAssembly.ImportValue {
    let target: Callable | undefined;
    const find = (): Callable => {
      // The plan has made sure that this module exports a function of this name.
      target ??= this.instanceOf(provider).exports[name] as Callable;
      return target;
    };
    if (!this.#plan.suspends) return (...args: never[]) => find()(...args);
    // Nothing can wait across a JavaScript function, unless that waits as well.
    return suspendingImport((...args) => promising(find())(...args)) as WebAssembly.ImportValue;
  }
}
