import type { Interface } from "@tenon/schema";
import { assignIdentifiers, pascalCase } from "../names.js";

/** The names of one generated module. Every name is given out once. */
export class ModuleNames {
  /** The client class: `TextTools`. */
  readonly client: string;
  /** The client without promises: `TextToolsSync`. */
  readonly sync: string;
  /** What the application offers: `TextToolsFunctions`. */
  readonly functions: string;
  readonly #types: ReadonlyMap<string, string>;
  readonly #exports: ReadonlyMap<string, string>;
  readonly #taken = new Set<string>(USED);

  constructor(definition: Interface) {
    this.#types = assignIdentifiers(
      definition.types.map((type) => type.name),
      RESERVED_TYPES,
    );
    for (const name of this.#types.values()) this.#taken.add(name);
    this.#exports = assignIdentifiers(
      definition.exports.map((operation) => operation.name),
      RESERVED_MEMBERS,
    );
    const base = pascalCase(definition.name);
    this.client = this.claim(base);
    this.sync = this.claim(`${base}Sync`);
    this.functions = this.claim(`${base}Functions`);
  }

  /** A name of the module's top level that nothing else has: the wanted one, or that with a number. */
  claim(wanted: string): string {
    let name = wanted;
    for (let n = 2; this.#taken.has(name); n++) name = `${wanted}${n}`;
    this.#taken.add(name);
    return name;
  }

  type(name: string): string {
    return lookUp(this.#types, name);
  }

  /** The method of the client that calls an export. */
  method(exportName: string): string {
    return lookUp(this.#exports, exportName);
  }
}

function lookUp(names: ReadonlyMap<string, string>, name: string): string {
  const identifier = names.get(name);
  // The IR is closed: every reference in it names one of its types.
  if (identifier === undefined) throw new Error(`"${name}" is not in the interface`);
  return identifier;
}

// What the generated module imports or takes from the language. A type of the interface of that name would hide it.
const USED = [
  "CallContext",
  "ClientOptions",
  "Connection",
  "JsonContext",
  "Plugin",
  "PluginError",
  "PluginSource",
  "Reader",
  "TypedCall",
  "Writer",
  "connect",
  "setProperty",
];

const GLOBALS = [
  "Array",
  "Date",
  "Error",
  "Object",
  "Promise",
  "PromiseLike",
  "Record",
  "String",
  "Symbol",
  "Uint8Array",
  "undefined",
];

const RESERVED_TYPES: ReadonlySet<string> = new Set([...USED, ...GLOBALS]);

// The client's own members; and `then`, because a promise of an object with a `then` method never settles as meant.
const RESERVED_MEMBERS: ReadonlySet<string> = new Set([
  "constructor",
  "close",
  "connection",
  "plugin",
  "sync",
  "then",
]);
