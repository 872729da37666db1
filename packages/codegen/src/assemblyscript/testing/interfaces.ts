import type { Encoding, Field, Interface, NamedType, Operation, Payload, Type } from "@tenon/schema";

/** Short ways to write an interface in a test. */
export const scalar = (name: Extract<Type, { kind: "scalar" }>["scalar"]): Type => ({
  kind: "scalar",
  scalar: name,
});
export const list = (items: Type): Type => ({ kind: "list", items });
export const map = (values: Type): Type => ({ kind: "map", values });
export const ref = (name: string): Type => ({ kind: "ref", name });
export const any: Type = { kind: "any" };
export const enumOf = (...values: string[]): Type => ({ kind: "enum", values });

export function nullable(type: Type): Type {
  if (type.kind === "nullable" || type.kind === "any") throw new Error("never nested, and never around any");
  return { kind: "nullable", type };
}

/** A record; a key that ends in `?` is optional. */
export function record(fields: Readonly<Record<string, Type>>, closed = false): Type {
  const list: Field[] = Object.entries(fields).map(([key, type]) => ({
    name: key.replace(/\?$/, ""),
    deprecated: false,
    optional: key.endsWith("?"),
    type,
  }));
  return { kind: "record", fields: list, closed };
}

export function named(name: string, type: Type, more: Partial<NamedType> = {}): NamedType {
  return { name, deprecated: false, pointer: `/$defs/${name}`, recursive: false, type, ...more };
}

export function payload(encoding: Encoding, type: Type): Payload {
  return { encoding, type };
}

export function operation(name: string, more: Partial<Operation> = {}): Operation {
  return { name, deprecated: false, examples: [], ...more };
}

export function definition(more: Partial<Interface>): Interface {
  return { name: "sample", version: "1.0.0", dates: "string", exports: [], imports: [], types: [], ...more };
}
