import { readModule } from "./module.js";
import { formatSignature } from "./signature.js";
import type {
  ExternalKind,
  FunctionType,
  Global,
  Limits,
  Memory,
  Module,
  Producer,
  Table,
  TargetFeature,
} from "./types.js";

/** An import in words. `type` is a signature for a function and a tag, and as in {@link ExportSummary} otherwise. */
export interface ImportSummary {
  readonly module: string;
  readonly name: string;
  readonly kind: ExternalKind;
  readonly type: string;
}

/**
 * An export in words. `type` is `(i64, i64) -> i64` for a function, `2..4 pages` for a memory, `1..5 funcref` for
 * a table, `mut i32` for a global, and `?` for a function whose type this package can't read.
 */
export interface ExportSummary {
  readonly name: string;
  readonly kind: ExternalKind;
  readonly type: string;
}

/** A memory. Sizes past 2^53 are rounded to the nearest number; a max of null is none declared. */
export interface MemorySummary {
  readonly imported: boolean;
  readonly exportedAs: readonly string[];
  readonly minPages: number;
  readonly maxPages: number | null;
  readonly minBytes: number;
  readonly maxBytes: number | null;
  /** In bytes. */
  readonly pageSize: number;
  readonly shared: boolean;
  readonly index: "i32" | "i64";
}

/** A table. Sizes are in elements, and as in {@link MemorySummary} otherwise. */
export interface TableSummary {
  readonly imported: boolean;
  readonly exportedAs: readonly string[];
  readonly element: string;
  readonly min: number;
  readonly max: number | null;
  readonly index: "i32" | "i64";
}

/** What {@link describeModule} says about a module: plain data, safe to turn into JSON. All sizes are in bytes. */
export interface ModuleSummary {
  readonly size: number;
  /** From the name section. */
  readonly name: string | null;
  readonly imports: readonly ImportSummary[];
  readonly exports: readonly ExportSummary[];
  readonly memories: readonly MemorySummary[];
  readonly tables: readonly TableSummary[];
  /** The function that runs when the module is instantiated. */
  readonly start: { readonly function: number; readonly name: string | null } | null;
  /** Those that the module defines. */
  readonly code: { readonly functions: number; readonly size: number };
  readonly data: { readonly segments: number; readonly size: number };
  /** In order; the size is that of the payload, without the name. */
  readonly customSections: readonly { readonly name: string; readonly size: number }[];
  readonly producers: readonly Producer[];
  readonly targetFeatures: readonly TargetFeature[];
  /** Custom sections that could not be read. */
  readonly problems: readonly string[];
}

/**
 * Sums up a module for people and for JSON: what it imports, exports and declares, and what takes up its bytes.
 * Names in it are the module's own words and may hold any character. Throws a {@link WasmFormatError} for
 * anything that is not a core module.
 */
export function describeModule(bytes: Uint8Array): ModuleSummary {
  const module = readModule(bytes);
  return {
    size: module.size,
    name: module.names.module ?? null,
    imports: module.imports.map((item) => ({
      module: item.module,
      name: item.name,
      kind: item.kind,
      type: typeOfImport(item),
    })),
    exports: module.exports.map(({ name, kind, index }) => ({
      name,
      kind,
      type: typeOfExport(module, kind, index),
    })),
    memories: describeMemories(module),
    tables: describeTables(module),
    start: describeStart(module),
    code: { functions: module.bodies.length, size: totalOf(module.bodies) },
    data: { segments: module.data.length, size: totalOf(module.data.map((segment) => segment.bytes)) },
    customSections: module.sections.flatMap((section) =>
      section.kind === "custom" ? [{ name: section.name, size: totalOf([section.payload]) }] : [],
    ),
    producers: module.producers,
    targetFeatures: module.targetFeatures,
    problems: module.problems.map(({ section, message }) => `custom section "${section}": ${message}`),
  };
}

function typeOfImport(item: Module["imports"][number]): string {
  switch (item.kind) {
    case "function":
    case "tag":
      return typeOfFunction(item.entry.signature);
    case "table":
      return typeOfTable(item.entry);
    case "memory":
      return typeOfMemory(item.entry);
    case "global":
      return typeOfGlobal(item.entry);
  }
}

function typeOfExport(module: Module, kind: ExternalKind, index: number): string {
  switch (kind) {
    case "function":
      return typeOfFunction(module.functions[index]?.signature);
    case "tag":
      return typeOfFunction(module.tags[index]?.signature);
    case "table":
      return typeOf(module.tables[index], typeOfTable);
    case "memory":
      return typeOf(module.memories[index], typeOfMemory);
    case "global":
      return typeOf(module.globals[index], typeOfGlobal);
  }
}

function typeOf<T>(entry: T | undefined, format: (entry: T) => string): string {
  return entry ? format(entry) : UNKNOWN;
}

const UNKNOWN = "?";

function typeOfFunction(signature: FunctionType | undefined): string {
  return signature ? formatSignature(signature) : UNKNOWN;
}

function typeOfTable({ element, limits }: Table): string {
  return `${rangeOf(limits)} ${element}`;
}

function typeOfMemory({ limits, pageSize }: Memory): string {
  const unit = pageSize === DEFAULT_PAGE_SIZE ? "pages" : `pages of ${pageSize} bytes`;
  return `${rangeOf(limits)} ${unit}`;
}

const DEFAULT_PAGE_SIZE = 65536;

function typeOfGlobal({ type, mutable }: Global): string {
  return mutable ? `mut ${type}` : type;
}

/** `2..4`, or `2..` where there is no upper limit. */
function rangeOf({ min, max, shared, index }: Limits): string {
  return `${shared ? "shared " : ""}${index === "i64" ? "i64 " : ""}${min}..${max ?? ""}`;
}

function describeMemories(module: Module): MemorySummary[] {
  const names = namesByIndex(module, "memory");
  return module.memories.map(({ imported, limits, pageSize }, index) => {
    const { min, max } = limits;
    return {
      imported,
      exportedAs: names.get(index) ?? [],
      minPages: Number(min),
      maxPages: max === undefined ? null : Number(max),
      minBytes: Number(min) * pageSize,
      maxBytes: max === undefined ? null : Number(max) * pageSize,
      pageSize,
      shared: limits.shared,
      index: limits.index,
    };
  });
}

function describeTables(module: Module): TableSummary[] {
  const names = namesByIndex(module, "table");
  return module.tables.map(({ imported, element, limits }, index) => ({
    imported,
    exportedAs: names.get(index) ?? [],
    element,
    min: Number(limits.min),
    max: limits.max === undefined ? null : Number(limits.max),
    index: limits.index,
  }));
}

/** One walk over the exports, however many entries ask. */
function namesByIndex(module: Module, kind: ExternalKind): Map<number, string[]> {
  const names = new Map<number, string[]>();
  for (const item of module.exports) {
    if (item.kind !== kind) continue;
    const list = names.get(item.index);
    if (list) list.push(item.name);
    else names.set(item.index, [item.name]);
  }
  return names;
}

function describeStart({ start, names }: Module): ModuleSummary["start"] {
  return start === undefined ? null : { function: start, name: names.functions.get(start) ?? null };
}

function totalOf(ranges: Module["bodies"]): number {
  return ranges.reduce((total, { start, end }) => total + (end - start), 0);
}
