import { WasmFormatError } from "./errors.js";
import { type ByteRange, MAX_ENTRIES, Reader } from "./reader.js";

/** The sections that the format knows, in the order that it demands of them; custom sections stand anywhere. */
export const SECTION_ORDER = [
  "type",
  "import",
  "function",
  "table",
  "memory",
  "tag",
  "global",
  "export",
  "start",
  "element",
  "data count",
  "code",
  "data",
] as const;

/** The kind of a section other than a custom one. */
export type KnownSectionKind = (typeof SECTION_ORDER)[number];

/** The number that stands for each kind of section in the binary. It is not the order: tag and data count came late. */
export const SECTION_IDS = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  "data count": 12,
  tag: 13,
} as const satisfies Record<KnownSectionKind | "custom", number>;

/** A section with a meaning that the format gives it. At most one of each kind is in a module. */
export interface KnownSection {
  readonly kind: KnownSectionKind;
  /** The whole section, from its id on. */
  readonly range: ByteRange;
  /** What stands behind its id and length. */
  readonly payload: ByteRange;
}

/** A section that engines skip; the name says who reads it. Several may share one name. */
export interface CustomSection {
  readonly kind: "custom";
  readonly name: string;
  /** The whole section, from its id on. */
  readonly range: ByteRange;
  /** What stands behind its name. */
  readonly payload: ByteRange;
}

/** One section of a module. */
export type Section = KnownSection | CustomSection;

/**
 * Cuts a module into its sections, without a look at what is in them. Checks the preamble, the lengths, and that
 * known sections come once each and in order; together the sections cover every byte behind the preamble.
 */
export function readSections(bytes: Uint8Array): Section[] {
  const reader = new Reader(bytes);
  readPreamble(reader);
  const sections: Section[] = [];
  let last = -1;
  while (reader.remaining > 0) {
    const section = readSection(reader);
    if (section.kind !== "custom") {
      const place = SECTION_ORDER.indexOf(section.kind);
      if (place <= last) refuseOrder(section, last);
      last = place;
    }
    sections.push(section);
    if (sections.length > MAX_ENTRIES) refuseCount(section);
  }
  return sections;
}

/** The length of the magic number and version, in bytes: where the first section begins. */
export const PREAMBLE_LENGTH = 8;

function readPreamble(reader: Reader): void {
  const { bytes } = reader;
  const magic = bytes.subarray(0, 4);
  if (!startsWith(MAGIC, magic)) {
    const guess = guessFormat(bytes);
    const message = `expected the magic number \\0asm at offset 0, got ${hex(magic)}${guess ? `; ${guess}` : ""}`;
    throw new WasmFormatError("not-wasm", 0, message);
  }
  if (bytes.length < PREAMBLE_LENGTH) {
    const expected = bytes.length < 4 ? "the magic number \\0asm at offset 0" : "the version at offset 4";
    const got =
      bytes.length === 0 ? "there are no bytes at all" : `the file ends after ${bytes.length} bytes`;
    throw new WasmFormatError("truncated", bytes.length, `expected ${expected}, but ${got}`);
  }
  const version = bytes.subarray(4, 8);
  if (!startsWith(CORE_VERSION, version)) {
    // Bytes 6 and 7 are the layer: 0 for a core module, 1 for a component.
    const guess = version[2] === 1 && version[3] === 0 ? "; this is a component, not a core module" : "";
    const message = `expected version 01 00 00 00 at offset 4, got ${hex(version)}${guess}`;
    throw new WasmFormatError("unsupported", 4, message);
  }
  reader.offset = PREAMBLE_LENGTH;
}

function readSection(reader: Reader): Section {
  const start = reader.offset;
  const id = reader.byte("a section id");
  const kind = KIND_OF_ID.get(id);
  if (kind === undefined) {
    const message = `expected a section id from 0 to 13 at offset ${start}, got ${id}`;
    throw new WasmFormatError("unsupported", start, message);
  }
  const payload = reader.sized(`the ${kind} section`);
  const range = { start, end: payload.end };
  if (kind !== "custom") return { kind, range, payload };
  const contents = new Reader(reader.bytes, payload, "custom section");
  const name = contents.name("the name of a custom section");
  return { kind, name, range, payload: { start: contents.offset, end: payload.end } };
}

function refuseOrder(section: KnownSection, last: number): never {
  const before = SECTION_ORDER[last];
  const { start } = section.range;
  const message =
    section.kind === before
      ? `a second ${section.kind} section at offset ${start}; a module has one at most`
      : `the ${section.kind} section at offset ${start} stands behind the ${before} section, not before it`;
  throw new WasmFormatError("malformed", start, message);
}

function refuseCount({ range }: Section): never {
  const message = `more than ${MAX_ENTRIES} sections, the last at offset ${range.start}, which is more than are supported`;
  throw new WasmFormatError("unsupported", range.start, message);
}

/** What the bytes may be, for those who passed the wrong file. */
function guessFormat(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 64)).trimStart();
  if (/^(\(module|\(component|;;|\(;)/.test(head)) {
    return "this looks like WebAssembly text, which has to be assembled first";
  }
  if (startsWith([0x1f, 0x8b], bytes)) return "this looks like gzip, which has to be unpacked first";
  return undefined;
}

/** Whether the two agree as far as both go. */
function startsWith(expected: readonly number[], bytes: Uint8Array): boolean {
  return expected.every((byte, index) => index >= bytes.length || bytes[index] === byte);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

const MAGIC = [0x00, 0x61, 0x73, 0x6d];
const CORE_VERSION = [1, 0, 0, 0];

const KIND_OF_ID: ReadonlyMap<number, Section["kind"]> = new Map([
  [SECTION_IDS.custom, "custom"],
  ...SECTION_ORDER.map((kind) => [SECTION_IDS[kind], kind] as const),
]);
