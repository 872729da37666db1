import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { isObject, own } from "../json.js";
import { segments } from "../pointer.js";
import type { Problem, Report } from "../problem.js";
import { interfaceSchema } from "../published-schema.js";
import { choices, didYouMean, show } from "../wording.js";
import { adviceFor, textFormats, unsupportedKeywords } from "./keywords.js";

/**
 * Checks a document against the published JSON Schema: which keys may stand where, and what kind of value each has.
 * What keywords mean together is for the normaliser to check. Ajv's errors come out as problems in plain words.
 */
export function checkShape(document: unknown, report: Report): void {
  validate ??= new Ajv2020({
    allErrors: true,
    verbose: true,
    ownProperties: true,
    strict: true,
    strictTypes: false,
  }).compile(interfaceSchema);
  if (validate(document)) return;
  for (const error of validate.errors ?? []) {
    const problem = toProblem(error);
    if (problem !== undefined) report(problem);
  }
}

// Compiled on first use: some 20 ms that a program which never checks a document shouldn't pay.
let validate: ValidateFunction | undefined;

function toProblem(error: ErrorObject): Problem | undefined {
  const pointer = error.instancePath;
  const keyword = segments(pointer)?.at(-1) ?? "";
  const { data } = error;
  switch (error.keyword) {
    // Each stands around errors of its own, which say more.
    case "if":
    case "propertyNames":
      return undefined;
    case "additionalProperties":
      return unknownKey(error);
    case "required":
      return { pointer, message: `the key ${show(error.params["missingProperty"])} is missing` };
    case "type":
      return wrongType(error, keyword);
    case "enum":
      return wrongChoice(error, keyword);
    case "pattern":
      return wrongText(error, keyword);
    case "not":
      return {
        pointer,
        ...named(error),
        message: `the name ${show(data)} is reserved`,
        hint: "choose another",
      };
    case "minLength":
      return { pointer, ...named(error), message: "a name can't be empty" };
    case "uniqueItems":
      return { pointer: `${pointer}/${error.params["i"]}`, ...repeated(error) };
    case "minItems":
    case "maxItems":
      // The normaliser says what a list of types or an anyOf may hold.
      return keyword === "enum" ? { pointer, message: "an enum needs at least one value" } : undefined;
    default:
      return { pointer, message: `${show(data)} can't stand here`, value: show(data) };
  }
}

function unknownKey(error: ErrorObject): Problem {
  const key = String(error.params["additionalProperty"]);
  const allowed = Object.keys(
    isObject(error.parentSchema) ? (own(error.parentSchema, "properties") ?? {}) : {},
  );
  const place = { pointer: error.instancePath, key, value: show(key) };
  if (!allowed.includes("contentEncoding")) {
    return {
      ...place,
      message: `unknown key ${show(key)}`,
      ...hint(didYouMean(key, allowed) ?? only(allowed)),
    };
  }
  if (key === "encoding") {
    const where = 'it stands on the document, on an export or import, or on its "input" or "output"';
    return { ...place, message: '"encoding" has no meaning here', hint: where };
  }
  const advice = adviceFor(key);
  if (advice !== undefined) return { ...place, message: `${show(key)} isn't supported yet`, hint: advice };
  const keywords = [...allowed.filter((name) => name !== "encoding"), ...unsupportedKeywords];
  return { ...place, message: `unknown keyword ${show(key)}`, ...hint(didYouMean(key, keywords)) };
}

function wrongType({ instancePath: pointer, params, data }: ErrorObject, keyword: string): Problem {
  const expected = String(params["type"]);
  const inEnum = /\/enum\/[0-9]+$/.test(pointer);
  if (inEnum)
    return {
      pointer,
      message: `${show(data)} can't be in an enum yet`,
      value: show(data),
      hint: "only strings can",
    };
  const wording: Record<string, string> = {
    object: "an object",
    array: "an array",
    string: "a string",
    boolean: "true or false",
    "string,array": 'a type\'s name, or an array of one and "null"',
    "object,boolean": "a schema, which is an object",
  };
  const subject = pointer === "" ? "the document" : show(keyword);
  return {
    pointer,
    message: `${subject} must be ${wording[expected] ?? expected}, not ${show(data)}`,
    value: show(data),
  };
}

function wrongChoice({ instancePath: pointer, params, data }: ErrorObject, keyword: string): Problem {
  const allowed: unknown = params["allowedValues"];
  const options = Array.isArray(allowed) ? allowed.map(String) : [];
  const place = { pointer, value: show(data) };
  if (keyword === "format") {
    if (typeof data === "string" && textFormats.has(data)) {
      return { ...place, message: `the format ${show(data)} isn't supported yet`, hint: "leave it out" };
    }
    return {
      ...place,
      message: `unknown format ${show(data)}`,
      ...hint(didYouMean(data, options) ?? only(options)),
    };
  }
  const subject = /\/type\/[0-9]+$/.test(pointer) ? "a type" : show(keyword);
  const message = `${subject} must be ${choices(options)}, not ${show(data)}`;
  return { ...place, message, ...hint(didYouMean(data, options)) };
}

function wrongText(error: ErrorObject, keyword: string): Problem {
  const { instancePath: pointer, data } = error;
  const place = { pointer, ...named(error), value: show(data) };
  if (error.propertyName !== undefined) {
    const message = `${show(data)} can't be the name of a Wasm export here`;
    return {
      ...place,
      message,
      hint: 'use letters, digits, "_", "." and "-", and begin with a letter or "_"',
    };
  }
  if (keyword === "name") {
    return {
      ...place,
      message: `the name ${show(data)} isn't kebab-case`,
      hint: 'write it like "text-tools"',
    };
  }
  return { ...place, message: `${show(data)} isn't a semantic version`, hint: 'write it like "1.0.0"' };
}

/** The key at fault, when an error is about the name of a property rather than its value. */
function named({ propertyName }: ErrorObject): { key?: string } {
  return propertyName === undefined ? {} : { key: propertyName };
}

function repeated({ params, data }: ErrorObject): { message: string; value: string } {
  const value = show(Array.isArray(data) ? data[Number(params["i"])] : undefined);
  return { message: `${value} is there twice`, value };
}

function only(options: readonly string[]): string {
  return `it can be ${choices(options)}`;
}

function hint(text: string | undefined): { hint?: string } {
  return text === undefined ? {} : { hint: text };
}
