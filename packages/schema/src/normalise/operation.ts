import type { Encoding, Example, Operation, Payload, Type } from "../ir.js";
import { entries, isObject, type JsonObject, own } from "../json.js";
import { child } from "../pointer.js";
import type { Report } from "../problem.js";
import { show } from "../wording.js";
import type { Annotations } from "./annotations.js";
import type { ExampleChecker } from "./example.js";
import { broken } from "./types.js";

/** The keys of a document that hold operations. */
export type Side = "exports" | "imports";

/** What operations are read with, once all types are known. */
export interface OperationContext {
  readonly document: unknown;
  /** The encoding of payloads for which neither they nor their operation name one. */
  readonly encoding: Encoding;
  readonly typeAt: (pointer: string) => Type;
  readonly annotationsAt: (pointer: string) => Annotations;
  readonly checkExample: ExampleChecker;
  readonly report: Report;
}

/** Reads the exports or the imports of a document, in its order. */
export function readOperations(side: Side, context: OperationContext): Operation[] {
  return entries(own(context.document, side)).map(([name, body]) => {
    const pointer = child(`/${side}`, name);
    const operation = isObject(body) ? body : {};
    const input = readPayload("input", operation, pointer, context);
    const output = readPayload("output", operation, pointer, context);
    const errors = readPayload("errors", operation, pointer, context);
    const description = own(operation, "description");
    return {
      name,
      ...(typeof description === "string" && description !== "" && { description }),
      deprecated: own(operation, "deprecated") === true,
      ...(input !== undefined && { input }),
      ...(output !== undefined && { output }),
      ...(errors !== undefined && { errors }),
      examples: readExamples(operation, pointer, { input, output }, context),
    };
  });
}

/**
 * Finds the payloads that travel as `binary`: one whose schema says nothing is bytes there. This comes before any
 * type is read.
 */
export function findBinaryPayloads(document: unknown, encoding: Encoding): Set<string> {
  const found = new Set<string>();
  for (const side of ["exports", "imports"] as const) {
    for (const [name, operation] of entries(own(document, side))) {
      for (const slot of ["input", "output"] as const) {
        const payload = own(operation, slot);
        if (encodingOf(payload, operation, encoding) === "binary")
          found.add(child(child(`/${side}`, name), slot));
      }
    }
  }
  return found;
}

/** Whether a value names an encoding. */
export function isEncoding(value: unknown): value is Encoding {
  return value === "json" || value === "messagepack" || value === "text" || value === "binary";
}

function readPayload(
  slot: "input" | "output" | "errors",
  operation: JsonObject,
  outer: string,
  { encoding: standard, typeAt, annotationsAt, report }: OperationContext,
): Payload | undefined {
  const schema = own(operation, slot);
  if (schema === undefined) return undefined;
  const pointer = child(outer, slot);
  const type = typeAt(pointer);
  const { description } = annotationsAt(pointer);
  const encoding = slot === "errors" ? "json" : encodingOf(schema, operation, standard);
  const carried = encoding === "text" ? "string" : encoding === "binary" ? "bytes" : undefined;
  const fits =
    carried === undefined || type === broken || (type.kind === "scalar" && type.scalar === carried);
  if (!fits) {
    const hint =
      carried === "string"
        ? 'make it {"type": "string"}, or choose "json" or "messagepack"'
        : 'make it {"type": "string", "contentEncoding": "base64"}, or choose "json" or "messagepack"';
    const what = encoding === "text" ? "one string" : "bytes";
    report({
      pointer,
      message: `the encoding ${show(encoding)} carries ${what}, and the ${slot} is ${name(type)}`,
      hint,
    });
  }
  return { encoding, type, ...(description !== undefined && { description }) };
}

/** The nearest encoding wins. One that doesn't exist was reported, and counts as not there. */
function encodingOf(payload: unknown, operation: unknown, standard: Encoding): Encoding {
  return [own(payload, "encoding"), own(operation, "encoding")].find(isEncoding) ?? standard;
}

function name(type: Type): string {
  switch (type.kind) {
    case "ref":
      return type.name;
    case "scalar":
      return `of the type ${type.scalar}`;
    case "any":
      return "any value";
    case "nullable":
      return "something that may be null";
    default:
      return `a ${type.kind}`;
  }
}

function readExamples(
  operation: JsonObject,
  outer: string,
  payloads: { readonly input: Payload | undefined; readonly output: Payload | undefined },
  { checkExample, report }: OperationContext,
): Example[] {
  const list = own(operation, "examples");
  return (Array.isArray(list) ? list : []).flatMap((item, i): Example[] => {
    if (!isObject(item)) return [];
    const pointer = child(child(outer, "examples"), i);
    for (const slot of ["input", "output"] as const) {
      const payload = payloads[slot];
      const given = Object.hasOwn(item, slot);
      if (payload === undefined && given) {
        report({ pointer, key: slot, message: `the example has an ${slot}, and the operation has none` });
      } else if (payload !== undefined && given) {
        checkExample(item[slot], payload.type, child(pointer, slot));
      } else if (payload !== undefined && slot === "input") {
        report({ pointer, message: "the example lacks the input that the operation takes" });
      }
    }
    const { description, input, output } = item;
    return [
      {
        ...(typeof description === "string" && { description }),
        ...(input !== undefined && { input }),
        ...(output !== undefined && { output }),
      },
    ];
  });
}
