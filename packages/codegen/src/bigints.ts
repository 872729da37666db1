import type { NamedType, Type } from "@tenon/schema";

/**
 * Whether a value of the type can hold an integer beyond 2^53, at any depth: `JSON.parse` would round it. An `any` can:
 * it is to mean the same in JSON as in MessagePack.
 */
export function holdsBigints(
  type: Type,
  types: ReadonlyMap<string, NamedType>,
  seen = new Set<string>(),
): boolean {
  switch (type.kind) {
    case "scalar":
      return type.scalar === "int64" || type.scalar === "uint64";
    case "record":
      return type.fields.some((field) => holdsBigints(field.type, types, seen));
    case "map":
      return holdsBigints(type.values, types, seen);
    case "list":
      return holdsBigints(type.items, types, seen);
    case "nullable":
      return holdsBigints(type.type, types, seen);
    case "ref": {
      const named = types.get(type.name);
      if (named === undefined || seen.has(type.name)) return false;
      seen.add(type.name);
      return holdsBigints(named.type, types, seen);
    }
    case "any":
      return true;
    case "enum":
      return false;
  }
}
