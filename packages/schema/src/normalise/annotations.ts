import { own } from "../json.js";
import { limits } from "../limits.js";
import type { Place } from "../places.js";
import { parseReference } from "../reference.js";

/** What a schema says for people. */
export interface Annotations {
  readonly description?: string;
  readonly deprecated: boolean;
}

/**
 * Reads the annotations of a use of a schema. Where the use says nothing, an alias speaks for it: its own name is
 * gone from the IR. A named type keeps its own text, so it isn't repeated at every use.
 */
export function readAnnotations(
  pointer: string,
  places: ReadonlyMap<string, Place>,
  names: ReadonlyMap<string, string>,
): Annotations {
  let description: string | undefined;
  let deprecated = false;
  let place = places.get(pointer);
  // References may lead around in a circle; the reader of types reports that.
  for (let hops = 0; place !== undefined && hops < limits.typeDepth; hops++) {
    description ??= text(own(place.schema, "description")) ?? text(own(place.schema, "title"));
    deprecated ||= own(place.schema, "deprecated") === true;
    const reference = own(place.schema, "$ref");
    const target = typeof reference === "string" ? parseReference(reference) : undefined;
    const isAlias = target?.kind === "internal" && !names.has(target.pointer);
    place = isAlias ? places.get(target.pointer) : undefined;
  }
  return { ...(description !== undefined && { description }), deprecated };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
