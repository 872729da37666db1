import { WasmFormatError } from "./errors.js";
import { type CustomSection, type KnownSection, readSections, type Section } from "./framing.js";
import { type ByteRange, Reader } from "./reader.js";
import { readCodeSection } from "./sections/code.js";
import { readDataSection } from "./sections/data.js";
import { readExportSection } from "./sections/export.js";
import { readFunctionSection } from "./sections/function.js";
import { readGlobalSection } from "./sections/global.js";
import { readImportSection } from "./sections/import.js";
import { readMemorySection } from "./sections/memory.js";
import { readNames } from "./sections/names.js";
import { readTableSection } from "./sections/table.js";
import { readTagSection } from "./sections/tag.js";
import { readProducers, readTargetFeatures } from "./sections/toolchain.js";
import { readTypeSection } from "./sections/type.js";
import type {
  DataSegment,
  Export,
  FunctionEntry,
  Global,
  Import,
  Memory,
  Module,
  Names,
  Producer,
  Table,
  Tag,
  TargetFeature,
  TypeEntry,
  WasmProblem,
} from "./types.js";

/**
 * Takes a core module apart. Throws a {@link WasmFormatError} for anything that is not one; whatever the bytes,
 * the time and memory it takes are bounded by their length. Function bodies are not decoded, and nothing is
 * validated beyond the format.
 */
export function readModule(bytes: Uint8Array): Module {
  const draft = new Draft(bytes.length, readSections(bytes));
  for (const section of draft.sections) {
    if (section.kind === "custom") readCustomSection(draft, bytes, section);
    else readKnownSection(draft, bytes, section);
  }
  checkCounts(draft);
  return draft;
}

/** A module while its sections are read: they come in the order in which they refer to each other. */
class Draft implements Module {
  readonly size: number;
  readonly sections: readonly Section[];
  types: TypeEntry[] = [];
  imports: Import[] = [];
  readonly functions: FunctionEntry[] = [];
  readonly tables: Table[] = [];
  readonly memories: Memory[] = [];
  readonly globals: Global[] = [];
  readonly tags: Tag[] = [];
  exports: Export[] = [];
  start: number | undefined;
  elements: Module["elements"];
  dataCount: number | undefined;
  bodies: ByteRange[] = [];
  data: DataSegment[] = [];
  names: Names = { module: undefined, functions: new Map() };
  producers: Producer[] = [];
  targetFeatures: TargetFeature[] = [];
  readonly problems: WasmProblem[] = [];

  constructor(size: number, sections: readonly Section[]) {
    this.size = size;
    this.sections = sections;
  }
}

function readKnownSection(draft: Draft, bytes: Uint8Array, section: KnownSection): void {
  const reader = new Reader(bytes, section.payload, `${section.kind} section`);
  switch (section.kind) {
    case "type":
      draft.types = readTypeSection(reader);
      break;
    case "import":
      draft.imports = readImportSection(reader, draft.types);
      for (const item of draft.imports) addImport(draft, item);
      break;
    case "function":
      append(draft.functions, readFunctionSection(reader, draft.types));
      break;
    case "table":
      append(draft.tables, readTableSection(reader));
      break;
    case "memory":
      append(draft.memories, readMemorySection(reader));
      break;
    case "tag":
      append(draft.tags, readTagSection(reader, draft.types));
      break;
    case "global":
      append(draft.globals, readGlobalSection(reader));
      break;
    case "export":
      draft.exports = readExportSection(reader, draft);
      break;
    case "start":
      draft.start = readStart(reader, draft.functions.length);
      break;
    case "element":
      draft.elements = { count: reader.count("element segments"), range: section.payload };
      return; // The segments themselves are left raw.
    case "data count":
      draft.dataCount = reader.u32("the number of data segments");
      break;
    case "code":
      draft.bodies = readCodeSection(reader);
      break;
    case "data":
      draft.data = readDataSection(reader);
      break;
  }
  reader.finish();
}

function addImport(draft: Draft, item: Import): void {
  switch (item.kind) {
    case "function":
      draft.functions.push(item.entry);
      break;
    case "table":
      draft.tables.push(item.entry);
      break;
    case "memory":
      draft.memories.push(item.entry);
      break;
    case "global":
      draft.globals.push(item.entry);
      break;
    case "tag":
      draft.tags.push(item.entry);
      break;
  }
}

/** Not `push(...items)`: a module has more functions than a call may have arguments. */
function append<T>(list: T[], items: readonly T[]): void {
  for (const item of items) list.push(item);
}

function readStart(reader: Reader, functions: number): number {
  const offset = reader.offset;
  const index = reader.u32("the start function");
  if (index < functions) return index;
  return reader.fail(
    offset,
    `expected the start function at offset ${offset} below ${functions}, got ${index}`,
  );
}

/** A custom section is for tools: one that can't be read is a problem to report, not a reason to refuse. */
function readCustomSection(draft: Draft, bytes: Uint8Array, { name, payload }: CustomSection): void {
  try {
    if (name === "name") draft.names = readNames(bytes, payload);
    else if (name === "producers") draft.producers = readProducers(bytes, payload);
    else if (name === "target_features") draft.targetFeatures = readTargetFeatures(bytes, payload);
  } catch (error) {
    if (!(error instanceof WasmFormatError)) throw error;
    draft.problems.push({ section: name, offset: error.offset, message: error.message });
  }
}

/** The format says some numbers twice. They have to agree. */
function checkCounts(draft: Draft): void {
  const declared = draft.functions.length - draft.imports.filter(({ kind }) => kind === "function").length;
  if (draft.bodies.length !== declared) {
    const message = `the function section declares ${declared} functions, but the code section has ${draft.bodies.length} bodies`;
    throw new WasmFormatError("malformed", draft.size, message);
  }
  if (draft.dataCount !== undefined && draft.dataCount !== draft.data.length) {
    const message = `the data count section declares ${draft.dataCount} data segments, but the data section has ${draft.data.length}`;
    throw new WasmFormatError("malformed", draft.size, message);
  }
}
