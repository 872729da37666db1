import type { EngineBytes } from "../engine/globals.js";
import { describe } from "./describe.js";
import type { PluginFailure } from "./plugin-failure.js";
import type { FieldShape, ScalarShape, Shape } from "./shape.js";

/**
 * The JSON text of a failure's detail (docs/abi.md, section 3): the engine writes JSON only as output, and a failure
 * is told as text. It is checked on the way, as the engine checks an output.
 *
 * @throws TypeError that names the place of what doesn't fit, with the failure as its cause.
 */
export function failureText(failure: PluginFailure, shape: Shape, types: readonly Shape[]): string {
  try {
    return new FailureWriter(types).write(failure.detail, shape, "$", 0);
  } catch (cause) {
    if (!(cause instanceof Mismatch)) throw cause;
    throw new TypeError(`the detail of a PluginFailure doesn't fit the interface: ${cause.message}`, {
      cause: failure,
    });
  }
}

class Mismatch extends Error {}

/** As many levels as the engine's codec allows. */
const MAX_DEPTH = 512;

class FailureWriter {
  readonly #types: readonly Shape[];

  constructor(types: readonly Shape[]) {
    this.#types = types;
  }

  write(value: unknown, shape: Shape, path: string, depth: number): string {
    if (depth > MAX_DEPTH) throw new Mismatch(`it is nested deeper than ${MAX_DEPTH} levels`);
    if (typeof shape === "string") {
      return shape === "any" ? this.#any(value, path, depth) : scalar(value, shape, path);
    }
    switch (shape[0]) {
      case "ref":
        return this.write(value, this.#type(shape[1]), path, depth);
      case "nullable":
        return value === null ? "null" : this.write(value, shape[1], path, depth);
      case "list":
        return this.#list(value, shape[1], path, depth);
      case "map":
        return this.#map(value, shape[1], path, depth);
      case "record":
        return this.#record(value, shape[2], path, depth);
      case "enum":
        if (typeof value === "string" && shape[1].includes(value)) return JSON.stringify(value);
        throw mismatch(path, "one of the enum's values", value);
    }
  }

  #type(index: number): Shape {
    const shape = this.#types[index];
    if (shape === undefined) throw new TypeError(`expected the index of a type, got ${index}`);
    return shape;
  }

  #list(value: unknown, of: Shape, path: string, depth: number): string {
    if (!Array.isArray(value)) throw mismatch(path, "array", value);
    // `from` meets the holes of a sparse array, too.
    const items = Array.from(value, (item: unknown, index) =>
      of === "any" && item === undefined ? "null" : this.write(item, of, `${path}[${index}]`, depth + 1),
    );
    return `[${items.join(",")}]`;
  }

  #map(value: unknown, of: Shape, path: string, depth: number): string {
    const entries = Object.entries(objectOf(value, path)).filter(([, item]) => item !== undefined);
    return braces(entries.map(([key, item]) => [key, this.write(item, of, pathTo(path, key), depth + 1)]));
  }

  #record(value: unknown, fields: readonly FieldShape[], path: string, depth: number): string {
    const from = objectOf(value, path);
    const present = fields.filter(([name, optional]) => from[name] !== undefined || !optional);
    return braces(
      present.map(([name, , shape]) => [name, this.write(from[name], shape, pathTo(path, name), depth + 1)]),
    );
  }

  #any(value: unknown, path: string, depth: number): string {
    switch (typeof value) {
      case "string":
      case "boolean":
        return JSON.stringify(value);
      case "number":
        return scalar(value, "float64", path);
      case "bigint":
        return scalar(value, value < 0n ? "int64" : "uint64", path);
    }
    if (value === null) return "null";
    if (value instanceof Uint8Array) return scalar(value, "bytes", path);
    if (Array.isArray(value)) return this.#list(value, "any", path, depth);
    if (typeof value !== "object") throw mismatch(path, "a value", value);
    if ("toJSON" in value && typeof value.toJSON === "function") {
      return this.write(value.toJSON(), "any", path, depth + 1);
    }
    return this.#map(value, "any", path, depth);
  }
}

function scalar(value: unknown, shape: Exclude<ScalarShape, "any">, path: string): string {
  switch (shape) {
    case "string":
    case "date-time":
      if (typeof value === "string") return JSON.stringify(value);
      break;
    case "boolean":
      if (typeof value === "boolean") return String(value);
      break;
    case "bytes":
      // TypeScript's library for ECMAScript 2023 doesn't know of the method.
      if (value instanceof Uint8Array) return `"${(value as Uint8Array & EngineBytes).toBase64()}"`;
      break;
    case "float32":
    case "float64":
      if (typeof value === "number" && Number.isFinite(value))
        return Object.is(value, -0) ? "-0" : String(value);
      break;
    case "int64":
      if (typeof value === "bigint" && BigInt.asIntN(64, value) === value) return String(value);
      break;
    case "uint64":
      if (typeof value === "bigint" && BigInt.asUintN(64, value) === value) return String(value);
      break;
    default: {
      const [least, most] = RANGES[shape];
      if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) {
        return String(value);
      }
    }
  }
  throw mismatch(path, shape === "bytes" ? "binary" : shape, value);
}

const RANGES = {
  integer: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  int8: [-0x80, 0x7f],
  int16: [-0x8000, 0x7fff],
  int32: [-0x8000_0000, 0x7fff_ffff],
  uint8: [0, 0xff],
  uint16: [0, 0xffff],
  uint32: [0, 0xffff_ffff],
} as const;

function objectOf(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Uint8Array)
  ) {
    // Any object can be asked for properties; each value is checked when it is written.
    return value as Readonly<Record<string, unknown>>;
  }
  throw mismatch(path, "object", value);
}

function braces(entries: readonly (readonly [key: string, json: string])[]): string {
  return `{${entries.map(([key, json]) => `${JSON.stringify(key)}:${json}`).join(",")}}`;
}

function pathTo(path: string, key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

function mismatch(path: string, expected: string, value: unknown): Mismatch {
  return new Mismatch(`${path}: expected ${expected}, got ${describe(value)}`);
}
