import { rewriteSections } from "./edit.js";
import { readSections } from "./framing.js";

/** The payloads of all custom sections of that name, in order. They are copies. */
export function customSections(bytes: Uint8Array, name: string): Uint8Array<ArrayBuffer>[] {
  const found: Uint8Array<ArrayBuffer>[] = [];
  for (const section of readSections(bytes)) {
    if (section.kind !== "custom" || section.name !== name) continue;
    // Not `slice`, which on a subclass such as Node's Buffer would share the memory.
    found.push(new Uint8Array(bytes.subarray(section.payload.start, section.payload.end)));
  }
  return found;
}

/** The module with one custom section of that name, at its end; any that it had are replaced. */
export function withCustomSection(
  bytes: Uint8Array,
  name: string,
  payload: Uint8Array,
): Uint8Array<ArrayBuffer> {
  return rewriteSections(
    bytes,
    (section) => (section.kind === "custom" && section.name === name ? "drop" : "keep"),
    [{ kind: "custom", name, payload }],
  );
}

/** The module without the custom sections whose name the predicate accepts. */
export function withoutCustomSections(
  bytes: Uint8Array,
  predicate: (name: string) => boolean,
): Uint8Array<ArrayBuffer> {
  return rewriteSections(bytes, (section) =>
    section.kind === "custom" && predicate(section.name) ? "drop" : "keep",
  );
}
