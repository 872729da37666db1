import type { Field, RecordType, Scalar, Type } from "@tenon/schema";
import { enumMembers } from "./classes.js";
import { quote } from "./comments.js";
import type { Types } from "./types.js";

/**
 * Values of an interface's types as AssemblyScript expressions. AssemblyScript has no literal for an object with fields
 * that may be absent or for bytes: those become statements, which have to stand before the expression.
 */
export class Literals {
  /** In order. */
  readonly statements: string[] = [];
  readonly #types: Types;
  #variables = 0;

  constructor(types: Types) {
    this.#types = types;
  }

  /** The value is JSON, in the way that a definition's examples are written, and has to fit the type. */
  of(type: Type, value: unknown): string {
    // The casts below hold because the value fits the type.
    switch (type.kind) {
      case "ref": {
        const named = this.#types.named(type.name).type;
        const name = this.#types.identifier(type.name);
        if (named.kind === "record") return this.#record(name, named, value as object);
        if (named.kind === "enum") return `${name}.${enumMembers(named).get(value as string)}`;
        return this.of(named, value);
      }
      case "nullable": {
        if (value === null) return "null";
        const text = this.of(type.type, value);
        return this.#types.isBoxedNullable(type) ? `new Box<${this.#types.text(type.type)}>(${text})` : text;
      }
      case "list":
        return `[${(value as unknown[]).map((item) => this.of(type.items, item)).join(", ")}]`;
      case "map":
        return map(this.#types.text(type.values), value as object, (item) => this.of(type.values, item));
      case "any":
        return dynamic(value);
      case "scalar":
        return this.#scalar(type.scalar, value);
      case "record":
      case "enum":
        throw new Error("records and enums have names");
    }
  }

  #record(name: string, record: RecordType, value: object): string {
    const given = new Map(Object.entries(value));
    const identifiers = this.#types.fields(record);
    const required = record.fields.filter((field) => !field.optional);
    const present = record.fields.filter((field) => field.optional && given.has(field.name));
    const created = `new ${name}(${required.map((field) => this.of(field.type, given.get(field.name))).join(", ")})`;
    if (present.length === 0) return created;
    const assignments = present.map((field) => [identifiers.get(field.name), this.#field(field, given)]);
    const variable = this.#variable(created);
    for (const [field, text] of assignments) this.statements.push(`${variable}.${field} = ${text};`);
    return variable;
  }

  #field(field: Field, given: ReadonlyMap<string, unknown>): string {
    const text = this.of(field.type, given.get(field.name));
    return this.#types.isBoxed(field) ? `new Box<${this.#types.text(field.type)}>(${text})` : text;
  }

  #scalar(scalar: Scalar, value: unknown): string {
    switch (scalar) {
      case "string":
      case "date-time":
        return quote(value as string);
      case "bytes":
        return this.#bytes(value as string);
      case "float32":
      case "float64":
        return float(value as number);
      default:
        return String(value);
    }
  }

  #bytes(base64: string): string {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    if (bytes.length === 0) return "new Uint8Array(0)";
    const variable = this.#variable(`new Uint8Array(${bytes.length})`);
    this.statements.push(`${variable}.set<u8[]>([${bytes.join(", ")}]);`);
    return variable;
  }

  #variable(created: string): string {
    this.#variables++;
    const name = this.#variables === 1 ? "part" : `part${this.#variables}`;
    this.statements.push(`const ${name} = ${created};`);
    return name;
  }
}

function dynamic(value: unknown): string {
  if (value === null) return "Value.nil()";
  if (Array.isArray(value)) {
    return value.length === 0
      ? "Value.list(new Array<Value>())"
      : `Value.list([${value.map(dynamic).join(", ")}])`;
  }
  switch (typeof value) {
    case "boolean":
      return `Value.bool(${value})`;
    case "number":
      return Number.isSafeInteger(value) ? `Value.integer(${value})` : `Value.float(${float(value)})`;
    case "string":
      return `Value.text(${quote(value)})`;
    default:
      return `Value.map(${map("Value", value as object, dynamic)})`;
  }
}

function map(values: string, entries: object, print: (item: unknown) => string): string {
  const sets = Object.entries(entries).map(([key, item]) => `.set(${quote(key)}, ${print(item)})`);
  return `new Map<string, ${values}>()${sets.join("")}`;
}

/** An integer's digits would be taken for an integer of 64 bits, which a large one does not fit. */
function float(value: number): string {
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
