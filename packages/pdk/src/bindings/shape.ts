/** The name of a type without parts. `any` is any value that the encoding has. */
export type ScalarShape =
  | "any"
  | "string"
  | "boolean"
  | "integer"
  | "int8"
  | "int16"
  | "int32"
  | "uint8"
  | "uint16"
  | "uint32"
  | "int64"
  | "uint64"
  | "float32"
  | "float64"
  | "bytes"
  | "date-time";

/** A type, as the engine's codec takes it. A `ref` is the index of a named type. */
export type Shape =
  | ScalarShape
  | readonly [kind: "record", closed: boolean, fields: readonly FieldShape[]]
  | readonly [kind: "list" | "map" | "nullable", of: Shape]
  | readonly [kind: "enum", values: readonly string[]]
  | readonly [kind: "ref", index: number];

/** A field of a record. */
export type FieldShape = readonly [name: string, optional: boolean, shape: Shape];

/** How a value becomes bytes. `text` carries a string, `binary` bytes; the others carry any shape. */
export type Encoding = "json" | "messagepack" | "text" | "binary";

/** A value that crosses the boundary. */
export type PayloadShape = readonly [encoding: Encoding, shape: Shape];

/** A function of the interface. What is absent, it doesn't take, doesn't return, or doesn't fail with. */
export interface OperationShape {
  readonly input?: PayloadShape;
  readonly output?: PayloadShape;
  readonly errors?: Shape;
}
