import type { Scalar } from "../ir.js";

/** The formats that the published schema allows: the JSON type each belongs to, and what the two make together. */
export const formats: ReadonlyMap<string, { readonly type: string; readonly scalar: Scalar }> = new Map([
  ["int8", { type: "integer", scalar: "int8" }],
  ["int16", { type: "integer", scalar: "int16" }],
  ["int32", { type: "integer", scalar: "int32" }],
  ["int64", { type: "integer", scalar: "int64" }],
  ["uint8", { type: "integer", scalar: "uint8" }],
  ["uint16", { type: "integer", scalar: "uint16" }],
  ["uint32", { type: "integer", scalar: "uint32" }],
  ["uint64", { type: "integer", scalar: "uint64" }],
  ["float", { type: "number", scalar: "float32" }],
  ["double", { type: "number", scalar: "float64" }],
  ["date-time", { type: "string", scalar: "date-time" }],
]);

/** What a scalar JSON type is without a format. */
export const plainScalars: ReadonlyMap<string, Scalar> = new Map([
  ["string", "string"],
  ["boolean", "boolean"],
  ["integer", "integer"],
  ["number", "float64"],
]);
