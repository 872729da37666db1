import { type Interface, loadInterface } from "@tenon/schema";

const SCALARS = {
  string: { type: "string" },
  boolean: { type: "boolean" },
  integer: { type: "integer" },
  int8: { type: "integer", format: "int8" },
  int16: { type: "integer", format: "int16" },
  int32: { type: "integer", format: "int32" },
  int64: { type: "integer", format: "int64" },
  uint8: { type: "integer", format: "uint8" },
  uint16: { type: "integer", format: "uint16" },
  uint32: { type: "integer", format: "uint32" },
  uint64: { type: "integer", format: "uint64" },
  float32: { type: "number", format: "float" },
  float64: { type: "number" },
  bytes: { type: "string", contentEncoding: "base64" },
  time: { type: "string", format: "date-time" },
};

const ref = (name: string) => ({ $ref: `#/$defs/${name}` });

const DEFS = {
  Scalars: {
    description: "Every scalar. */ is no end of this comment.",
    type: "object",
    required: Object.keys(SCALARS),
    properties: SCALARS,
  },
  Optionals: {
    description: "Every scalar, each of which may be absent.",
    type: "object",
    properties: SCALARS,
  },
  Maybes: {
    description: "What may be null, and what may be absent as well.",
    type: "object",
    required: ["text", "count", "big", "child"],
    properties: {
      text: { type: ["string", "null"] },
      count: { type: ["integer", "null"], format: "int32" },
      big: { type: ["integer", "null"], format: "int64" },
      child: { anyOf: [ref("Point"), { type: "null" }] },
      absentOrNull: { type: ["string", "null"] },
      absentOrNullCount: { type: ["integer", "null"], format: "int32" },
      items: { type: "array", items: { type: ["string", "null"] } },
    },
  },
  Point: {
    type: "object",
    required: ["x", "y"],
    additionalProperties: false,
    properties: {
      x: { type: "number", description: "To the right." },
      y: { type: "number" },
      label: { type: "string", deprecated: true },
    },
  },
  Colour: { description: "A colour.", type: "string", enum: ["red", "dark green", "*/"] },
  Containers: {
    type: "object",
    required: ["points", "matrix", "byName", "colours", "anything", "counts"],
    properties: {
      points: { type: "array", items: ref("Point") },
      matrix: { type: "array", items: { type: "array", items: { type: "number" } } },
      byName: { type: "object", additionalProperties: ref("Point") },
      colours: { type: "array", items: ref("Colour") },
      anything: {},
      counts: { type: "object", additionalProperties: { type: "integer", format: "uint64" } },
      inline: { type: "object", required: ["on"], properties: { on: { type: "boolean" } } },
    },
  },
  Tree: {
    type: "object",
    required: ["value", "children"],
    properties: {
      value: { type: "string" },
      children: { type: "array", items: ref("Tree") },
      next: ref("Tree"),
    },
  },
  Empty: { type: "object", additionalProperties: false, properties: {} },
  Date: {
    description: "Named like something that TypeScript has.",
    type: "object",
    required: ["class", "foo-bar", "fooBar", "r", "a key of quite some length", "constructor"],
    properties: {
      class: { type: "string" },
      "foo-bar": { type: "string" },
      fooBar: { type: "string" },
      r: { type: "integer", format: "int32" },
      "a key of quite some length": { type: "boolean" },
      constructor: { type: "string" },
      readDate: { type: "string" },
    },
  },
  Problem: {
    type: "object",
    required: ["reason"],
    properties: { reason: { type: "string" }, at: { type: "integer", format: "int64" } },
  },
};

/** Types that the operations `messagePack<Type>` and `json<Type>` echo. */
export const ECHOED = [
  "Scalars",
  "Optionals",
  "Maybes",
  "Containers",
  "Tree",
  "Empty",
  "Date",
  "Colour",
] as const;

function echo(encoding: string, name: string) {
  return { encoding, input: ref(name), output: ref(name) };
}

const DOCUMENT = {
  name: "everything",
  version: "2.3.4",
  description: "Every shape that an interface can have.",
  exports: {
    ...Object.fromEntries(
      ECHOED.flatMap((name) => [
        [`messagePack${name}`, echo("messagepack", name)],
        [`json${name}`, echo("json", name)],
      ]),
    ),
    text: {
      description: "A text as it is.",
      encoding: "text",
      input: { type: "string" },
      output: { type: "string" },
    },
    binary: {
      encoding: "binary",
      input: { type: "string", contentEncoding: "base64" },
      output: { type: "string", contentEncoding: "base64" },
    },
    mixed: {
      description: "Bytes in, a list of optional numbers out.",
      input: { type: "string", contentEncoding: "base64", encoding: "binary" },
      output: { type: "array", items: { type: ["number", "null"] }, encoding: "messagepack" },
      errors: ref("Problem"),
    },
    nothing: { description: "Takes nothing and returns nothing.", deprecated: true },
    // biome-ignore lint/suspicious/noThenProperty: an export of that name is the case, and nobody awaits the document
    then: { description: "Named like a promise's method.", output: { type: "integer" } },
    "odd-name": { input: true, output: true },
  },
  imports: {
    lookup: {
      encoding: "messagepack",
      input: { type: "string" },
      output: { anyOf: [ref("Point"), { type: "null" }] },
    },
    notify: { description: "Answers nothing.", encoding: "json", input: ref("Problem") },
  },
  $defs: DEFS,
};

/** An interface with every shape, for golden files and round trips. */
export async function everything(overrides: { readonly dates?: "Date" } = {}): Promise<Interface> {
  const text = JSON.stringify({ ...DOCUMENT, ...overrides });
  return (await loadInterface({ text, uri: "everything.json" })).interface;
}
