import type { JsonObject } from "../json.js";
import type { Report } from "../problem.js";
import { show } from "../wording.js";

/** Which keywords give a JSON type its shape. */
const keywordsOf: Readonly<Record<string, readonly string[]>> = {
  object: ["properties", "required", "additionalProperties"],
  array: ["items"],
  string: ["enum", "format", "contentEncoding"],
  integer: ["format"],
  number: ["format"],
  boolean: [],
};

const shaping = Object.values(keywordsOf).flat();

/** The type that a keyword needs beside it: the one to recommend where several have it. */
const needs: Readonly<Record<string, string>> = {
  properties: "object",
  required: "object",
  additionalProperties: "object",
  items: "array",
  contentEncoding: "string",
};

/** Keywords that say something about a schema and change nothing in its type. */
const annotations = ["title", "description", "deprecated", "examples", "$comment", "encoding"];

const known: ReadonlySet<string> = new Set([...annotations, ...shaping, "type", "$ref", "anyOf", "oneOf"]);

/** Whether a schema says something that isn't supported: a check of its own reports that. */
export function hasUnknownKeyword(schema: JsonObject): boolean {
  return Object.keys(schema).some((key) => !known.has(key));
}

/** Reports the keywords that can't stand beside `$ref`, `anyOf` or `oneOf`: they would be lost. */
export function refuseSiblings(schema: JsonObject, keyword: string, pointer: string, report: Report): void {
  for (const key of Object.keys(schema)) {
    if (key === keyword || annotations.includes(key) || !known.has(key)) continue;
    const message = `${show(key)} can't stand beside ${show(keyword)}`;
    report({ pointer, key, message, hint: 'only annotations such as "description" can' });
  }
}

/** Reports the keywords that mean nothing on a JSON type; returns whether all are in place. */
export function refuseMisplaced(schema: JsonObject, type: string, pointer: string, report: Report): boolean {
  const misplaced = shaping.filter(
    (key, i) => Object.hasOwn(schema, key) && shaping.indexOf(key) === i && !keywordsOf[type]?.includes(key),
  );
  for (const key of misplaced) {
    if (key !== "enum")
      report({ pointer, key, message: `${show(key)} has no meaning on the type ${show(type)}` });
    // Values that aren't strings were reported one by one.
    else if (holdsStrings(schema[key]))
      report({ pointer, key, message: `an enum of strings isn't of the type ${show(type)}` });
  }
  return misplaced.length === 0;
}

/** Reports the keywords that need a `type` beside them; returns whether there are none. */
export function refuseUntyped(schema: JsonObject, pointer: string, report: Report): boolean {
  const key = shaping.find((keyword) => Object.hasOwn(schema, keyword));
  if (key === undefined) return true;
  const hint = needs[key] === undefined ? 'add a "type"' : `add "type": ${show(needs[key])}`;
  report({ pointer, key, message: `${show(key)} needs a type beside it`, hint });
  return false;
}

function holdsStrings(values: unknown): boolean {
  return Array.isArray(values) && values.every((value) => typeof value === "string" || value === null);
}
