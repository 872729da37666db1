export { customSections, withCustomSection, withoutCustomSections } from "./custom-sections.js";
export {
  describeModule,
  type ExportSummary,
  type ImportSummary,
  type MemorySummary,
  type ModuleSummary,
  type TableSummary,
} from "./describe.js";
export {
  encodeSection,
  type NewSection,
  type Replacement,
  rewriteSections,
  type SectionChange,
  splice,
} from "./edit.js";
export { type WasmErrorCode, WasmFormatError } from "./errors.js";
export {
  type CustomSection,
  type KnownSection,
  type KnownSectionKind,
  readSections,
  SECTION_IDS,
  SECTION_ORDER,
  type Section,
} from "./framing.js";
export { functionReferences } from "./function-references.js";
export { skipInstruction } from "./instructions.js";
export {
  type ByteSink,
  type ByteSource,
  readS64,
  readSigned,
  readU32,
  readU64,
  writeSigned,
  writeUnsigned,
} from "./leb128.js";
export { readModule } from "./module.js";
export { type ByteRange, Reader } from "./reader.js";
export {
  type FunctionTarget,
  type NewExport,
  type NewFunction,
  type NewImport,
  type RelinkEdit,
  relink,
  type Signature,
} from "./relink.js";
export { formatSignature } from "./signature.js";
export { type Snapshot, withSnapshot } from "./snapshot.js";
export type {
  DataSegment,
  Export,
  ExternalKind,
  FunctionEntry,
  FunctionType,
  Global,
  Import,
  ImportedEntry,
  Limits,
  Memory,
  Module,
  Names,
  NumericType,
  OpaqueType,
  Producer,
  ReferenceType,
  Table,
  Tag,
  TargetFeature,
  TypeEntry,
  ValueType,
  WasmProblem,
} from "./types.js";
export { Encoder } from "./writer.js";
