import type { Section } from "./framing.js";
import type { ByteRange } from "./reader.js";

/** A number or vector. */
export type NumericType = "i32" | "i64" | "f32" | "f64" | "v128";

/**
 * A reference, spelled as in WebAssembly text. A nullable reference to an abstract type has its short name, never
 * the long one, so that equal types are equal strings; a number in the long form is a type index.
 */
export type ReferenceType =
  | "funcref"
  | "externref"
  | "anyref"
  | "eqref"
  | "i31ref"
  | "structref"
  | "arrayref"
  | "exnref"
  | "contref"
  | "nullref"
  | "nullfuncref"
  | "nullexternref"
  | "nullexnref"
  | "nullcontref"
  | `(ref ${string})`;

/** The type of a parameter, a result or a global. */
export type ValueType = NumericType | ReferenceType;

/** What a function takes and returns. */
export interface FunctionType {
  readonly kind: "func";
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
  readonly range: ByteRange;
}

/**
 * A type that is not a function's. Its contents are not decoded; `unknown` is a form that this package doesn't
 * know, and reaches to the end of the type section, because there is no telling where it ends.
 */
export interface OpaqueType {
  readonly kind: "struct" | "array" | "unknown";
  readonly range: ByteRange;
}

/** One entry of the type index space. The types of a recursive group are entries of their own. */
export type TypeEntry = FunctionType | OpaqueType;

/**
 * The size that a memory or table starts with, and may grow to: in pages for a memory, in elements for a table.
 * `max` is undefined when none is declared. The two may contradict each other: that is for the engine to refuse.
 */
export interface Limits {
  readonly min: bigint;
  readonly max: bigint | undefined;
  readonly shared: boolean;
  /** The type of an index into it: `i64` for memory64 and table64. */
  readonly index: "i32" | "i64";
  /** From the flags to the last byte of the limits, wherever they stand. */
  readonly range: ByteRange;
}

/** What an entry of an index space has in common: imported entries come first, as the format has it. */
interface Entry {
  readonly imported: boolean;
}

export interface FunctionEntry extends Entry {
  /** Index into the types. */
  readonly type: number;
  /** Undefined only when the type stands behind one of a kind `unknown`. */
  readonly signature: FunctionType | undefined;
}

export interface Table extends Entry {
  readonly element: ReferenceType;
  readonly limits: Limits;
  /** The expression that fills it, when it has one. */
  readonly init: ByteRange | undefined;
}

export interface Memory extends Entry {
  readonly limits: Limits;
  /** In bytes; 65536 unless the module says otherwise. */
  readonly pageSize: number;
}

export interface Global extends Entry {
  readonly type: ValueType;
  readonly mutable: boolean;
  /** The expression of its first value, with the final `end`; undefined for an import. */
  readonly init: ByteRange | undefined;
}

export interface Tag extends Entry {
  /** Index into the types. */
  readonly type: number;
  /** Undefined only when the type stands behind one of a kind `unknown`. */
  readonly signature: FunctionType | undefined;
}

/** The kind of an import or export, as `WebAssembly.Module.imports` names it. */
export type ExternalKind = "function" | "table" | "memory" | "global" | "tag";

/** What an import asks for. */
export type ImportedEntry =
  | { readonly kind: "function"; readonly entry: FunctionEntry }
  | { readonly kind: "table"; readonly entry: Table }
  | { readonly kind: "memory"; readonly entry: Memory }
  | { readonly kind: "global"; readonly entry: Global }
  | { readonly kind: "tag"; readonly entry: Tag };

/** One import. Its `entry` is also in the index space of its kind. */
export type Import = ImportedEntry & {
  readonly module: string;
  readonly name: string;
  readonly range: ByteRange;
};

/** One export: `index` counts in the index space of its kind. */
export interface Export {
  readonly name: string;
  readonly kind: ExternalKind;
  readonly index: number;
  /** The signature of a function; undefined for the other kinds, and as {@link FunctionEntry} says. */
  readonly signature: FunctionType | undefined;
  readonly range: ByteRange;
}

/** One data segment. A passive one has neither memory nor offset. */
export interface DataSegment {
  /** Index of the memory that it is copied to when the module is instantiated. */
  readonly memory: number | undefined;
  /** The expression of the address, with the final `end`. */
  readonly offset: ByteRange | undefined;
  readonly bytes: ByteRange;
  readonly range: ByteRange;
}

/** One tool that took part in making the module. */
export interface Producer {
  /** `language`, `processed-by` or `sdk`, by convention. */
  readonly field: string;
  readonly name: string;
  readonly version: string;
}

/** A feature that the toolchain says the module uses (`+`), must not be linked with (`-`), or requires (`=`). */
export interface TargetFeature {
  readonly prefix: "+" | "-" | "=";
  readonly name: string;
}

/** The names that a module carries for debuggers. */
export interface Names {
  readonly module: string | undefined;
  /** By function index. */
  readonly functions: ReadonlyMap<number, string>;
}

/**
 * A core module, taken apart. Every range counts from the first byte of the module, so that an editor can cut
 * there. Nothing is validated beyond the format: whether the module may run is for the engine to say.
 */
export interface Module {
  /** In bytes. */
  readonly size: number;
  readonly sections: readonly Section[];
  readonly types: readonly TypeEntry[];
  readonly imports: readonly Import[];
  readonly functions: readonly FunctionEntry[];
  readonly tables: readonly Table[];
  readonly memories: readonly Memory[];
  readonly globals: readonly Global[];
  readonly tags: readonly Tag[];
  readonly exports: readonly Export[];
  /** Index of the function that runs when the module is instantiated. */
  readonly start: number | undefined;
  /** The element segments, not decoded. */
  readonly elements: { readonly count: number; readonly range: ByteRange } | undefined;
  /** The number of data segments as declared ahead of the code, where the module does that. */
  readonly dataCount: number | undefined;
  readonly data: readonly DataSegment[];
  /** The bodies of the functions that are not imported, in order, each without its length. */
  readonly bodies: readonly ByteRange[];
  readonly names: Names;
  readonly producers: readonly Producer[];
  readonly targetFeatures: readonly TargetFeature[];
  /** What is wrong with the custom sections above. Engines don't read them, so the module works all the same. */
  readonly problems: readonly WasmProblem[];
}

/** A custom section that could not be read to its end. */
export interface WasmProblem {
  readonly section: string;
  readonly offset: number;
  readonly message: string;
}
