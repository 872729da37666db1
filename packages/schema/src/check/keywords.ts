/**
 * What to write instead of a JSON Schema keyword that bindings can't be generated from yet. Every keyword of
 * 2020-12 that isn't supported is here, with a few of older drafts and of OpenAPI, so that no known keyword is
 * taken for a misspelt one.
 */
export function adviceFor(keyword: string): string | undefined {
  return Object.hasOwn(advice, keyword) ? advice[keyword] : undefined;
}

const leaveOut = "leave it out";
const bounds = 'leave it out, or use a sized integer format such as "uint8"';
const byPointer = 'refer to a schema by JSON pointer, such as "#/$defs/Text"';
const names = "put every field into one object";
const nullable = 'for a value that may be null, write "type": ["string", "null"]';
const topLevel = 'put definitions under "$defs" at the top of the document';
const record = "use an object with named properties";
const map = '"additionalProperties" gives the values of an object whose keys are data';

const advice: Record<string, string> = {
  minLength: leaveOut,
  maxLength: leaveOut,
  pattern: leaveOut,
  minimum: bounds,
  maximum: bounds,
  exclusiveMinimum: bounds,
  exclusiveMaximum: bounds,
  multipleOf: leaveOut,
  minItems: leaveOut,
  maxItems: leaveOut,
  uniqueItems: leaveOut,
  minProperties: leaveOut,
  maxProperties: leaveOut,
  contains: leaveOut,
  minContains: leaveOut,
  maxContains: leaveOut,
  const: 'use a string "enum" with one value',
  allOf: names,
  not: leaveOut,
  if: leaveOut,
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
  then: leaveOut,
  else: leaveOut,
  prefixItems: record,
  additionalItems: record,
  patternProperties: map,
  propertyNames: map,
  dependentSchemas: leaveOut,
  dependentRequired: leaveOut,
  dependencies: leaveOut,
  unevaluatedItems: leaveOut,
  unevaluatedProperties: '"additionalProperties": false refuses unknown keys',
  default: "leave it out, and let the code that reads the field choose",
  readOnly: leaveOut,
  writeOnly: leaveOut,
  contentMediaType: "leave it out, or say it in the description",
  contentSchema: leaveOut,
  nullable,
  example: 'write "examples", an array',
  discriminator: leaveOut,
  externalDocs: "leave it out, or put the address into the description",
  xml: leaveOut,
  $id: byPointer,
  id: byPointer,
  $anchor: byPointer,
  $dynamicRef: byPointer,
  $dynamicAnchor: byPointer,
  $recursiveRef: byPointer,
  $recursiveAnchor: byPointer,
  $schema: "it stands once, at the top of the document",
  $vocabulary: leaveOut,
  $defs: topLevel,
  definitions: topLevel,
};

/** Every keyword that there is advice for. */
export const unsupportedKeywords: readonly string[] = Object.keys(advice);

/** Formats that JSON Schema knows, for values that travel as plain text here. */
export const textFormats: ReadonlySet<string> = new Set([
  "date",
  "time",
  "duration",
  "email",
  "idn-email",
  "hostname",
  "idn-hostname",
  "ipv4",
  "ipv6",
  "uri",
  "uri-reference",
  "iri",
  "iri-reference",
  "uuid",
  "uri-template",
  "json-pointer",
  "relative-json-pointer",
  "regex",
]);
