import { isObject, own } from "../json.js";
import type { Place } from "../places.js";

/**
 * Gives every record and enum of a document its type name, by pointer. A definition is named after its key; an
 * anonymous one after the way to it: `CountVowelsInput`, `TextOptions` for the field `options` of `Text`. A name
 * that is taken gets the next free number, so the same document always gets the same names.
 */
export function nameTypes(places: readonly Place[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const counters = new Map<string, number>();
  const definitions = new Map<string, string>();
  // A key that is a type name already keeps it, even when one before it would turn into the same name.
  const keys = places.flatMap(({ role, pointer }) =>
    role.kind === "definition" ? [{ key: role.key, pointer }] : [],
  );
  for (const exact of [true, false]) {
    for (const { key, pointer } of keys) {
      if ((pascalCase(key) === key) === exact) definitions.set(pointer, claim(pascalCase(key)));
    }
  }

  const names = new Map<string, string>();
  const bases = new Map<string, string>();
  for (const place of places) {
    const { pointer, schema } = place;
    const outer = place.within === undefined ? undefined : bases.get(place.within.pointer);
    const reserved = definitions.get(definitionOf(place));
    const wanted = baseName(place, outer ?? "", reserved);
    if (!isNamedSchema(schema)) {
      bases.set(pointer, wanted);
      continue;
    }
    // The name that a definition reserved is for the first record in it that has no longer way to go.
    const isReserved = wanted === reserved && definitions.delete(definitionOf(place));
    const name = isReserved ? wanted : claim(wanted);
    names.set(pointer, name);
    bases.set(pointer, name);
  }
  return names;

  function claim(base: string): string {
    let name = base;
    let count = counters.get(base) ?? 1;
    while (taken.has(name)) {
      count += 1;
      name = `${base}${count}`;
    }
    counters.set(base, count);
    taken.add(name);
    return name;
  }
}

/** Whether a schema is a record or an enum: what bindings declare under a name of its own. */
export function isNamedSchema(schema: unknown): boolean {
  if (!isObject(schema)) return false;
  if (["$ref", "anyOf", "oneOf"].some((keyword) => Object.hasOwn(schema, keyword))) return false;
  if (Array.isArray(own(schema, "enum"))) return true;
  const type = own(schema, "type");
  const isObjectType = type === "object" || (Array.isArray(type) && type.includes("object"));
  return (
    isObjectType && (isObject(own(schema, "properties")) || own(schema, "additionalProperties") === false)
  );
}

/** Turns any text into a type name: `vowel-report` into `VowelReport`. */
export function pascalCase(text: string): string {
  // Decomposed, a letter with an accent is the letter and a mark, and the mark goes.
  const words =
    text
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .match(/[A-Za-z0-9]+/g) ?? [];
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^[A-Z]/.test(name) ? name : `Type${name}`;
}

function baseName({ role }: Place, outer: string, definition: string | undefined): string {
  switch (role.kind) {
    case "definition":
      return definition ?? pascalCase(role.key);
    case "payload":
      return pascalCase(role.operation) + { input: "Input", output: "Output", errors: "Error" }[role.slot];
    case "field":
      // The part after the first letter matters only: `Type` would stand in front of a digit.
      return outer + pascalCase(`x ${role.key}`).slice(1);
    case "item":
      return `${outer}Item`;
    case "value":
      return `${outer}Value`;
    case "member":
      return outer;
  }
}

/** The pointer of the definition that a place is, or is a nullable part of. */
function definitionOf(place: Place): string {
  let outermost = place;
  while (outermost.role.kind === "member" && outermost.within !== undefined) outermost = outermost.within;
  return outermost.pointer;
}
