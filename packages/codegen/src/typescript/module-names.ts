import type { Interface } from "@tenon/schema";
import { assignIdentifiers, pascalCase } from "../names.js";

/** Names that a kind of module can't give to an interface's types and functions. */
export interface TakenNames {
  /** What the module imports and declares under a fixed name: a type of that name would hide it. */
  readonly top: readonly string[];
  /** Members that an object with a method for each export has besides. */
  readonly members: readonly string[];
}

/** The names of one generated module. Every name of its top level is given out once. */
export class ModuleNames {
  /** The interface's name as a type's: `TextTools`. */
  readonly base: string;
  readonly #types: ReadonlyMap<string, string>;
  readonly #exports: ReadonlyMap<string, string>;
  readonly #taken: Set<string>;

  constructor(definition: Interface, { top, members }: TakenNames) {
    this.base = pascalCase(definition.name);
    this.#types = assignIdentifiers(
      definition.types.map((type) => type.name),
      new Set([...top, ...GLOBALS]),
    );
    this.#taken = new Set([...top, ...this.#types.values()]);
    this.#exports = assignIdentifiers(
      definition.exports.map((operation) => operation.name),
      new Set(members),
    );
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

  /** The method that stands for an export. */
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

// What generated code takes from the language.
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
