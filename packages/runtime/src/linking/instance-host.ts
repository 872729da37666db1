/**
 * Offers imports that belong to one instance of a module, because they work on that instance's memory: WASI does.
 * There is one for each plug-in; every instance that imports from its namespace gets imports of its own.
 */
export interface InstanceHost {
  readonly namespace: string;
  /** The names that it offers. */
  readonly names: ReadonlySet<string>;
  /** Imports for a new instance. */
  create(): InstanceImports;
}

export interface InstanceImports {
  readonly functions: Readonly<Record<string, WebAssembly.ExportValue>>;
  /** Called with the instance before anything of it runs, except its start section. */
  attach(instance: WebAssembly.Instance): void;
}
