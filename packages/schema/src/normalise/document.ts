import type { BundledReference } from "../bundle/bundle.js";
import type { Encoding, Interface, Type } from "../ir.js";
import { isObject, own } from "../json.js";
import { findPlaces, type Place } from "../places.js";
import { child } from "../pointer.js";
import type { Report } from "../problem.js";
import { readAnnotations } from "./annotations.js";
import { type ExampleChecker, exampleChecker } from "./example.js";
import { readBody } from "./named.js";
import { nameTypes } from "./names.js";
import { findBinaryPayloads, isEncoding, readOperations } from "./operation.js";
import { orderTypes, refuseEndless } from "./order.js";
import { typeReader } from "./types.js";

/** What a document is normalised with. */
export interface NormaliseContext {
  /** Takes the place of the document's own `encoding`. */
  readonly encoding?: Encoding | undefined;
  readonly references: ReadonlyMap<string, BundledReference>;
  readonly report: Report;
}

/**
 * Turns a bundled document into the IR and reports what can't be in it. It takes a document of any shape, so that
 * one run finds every problem; what the published schema refuses already is passed over in silence.
 */
export function normaliseDocument(
  document: unknown,
  { encoding, references, report }: NormaliseContext,
): Interface {
  const places = findPlaces(document);
  const placeAt = new Map(places.map((place) => [place.pointer, place]));
  const names = nameTypes(places);
  const given = own(document, "encoding");
  const standard = encoding ?? (isEncoding(given) ? given : "json");
  const rawBytes = findBinaryPayloads(document, standard);
  const typeAt = typeReader({ document, places: placeAt, names, rawBytes, references, report });
  const annotationsAt = (pointer: string) => readAnnotations(pointer, placeAt, names);

  // Every place is read, whether or not anything leads to it: a problem in an unused definition is one too.
  for (const { pointer } of places) typeAt(pointer);
  const types = orderTypes(
    places.flatMap((place) => {
      const name = names.get(place.pointer);
      if (name === undefined) return [];
      const type = readBody(place, { typeAt, annotationsAt, report });
      return [{ name, ...annotationsAt(place.pointer), pointer: place.pointer, type }];
    }),
  );
  refuseEndless(types, report);

  const bodies = new Map(types.map(({ name, type }) => [name, type]));
  const checkExample = exampleChecker(bodies, report);
  checkSchemaExamples(places, typeAt, checkExample);
  const context = { document, encoding: standard, typeAt, annotationsAt, checkExample, report };
  const description = own(document, "description");
  return {
    name: text(own(document, "name")),
    version: text(own(document, "version")),
    ...(typeof description === "string" && description !== "" && { description }),
    dates: own(document, "dates") === "Date" ? "Date" : "string",
    exports: readOperations("exports", context),
    imports: readOperations("imports", context),
    types,
  };
}

/** What isn't a string was reported: an interface with problems never leaves the package. */
function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function checkSchemaExamples(
  places: readonly Place[],
  typeAt: (pointer: string) => Type,
  checkExample: ExampleChecker,
): void {
  for (const { pointer, schema } of places) {
    const examples = isObject(schema) ? own(schema, "examples") : undefined;
    if (!Array.isArray(examples)) continue;
    for (const [i, example] of examples.entries()) {
      checkExample(example, typeAt(pointer), child(child(pointer, "examples"), i));
    }
  }
}
