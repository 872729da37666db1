import type { Interface, Type } from "@tenon/schema";

/**
 * A value of an interface's type as a TypeScript expression. The value is JSON, in the way that a definition's examples
 * are written, and has to fit the type.
 */
export function literal(definition: Interface, type: Type, value: unknown): string {
  // The casts below hold because the value fits the type.
  switch (type.kind) {
    case "ref": {
      const named = definition.types.find(({ name }) => name === type.name);
      // The IR is closed: every reference in it names one of its types.
      if (named === undefined) throw new Error(`"${type.name}" is not in the interface`);
      return literal(definition, named.type, value);
    }
    case "nullable":
      return value === null ? "null" : literal(definition, type.type, value);
    case "list":
      return `[${(value as unknown[]).map((item) => literal(definition, type.items, item)).join(", ")}]`;
    case "map":
      return object(value as object, (_, item) => literal(definition, type.values, item));
    case "record": {
      const fields = new Map(type.fields.map((field) => [field.name, field.type]));
      return object(value as object, (key, item) => {
        const field = fields.get(key);
        return field === undefined ? json(item) : literal(definition, field, item);
      });
    }
    case "enum":
    case "any":
      return json(value);
    case "scalar":
      switch (type.scalar) {
        case "int64":
        case "uint64":
          return `${value}n`;
        case "bytes":
          return bytes(value as string);
        case "date-time":
          return definition.dates === "Date" ? `new Date(${json(value)})` : json(value);
        default:
          return json(value);
      }
  }
}

/** JSON as an expression. `__proto__` as a plain key would set the prototype. */
function json(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(json).join(", ")}]`;
  if (typeof value === "object" && value !== null) return object(value, (_, item) => json(item));
  return JSON.stringify(value);
}

function object(value: object, print: (key: string, item: unknown) => string): string {
  const entries = Object.entries(value).map(([key, item]) => {
    const name = key === "__proto__" ? '["__proto__"]' : JSON.stringify(key);
    return `${name}: ${print(key, item)}`;
  });
  return `{ ${entries.join(", ")} }`;
}

function bytes(base64: string): string {
  const values = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return values.length === 0 ? "new Uint8Array()" : `Uint8Array.of(${values.join(", ")})`;
}
