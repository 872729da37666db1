import {
  type KnownSectionKind,
  PREAMBLE_LENGTH,
  readSections,
  SECTION_IDS,
  SECTION_ORDER,
  type Section,
} from "./framing.js";
import type { ByteRange } from "./reader.js";
import { Encoder } from "./writer.js";

/** A section to be written: known ones by their kind, custom ones by their name as well. */
export type NewSection =
  | { readonly kind: KnownSectionKind; readonly payload: Uint8Array }
  | { readonly kind: "custom"; readonly name: string; readonly payload: Uint8Array };

/**
 * What becomes of a section: `"keep"` leaves its bytes as they are, `"drop"` leaves it out, bytes are its new
 * payload (for a custom section, what stands behind the name).
 */
export type SectionChange = "keep" | "drop" | Uint8Array;

/**
 * Writes a module anew: `map` decides on each of its sections, and `added` sections are put where the format wants
 * them (custom ones at the end). Kept sections are copied byte for byte, so that a rewrite without a change
 * yields the same bytes. Throws a {@link WasmFormatError} for bytes that are not a module, and a `TypeError` for
 * a second section of a known kind.
 */
export function rewriteSections(
  bytes: Uint8Array,
  map: (section: Section) => SectionChange,
  added: readonly NewSection[] = [],
): Uint8Array<ArrayBuffer> {
  const encoder = new Encoder();
  encoder.bytes(bytes.subarray(0, PREAMBLE_LENGTH));
  const waiting = new AddedSections(added);
  for (const section of readSections(bytes)) {
    const change = map(section);
    if (change !== "drop" && section.kind !== "custom") waiting.writeBefore(section.kind, encoder);
    if (change === "drop") continue;
    if (change === "keep") encoder.bytes(bytes.subarray(section.range.start, section.range.end));
    else encoder.bytes(encodeSection({ ...section, payload: change }));
  }
  waiting.writeRest(encoder);
  return encoder.finish();
}

/** Encodes one section: its id, the length of its contents, and the contents. */
export function encodeSection(section: NewSection): Uint8Array<ArrayBuffer> {
  const name = new Encoder();
  if (section.kind === "custom") name.name(section.name);
  const encoder = new Encoder();
  encoder.byte(SECTION_IDS[section.kind]);
  encoder.unsigned(name.length + section.payload.length);
  encoder.bytes(name.finish());
  encoder.bytes(section.payload);
  return encoder.finish();
}

/** Bytes to be put in the place of a range; an empty range is a place to insert at. */
export interface Replacement extends ByteRange {
  readonly bytes: Uint8Array;
}

/**
 * The bytes of `range` with some parts replaced: the way to a new payload from the ranges of a `Module`. The
 * replacements have to be in order, within the range, and apart from each other; anything else is a `RangeError`.
 */
export function splice(
  bytes: Uint8Array,
  range: ByteRange,
  replacements: readonly Replacement[],
): Uint8Array<ArrayBuffer> {
  const encoder = new Encoder();
  let done = range.start;
  for (const { start, end, bytes: replacement } of replacements) {
    if (start < done || end < start || end > range.end) {
      throw new RangeError(`expected a replacement within ${done} to ${range.end}, got ${start} to ${end}`);
    }
    encoder.bytes(bytes.subarray(done, start));
    encoder.bytes(replacement);
    done = end;
  }
  encoder.bytes(bytes.subarray(done, range.end));
  return encoder.finish();
}

/** The sections to add that have not been written yet, in the order of the format. */
class AddedSections {
  readonly #known: Exclude<NewSection, { kind: "custom" }>[] = [];
  readonly #custom: NewSection[] = [];

  constructor(added: readonly NewSection[]) {
    for (const section of added) {
      if (section.kind === "custom") this.#custom.push(section);
      else this.#known.push(section);
    }
    this.#known.sort((a, b) => placeOf(a.kind) - placeOf(b.kind));
    this.#known.forEach((section, index) => {
      if (section.kind === this.#known[index + 1]?.kind) refuseSecond(section.kind);
    });
  }

  writeBefore(kind: KnownSectionKind, encoder: Encoder): void {
    for (let next = this.#known[0]; next && placeOf(next.kind) <= placeOf(kind); next = this.#known[0]) {
      if (next.kind === kind) refuseSecond(kind);
      encoder.bytes(encodeSection(next));
      this.#known.shift();
    }
  }

  writeRest(encoder: Encoder): void {
    for (const section of [...this.#known, ...this.#custom]) encoder.bytes(encodeSection(section));
  }
}

function placeOf(kind: KnownSectionKind): number {
  return SECTION_ORDER.indexOf(kind);
}

function refuseSecond(kind: KnownSectionKind): never {
  throw new TypeError(
    `expected no second ${kind} section: a module has one at most; replace the one that is there`,
  );
}
