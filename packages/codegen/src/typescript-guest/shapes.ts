import type { Interface, NamedType, Payload, Type } from "@tenon/schema";

/**
 * The types of an interface in the form that the engine's codecs are compiled from: a name for a scalar, an array for
 * everything else. A named type is `["ref", n]`, the n-th of {@link types}.
 */
export class Shapes {
  readonly #indexes: ReadonlyMap<string, number>;
  readonly #types: readonly NamedType[];

  constructor(definition: Interface) {
    this.#types = definition.types;
    this.#indexes = new Map(definition.types.map((type, index) => [type.name, index]));
  }

  /** The text of the list of named types, a line each. */
  types(): string {
    const lines = this.#types.map(({ name, type }) => `// ${name}\n${this.#text(type)},`);
    return `[${lines.length === 0 ? "" : `\n${lines.join("\n")}\n`}]`;
  }

  payload({ encoding, type }: Payload): string {
    return `[${JSON.stringify(encoding)}, ${this.shape(type)}]`;
  }

  shape(type: Type): string {
    return this.#text(type);
  }

  #text(type: Type): string {
    switch (type.kind) {
      case "scalar":
        return JSON.stringify(type.scalar);
      case "any":
        return '"any"';
      case "list":
        return `["list", ${this.#text(type.items)}]`;
      case "map":
        return `["map", ${this.#text(type.values)}]`;
      case "nullable":
        return `["nullable", ${this.#text(type.type)}]`;
      case "ref":
        return `["ref", ${this.#indexes.get(type.name)}]`;
      case "enum":
        return `["enum", ${JSON.stringify(type.values)}]`;
      case "record": {
        const fields = type.fields.map(
          (field) => `[${JSON.stringify(field.name)}, ${field.optional}, ${this.#text(field.type)}]`,
        );
        return `["record", ${type.closed}, [${fields.join(", ")}]]`;
      }
    }
  }
}
