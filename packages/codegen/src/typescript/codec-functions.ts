import type { Field, Interface, NamedType, Type } from "@tenon/schema";
import type { ModuleNames } from "./module-names.js";
import { typeText } from "./types.js";

/** Emits the text of one codec function: its name is taken, and asking for another shape's function is allowed. */
export type FunctionEmitter = (name: string, type: Type, codec: CodecFunctions) => string;

/**
 * The functions of one codec (one encoding, one direction) of a module: one for each named type and for each list and
 * map that payloads reach, made when it is first asked for.
 */
export class CodecFunctions {
  readonly #definition: Interface;
  readonly #names: ModuleNames;
  readonly #types: ReadonlyMap<string, NamedType>;
  readonly #prefix: string;
  readonly #suffix: string;
  readonly #emit: FunctionEmitter;
  readonly #functions = new Map<string, { readonly name: string; text: string }>();
  readonly #constants: string[] = [];

  constructor(
    definition: Interface,
    names: ModuleNames,
    affixes: { readonly prefix: string; readonly suffix: string },
    emit: FunctionEmitter,
  ) {
    this.#definition = definition;
    this.#names = names;
    this.#types = new Map(definition.types.map((type) => [type.name, type]));
    this.#prefix = affixes.prefix;
    this.#suffix = affixes.suffix;
    this.#emit = emit;
  }

  get dates(): Interface["dates"] {
    return this.#definition.dates;
  }

  /** The name of the function for a type, which is emitted now if it wasn't before. */
  function(type: Type): string {
    const shape = this.#shape(type);
    const known = this.#functions.get(shape);
    if (known !== undefined) return known.name;
    const entry = { name: this.#names.claim(`${this.#prefix}${shape}${this.#suffix}`), text: "" };
    // Before its text: a recursive type asks for its own function.
    this.#functions.set(shape, entry);
    entry.text = this.#emit(entry.name, type, this);
    return entry.name;
  }

  /** The record, enum or other type behind a reference; other types as they are. */
  resolve(type: Type): { readonly type: Type; readonly recursive: boolean } {
    if (type.kind !== "ref") return { type, recursive: false };
    const named = this.#types.get(type.name);
    if (named === undefined) throw new Error(`"${type.name}" is not in the interface`);
    return named;
  }

  /** A type as TypeScript writes it. */
  text(type: Type): string {
    return typeText(type, this.dates, this.#names);
  }

  /** A module-level constant; answers its name. */
  constant(wanted: string, expression: string): string {
    const name = this.#names.claim(wanted);
    this.#constants.push(`const ${name} = ${expression};`);
    return name;
  }

  /** Everything that was asked for, in the order in which it was. */
  statements(): string[] {
    return [...this.#constants, ...[...this.#functions.values()].map((entry) => entry.text)];
  }

  #shape(type: Type): string {
    switch (type.kind) {
      case "ref":
        return this.#names.type(type.name);
      case "list":
        return `${this.#shape(type.items)}List`;
      case "map":
        return `${this.#shape(type.values)}Map`;
      case "nullable":
        return `${this.#shape(type.type)}OrNull`;
      case "scalar":
        return type.scalar === "date-time"
          ? "DateTime"
          : type.scalar.charAt(0).toUpperCase() + type.scalar.slice(1);
      case "any":
        return "Any";
      case "record":
      case "enum":
        throw new Error(`a ${type.kind} has a name of its own`);
    }
  }
}

/** `v.name`, or `v["odd key"]` where the name isn't an identifier. */
export function member(object: string, name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `${object}.${name}` : `${object}[${JSON.stringify(name)}]`;
}

/**
 * Statements that return a record made of local variables: one object literal with the required fields, so that every
 * value has the same hidden class; then the optional ones that are there.
 */
export function construct(
  fields: readonly Field[],
  locals: ReadonlyMap<string, string>,
  text: string,
): string {
  const entries = fields
    .filter((field) => !field.optional)
    .map((field) => entry(field.name, locals.get(field.name) ?? ""))
    .join(", ");
  const optional = fields.filter((field) => field.optional);
  if (optional.length === 0) return `return { ${entries} };`;
  const rest = optional.map(({ name }) => {
    const local = locals.get(name) ?? "";
    return `if (${local} !== undefined) ${member("v", name)} = ${local};`;
  });
  return `const v: ${text} = { ${entries} };\n${rest.join("\n")}\nreturn v;`;
}

/** One entry of an object literal. */
function entry(name: string, value: string): string {
  return name === value ? name : `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)}: ${value}`;
}

/** Methods of the codec package by scalar: `string`, `int32`, `binary`. */
export function scalarMethod(
  scalar: Extract<Type, { kind: "scalar" }>["scalar"],
  dates: Interface["dates"],
  bytes: "binary" | "bytes",
): string {
  if (scalar === "bytes") return bytes;
  if (scalar === "date-time") return dates === "Date" ? "date" : "string";
  return scalar;
}

/** What an error says an enum wanted: `"a", "b" or "c"`. */
export function expected(values: readonly string[]): string {
  const quoted = values.map((value) => JSON.stringify(value));
  const last = quoted.pop() ?? "nothing";
  return quoted.length === 0 ? last : `${quoted.join(", ")} or ${last}`;
}
