import type { Interface, RefType, Type } from "@tenon/schema";

/** The named types of an interface, for walking a type. */
export class TypeTable {
  readonly #types: ReadonlyMap<string, Type>;

  constructor(definition: Interface) {
    this.#types = new Map(definition.types.map(({ name, type }) => [name, type]));
  }

  resolve({ name }: RefType): Type {
    const type = this.#types.get(name);
    // The IR is closed: every reference in it names one of its types.
    if (type === undefined) throw new Error(`"${name}" is not in the interface`);
    return type;
  }
}
