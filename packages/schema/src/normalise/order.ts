import type { NamedType, Type } from "../ir.js";
import type { Report } from "../problem.js";
import { components, isCyclic } from "./graph.js";

/** Puts types after the types they refer to, as far as cycles allow, and marks those that can contain themselves. */
export function orderTypes(types: readonly Omit<NamedType, "recursive">[]): NamedType[] {
  const edges = edgesOf(types, references);
  return components(edges).flatMap((component) => {
    const recursive = isCyclic(component, edges);
    return component.flatMap((i) => {
      const named = types[i];
      if (named === undefined) return [];
      const { type, ...rest } = named;
      return [{ ...rest, recursive, type }];
    });
  });
}

/** Reports the types whose values would never end: each requires a value of itself, directly or through others. */
export function refuseEndless(types: readonly NamedType[], report: Report): void {
  const edges = edgesOf(types, requirements);
  for (const component of components(edges)) {
    const [first] = component.flatMap((i) => types[i] ?? []);
    if (first === undefined || !isCyclic(component, edges)) continue;
    const others = component.length - 1;
    const through = others === 0 ? "" : ` through ${others === 1 ? "another type" : `${others} other types`}`;
    report({
      pointer: first.pointer,
      message: `every ${first.name} would have to contain another ${first.name}${through}, without end`,
      hint: "make one of the fields on the way optional or nullable",
    });
  }
}

type TypeNode = Pick<NamedType, "name" | "type">;

function edgesOf(types: readonly TypeNode[], targets: (type: Type) => string[]): number[][] {
  const index = new Map(types.map(({ name }, i) => [name, i]));
  return types.map(({ type }) => targets(type).flatMap((name) => index.get(name) ?? []));
}

/** The names of the types that a type mentions, in order. */
function references(type: Type): string[] {
  switch (type.kind) {
    case "ref":
      return [type.name];
    case "record":
      return type.fields.flatMap((field) => references(field.type));
    case "map":
      return references(type.values);
    case "list":
      return references(type.items);
    case "nullable":
      return references(type.type);
    case "enum":
    case "scalar":
    case "any":
      return [];
  }
}

/** The names of the types of which a value can't do without one. Lists and maps may be empty. */
function requirements(type: Type): string[] {
  if (type.kind === "ref") return [type.name];
  if (type.kind !== "record") return [];
  return type.fields.flatMap((field) => (field.optional ? [] : requirements(field.type)));
}
