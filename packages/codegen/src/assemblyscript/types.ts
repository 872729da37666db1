import type {
  EnumType,
  Field,
  Interface,
  NamedType,
  NullableType,
  RecordType,
  Scalar,
  Type,
} from "@tenon/schema";
import { assignIdentifiers } from "../names.js";
import { TargetError } from "../target.js";
import { KEYWORDS, TYPE_NAMES } from "./reserved.js";

/** The name of the target, in files and messages. */
export const TARGET = "assemblyscript";

/** A type that is not the use of another's name. */
export type Shape = Exclude<Type, { kind: "ref" }>;

/**
 * Every type of an interface as AssemblyScript writes it. This is the one place that knows what a type of the
 * interface is in AssemblyScript.
 */
export class Types {
  readonly #named: ReadonlyMap<string, NamedType>;
  readonly #identifiers: ReadonlyMap<string, string>;
  readonly #codecs = new Map<string, string>();
  readonly #takenCodecs = new Set<string>();

  /** @throws TargetError when a list or map contains itself without a class between. */
  constructor(definition: Interface) {
    this.#named = new Map(definition.types.map((type) => [type.name, type]));
    this.#identifiers = assignIdentifiers([...this.#named.keys()], TYPE_NAMES);
    for (const type of definition.types) this.#refuseEndless(type);
    // Declared types first, so that they keep their names where a list's codec would have the same one.
    for (const type of definition.types) {
      if (isDeclared(type.type)) this.codec({ kind: "ref", name: type.name });
    }
  }

  /** What a named type is called. */
  identifier(name: string): string {
    return required(this.#identifiers.get(name), name);
  }

  named(name: string): NamedType {
    return required(this.#named.get(name), name);
  }

  /** The type behind any number of names. */
  resolve(type: Type): Shape {
    let shape = type;
    while (shape.kind === "ref") shape = this.named(shape.name).type;
    return shape;
  }

  /** The type as AssemblyScript writes it. */
  text(type: Type): string {
    switch (type.kind) {
      case "scalar":
        return SCALARS[type.scalar];
      case "list":
        return `Array<${this.text(type.items)}>`;
      case "map":
        return `Map<string, ${this.text(type.values)}>`;
      case "any":
        return "Value";
      case "nullable":
        return `${this.#boxedIfPlain(type.type)} | null`;
      case "ref":
        // `Alias | null` must not stand for `T | null | null`, so the alias of a nullable type is written out.
        return this.resolve(type).kind === "nullable"
          ? this.text(this.resolve(type))
          : this.identifier(type.name);
      case "record":
      case "enum":
        throw new Error("records and enums have names");
    }
  }

  /** A field's type: an optional field is null when it is absent. */
  field(field: Field): string {
    if (!field.optional) return this.text(field.type);
    return `${this.isBoxed(field) ? `Box<${this.text(field.type)}>` : this.text(field.type)} | null`;
  }

  /** Whether an optional field holds a `Box`: its type has no null, or has another meaning for it. */
  isBoxed(field: Field): boolean {
    return this.resolve(field.type).kind === "nullable" || !this.isReference(field.type);
  }

  /** Whether a nullable type holds a `Box`: its type has no null of its own. */
  isBoxedNullable(type: NullableType): boolean {
    return !this.isReference(type.type);
  }

  /** Whether AssemblyScript has the type as a reference to an object. */
  isReference(type: Type): boolean {
    const shape = this.resolve(type);
    if (shape.kind === "scalar") return TEXT_OR_BYTES.has(shape.scalar);
    return shape.kind !== "enum";
  }

  /** Fields' identifiers, by name. */
  fields(record: RecordType): ReadonlyMap<string, string> {
    return assignIdentifiers(
      record.fields.map((field) => field.name),
      KEYWORDS,
    );
  }

  /** What the codec functions of a type are called, after `read` and `write`: the same for types that are the same. */
  codec(type: Type): string {
    const key = this.#key(type);
    const known = this.#codecs.get(key);
    if (known !== undefined) return known;
    const base = this.#codecBase(type);
    let name = base;
    for (let n = 2; this.#takenCodecs.has(name); n++) name = `${base}${n}`;
    this.#codecs.set(key, name);
    this.#takenCodecs.add(name);
    return name;
  }

  #boxedIfPlain(type: Type): string {
    return this.isReference(type) ? this.text(type) : `Box<${this.text(type)}>`;
  }

  #codecBase(type: Type): string {
    switch (type.kind) {
      case "scalar":
        return type.scalar === "date-time"
          ? "DateTime"
          : type.scalar.charAt(0).toUpperCase() + type.scalar.slice(1);
      case "list":
        return `ListOf${this.codec(type.items)}`;
      case "map":
        return `MapOf${this.codec(type.values)}`;
      case "nullable":
        return `Nullable${this.codec(type.type)}`;
      case "any":
        return "Any";
      case "ref":
        return isDeclared(this.named(type.name).type)
          ? this.identifier(type.name)
          : this.#codecBase(this.resolve(type));
      case "record":
      case "enum":
        throw new Error("records and enums have names");
    }
  }

  #key(type: Type): string {
    switch (type.kind) {
      case "scalar":
        return type.scalar;
      case "list":
        return `[${this.#key(type.items)}]`;
      case "map":
        return `{${this.#key(type.values)}}`;
      case "nullable":
        return `${this.#key(type.type)}?`;
      case "ref":
        return isDeclared(this.named(type.name).type)
          ? `#${type.name}`
          : this.#key(this.named(type.name).type);
      default:
        return type.kind;
    }
  }

  #refuseEndless(type: NamedType): void {
    const visit = (inner: Type): void => {
      if (inner.kind === "list") visit(inner.items);
      else if (inner.kind === "map") visit(inner.values);
      else if (inner.kind === "nullable") visit(inner.type);
      else if (inner.kind === "ref" && !isDeclared(this.named(inner.name).type)) {
        if (seen.has(inner.name)) {
          throw new TargetError(
            TARGET,
            this.named(inner.name).pointer,
            "AssemblyScript has no type for a list or map that contains itself; make it an object with a property " +
              "that holds the list or map",
          );
        }
        seen.add(inner.name);
        visit(this.named(inner.name).type);
        seen.delete(inner.name);
      }
    };
    const seen = new Set([type.name]);
    visit(type.type);
  }
}

/** Whether a named type has a declaration of its own: a class or an enum. The others are aliases. */
export function isDeclared(type: Type): type is RecordType | EnumType {
  return type.kind === "record" || type.kind === "enum";
}

const SCALARS: Readonly<Record<Scalar, string>> = {
  string: "string",
  boolean: "bool",
  integer: "i64",
  int8: "i8",
  int16: "i16",
  int32: "i32",
  int64: "i64",
  uint8: "u8",
  uint16: "u16",
  uint32: "u32",
  uint64: "u64",
  float32: "f32",
  float64: "f64",
  bytes: "Uint8Array",
  "date-time": "string",
};

const TEXT_OR_BYTES: ReadonlySet<Scalar> = new Set<Scalar>(["string", "date-time", "bytes"]);

function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`"${name}" is not in the interface`);
  return value;
}
