import { isObject } from "./json.js";

/**
 * Appends a key to a JSON pointer (RFC 6901). The pointer of the document itself is the empty string.
 */
export function child(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** The keys that a JSON pointer passes, or undefined when it is malformed. */
export function segments(pointer: string): string[] | undefined {
  if (pointer === "") return [];
  if (!pointer.startsWith("/") || /~(?![01])/.test(pointer)) return undefined;
  return pointer
    .slice(1)
    .split("/")
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The pointer of the object or array that holds the value at `pointer`. */
export function parent(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf("/")));
}

/** Finds the value at a pointer. The wrapper tells a null value from none. */
export function lookup(document: unknown, pointer: string): { readonly value: unknown } | undefined {
  const path = segments(pointer);
  if (path === undefined) return undefined;
  let value = document;
  for (const segment of path) {
    if (Array.isArray(value)) {
      if (!/^(0|[1-9][0-9]*)$/.test(segment) || Number(segment) >= value.length) return undefined;
      value = value[Number(segment)];
    } else if (isObject(value) && Object.hasOwn(value, segment)) {
      value = value[segment];
    } else {
      return undefined;
    }
  }
  return { value };
}
