/**
 * The intermediate representation: what a target sees of an interface definition.
 *
 * Names in the IR are wire names, exactly as the document spells them, except for type names, which are unique
 * PascalCase identifiers (`[A-Z][A-Za-z0-9]*`) within one interface. Each target maps names to its own language.
 */

/** How a value becomes bytes. `text` carries one string, `binary` carries bytes; the others carry any type. */
export type Encoding = "json" | "messagepack" | "text" | "binary";

/** One interface definition, checked, with every reference resolved. */
export interface Interface {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  /** What `format: date-time` is in the host's language: `"string"` keeps RFC 3339 text. */
  readonly dates: "string" | "Date";
  /** In document order. */
  readonly exports: readonly Operation[];
  /** In document order. */
  readonly imports: readonly Operation[];
  /**
   * Every record and enum that an operation can reach, and every named `$defs` entry: a type comes after the
   * types it refers to, except where a cycle makes that impossible.
   */
  readonly types: readonly NamedType[];
}

/** A function that one side offers and the other calls. */
export interface Operation {
  /** The key in the document: the name of the Wasm export or import. */
  readonly name: string;
  readonly description?: string;
  readonly deprecated: boolean;
  /** Absent: the operation takes nothing. */
  readonly input?: Payload;
  /** Absent: the operation returns nothing. */
  readonly output?: Payload;
  /** The details a failing call may carry. They travel as JSON text, whatever the encoding of input and output. */
  readonly errors?: Payload;
  readonly examples: readonly Example[];
}

/** A value that crosses the boundary, and the encoding it crosses in. */
export interface Payload {
  readonly encoding: Encoding;
  readonly type: Type;
  readonly description?: string;
}

export interface Example {
  readonly description?: string;
  readonly input?: unknown;
  readonly output?: unknown;
}

/** A type that bindings declare by name. */
export interface NamedType {
  /** Unique in the interface, PascalCase. */
  readonly name: string;
  readonly description?: string;
  readonly deprecated: boolean;
  /** JSON pointer of the schema in the document, for messages: `/$defs/Text`. */
  readonly pointer: string;
  /** Whether a value of this type can contain another value of this type, at any depth. */
  readonly recursive: boolean;
  readonly type: Type;
}

/**
 * A type. Records and enums appear only as the `type` of a {@link NamedType}: everywhere else they are a
 * {@link RefType}, so that a target never meets an anonymous one.
 */
export type Type = RecordType | MapType | ListType | EnumType | ScalarType | NullableType | AnyType | RefType;

/** An object with known keys. */
export interface RecordType {
  readonly kind: "record";
  readonly fields: readonly Field[];
  /** `additionalProperties: false`: a decoder refuses an unknown key. Otherwise it skips it. */
  readonly closed: boolean;
}

export interface Field {
  /** The key on the wire. */
  readonly name: string;
  readonly description?: string;
  readonly deprecated: boolean;
  /** Not required: the key may be absent. That is not the same as a null value. */
  readonly optional: boolean;
  readonly type: Type;
}

/** An object whose keys are data. */
export interface MapType {
  readonly kind: "map";
  readonly values: Type;
}

export interface ListType {
  readonly kind: "list";
  readonly items: Type;
}

/** One of a fixed set of strings. */
export interface EnumType {
  readonly kind: "enum";
  readonly values: readonly string[];
}

/**
 * - `integer`: no format; a whole number from -(2^53 - 1) to 2^53 - 1.
 * - `int8` … `uint32`: a number in that range. `int64`, `uint64`: a 64-bit integer (`bigint` in TypeScript).
 * - `float32`, `float64`: IEEE 754 (`format: float`; `format: double` or none).
 * - `bytes`: `contentEncoding: base64`; raw bytes in MessagePack, base64 text in JSON.
 * - `date-time`: RFC 3339 text on the wire, in both encodings.
 */
export type Scalar =
  | "string"
  | "boolean"
  | "integer"
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "uint8"
  | "uint16"
  | "uint32"
  | "uint64"
  | "float32"
  | "float64"
  | "bytes"
  | "date-time";

export interface ScalarType {
  readonly kind: "scalar";
  readonly scalar: Scalar;
}

/** The type or null. Never nested, and never around `any`. */
export interface NullableType {
  readonly kind: "nullable";
  readonly type: Exclude<Type, NullableType | AnyType>;
}

/** Any JSON value; in MessagePack also bytes and 64-bit integers. */
export interface AnyType {
  readonly kind: "any";
}

/** A use of a {@link NamedType}. */
export interface RefType {
  readonly kind: "ref";
  readonly name: string;
}
