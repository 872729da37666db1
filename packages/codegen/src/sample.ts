import type { Example, Interface, NamedType, Operation, Type } from "@tenon/schema";

/** A value of each kind that an operation has, as JSON in the way that a definition's examples are written. */
export interface Sample {
  readonly input?: unknown;
  readonly output?: unknown;
}

/**
 * A call that an operation could have: the first of its examples that says everything, or else values that its types
 * allow. Keys that a record's type doesn't have are left out, as generated code has no place for them.
 */
export function sampleOf(definition: Interface, operation: Operation): Sample {
  const types = new Map(definition.types.map((type) => [type.name, type]));
  const examples = operation.examples.filter((example) => JSON.stringify(example).length <= EXAMPLE_LIMIT);
  const complete = examples.find((example) => SIDES.every((side) => !operation[side] || has(example, side)));
  const sample: { input?: unknown; output?: unknown } = {};
  for (const side of SIDES) {
    const type = operation[side]?.type;
    if (type === undefined) continue;
    const example = complete ?? examples.find((one) => has(one, side));
    sample[side] = example === undefined ? plainest(type, types) : fitted(type, example[side], types);
  }
  return sample;
}

const SIDES = ["input", "output"] as const;

/** In characters of JSON: a longer example would bury the stub that shows it. */
const EXAMPLE_LIMIT = 2000;

function has(example: Example, side: (typeof SIDES)[number]): boolean {
  return example[side] !== undefined;
}

/** The value that is quickest to read. It ends, because no record requires another of itself without end. */
function plainest(type: Type, types: ReadonlyMap<string, NamedType>): unknown {
  switch (type.kind) {
    case "ref":
      return plainest(named(type.name, types), types);
    case "record":
      return Object.fromEntries(
        type.fields
          .filter((field) => !field.optional)
          .map((field) => [field.name, plainest(field.type, types)]),
      );
    case "map":
      return {};
    case "list":
      return [];
    case "enum":
      return type.values[0];
    case "nullable":
    case "any":
      return null;
    case "scalar":
      switch (type.scalar) {
        case "string":
          return "text";
        case "boolean":
          return false;
        case "bytes":
          return "";
        case "date-time":
          return "2025-01-01T00:00:00Z";
        default:
          return 0;
      }
  }
}

/** An example as its type has it. The casts hold because the loader has checked every example against its schema. */
function fitted(type: Type, value: unknown, types: ReadonlyMap<string, NamedType>): unknown {
  switch (type.kind) {
    case "ref":
      return fitted(named(type.name, types), value, types);
    case "nullable":
      return value === null ? null : fitted(type.type, value, types);
    case "list":
      return (value as unknown[]).map((item) => fitted(type.items, item, types));
    case "map":
      return Object.fromEntries(
        Object.entries(value as object).map(([key, item]) => [key, fitted(type.values, item, types)]),
      );
    case "record": {
      const given = new Map(Object.entries(value as object));
      return Object.fromEntries(
        type.fields
          .filter((field) => given.has(field.name))
          .map((field) => [field.name, fitted(field.type, given.get(field.name), types)]),
      );
    }
    case "scalar":
      // What is left of the number after a trip, so that it can be compared.
      return type.scalar === "float32" ? Math.fround(value as number) : value;
    case "enum":
    case "any":
      return value;
  }
}

function named(name: string, types: ReadonlyMap<string, NamedType>): Type {
  const type = types.get(name)?.type;
  // The IR is closed: every reference in it names one of its types.
  if (type === undefined) throw new Error(`"${name}" is not in the interface`);
  return type;
}
