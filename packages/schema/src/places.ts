import { entries, isObject, own } from "./json.js";
import { child } from "./pointer.js";

/** A spot of a document where a schema stands. */
export interface Place {
  readonly pointer: string;
  /** Not checked yet: it may be anything. */
  readonly schema: unknown;
  readonly role: Role;
  /** The schema that this one is a part of. */
  readonly within?: Place;
}

/** What a schema is for, which is where the name of an anonymous record comes from. */
export type Role =
  | { readonly kind: "definition"; readonly key: string }
  | { readonly kind: "payload"; readonly operation: string; readonly slot: Slot }
  | { readonly kind: "field"; readonly key: string }
  | { readonly kind: "item" }
  | { readonly kind: "value" }
  | { readonly kind: "member" };

/** The keys of an operation that hold a schema. */
export type Slot = "input" | "output" | "errors";

/**
 * Finds every place of an interface definition where a schema stands: definitions first, then exports, then
 * imports, each in document order and before its own parts. A malformed document has fewer of them.
 */
export function findPlaces(document: unknown): Place[] {
  const places: Place[] = [];
  for (const [key, schema] of entries(own(document, "$defs"))) {
    collect({ pointer: child("/$defs", key), schema, role: { kind: "definition", key } }, places);
  }
  for (const side of ["exports", "imports"] as const) {
    for (const [operation, body] of entries(own(document, side))) {
      for (const slot of ["input", "output", "errors"] as const) {
        const schema = own(body, slot);
        const pointer = child(child(`/${side}`, operation), slot);
        if (schema !== undefined)
          collect({ pointer, schema, role: { kind: "payload", operation, slot } }, places);
      }
    }
  }
  return places;
}

/** Finds the places inside one definition, itself included. */
export function findPlacesIn(definition: { pointer: string; key: string; schema: unknown }): Place[] {
  const places: Place[] = [];
  const { pointer, key, schema } = definition;
  collect({ pointer, schema, role: { kind: "definition", key } }, places);
  return places;
}

/** Whether a schema accepts null and nothing else: the other half of a nullable `anyOf`. */
export function isNullSchema(schema: unknown): boolean {
  return own(schema, "type") === "null";
}

function collect(place: Place, places: Place[]): void {
  places.push(place);
  const { schema, pointer } = place;
  const part = (key: string, inner: unknown, role: Role, under = pointer) =>
    collect({ pointer: child(under, key), schema: inner, role, within: place }, places);

  for (const [key, field] of entries(own(schema, "properties"))) {
    part(key, field, { kind: "field", key }, child(pointer, "properties"));
  }
  const items = own(schema, "items");
  if (items !== undefined) part("items", items, { kind: "item" });
  const values = own(schema, "additionalProperties");
  // true and false say whether other keys may be there; only a schema says what they hold.
  if (isObject(values)) part("additionalProperties", values, { kind: "value" });
  for (const keyword of ["anyOf", "oneOf"]) {
    const members = own(schema, keyword);
    if (!Array.isArray(members)) continue;
    for (const [i, member] of members.entries()) {
      if (!isNullSchema(member)) part(String(i), member, { kind: "member" }, child(pointer, keyword));
    }
  }
}
