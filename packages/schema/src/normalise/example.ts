import type { RecordType, Scalar, Type } from "../ir.js";
import { entries, isObject, type JsonObject, own } from "../json.js";
import { child } from "../pointer.js";
import type { Report } from "../problem.js";
import { choices, didYouMean, show } from "../wording.js";

/** Reports where a value, written as JSON, isn't one of the type. */
export type ExampleChecker = (value: unknown, type: Type, pointer: string) => void;

/**
 * Returns a function that checks examples against types.
 *
 * @param types - the named types, by name
 */
export function exampleChecker(types: ReadonlyMap<string, Type>, report: Report): ExampleChecker {
  return check;

  function check(value: unknown, type: Type, pointer: string): void {
    switch (type.kind) {
      case "any":
        break;
      case "nullable":
        if (value !== null) check(value, type.type, pointer);
        break;
      case "ref":
        // A name without a type was reported where it stands.
        check(value, types.get(type.name) ?? { kind: "any" }, pointer);
        break;
      case "list":
        if (!Array.isArray(value)) wrong(value, pointer, "an array");
        else for (const [i, item] of value.entries()) check(item, type.items, child(pointer, i));
        break;
      case "map":
        if (!isObject(value)) wrong(value, pointer, "an object");
        else for (const [key, item] of entries(value)) check(item, type.values, child(pointer, key));
        break;
      case "record":
        if (!isObject(value)) wrong(value, pointer, "an object");
        else checkRecord(value, type, pointer);
        break;
      case "enum":
        if (typeof value === "string" && type.values.includes(value)) break;
        wrong(value, pointer, choices(type.values.slice(0, 20)), didYouMean(value, type.values));
        break;
      case "scalar": {
        const expected = expectation(value, type.scalar);
        if (expected !== undefined) wrong(value, pointer, expected);
        break;
      }
    }
  }

  function checkRecord(value: JsonObject, record: RecordType, pointer: string): void {
    const names = new Set(record.fields.map(({ name }) => name));
    for (const { name, optional, type } of record.fields) {
      const field = own(value, name);
      if (field !== undefined) check(field, type, child(pointer, name));
      else if (!optional) report({ pointer, message: `the example lacks the required field ${show(name)}` });
    }
    for (const key of record.closed ? Object.keys(value) : []) {
      if (names.has(key)) continue;
      const hint = didYouMean(key, [...names]);
      const message = `the example has a field ${show(key)} that isn't among the properties`;
      report({ pointer, key, message, value: show(key), ...(hint !== undefined && { hint }) });
    }
  }

  function wrong(value: unknown, pointer: string, expected: string, hint?: string): void {
    const message = `the example must be ${expected} here, not ${show(value)}`;
    report({ pointer, message, value: show(value), ...(hint !== undefined && { hint }) });
  }
}

/** What a value should have been, or undefined when it is that. */
function expectation(value: unknown, scalar: Scalar): string | undefined {
  switch (scalar) {
    case "string":
      return typeof value === "string" ? undefined : "a string";
    case "boolean":
      return typeof value === "boolean" ? undefined : "true or false";
    case "float32":
    case "float64":
      return typeof value === "number" ? undefined : "a number";
    case "bytes":
      return typeof value === "string" && isBase64(value) ? undefined : "base64 text";
    case "date-time":
      return typeof value === "string" && isDateTime(value)
        ? undefined
        : 'an RFC 3339 time such as "2024-05-01T12:00:00Z"';
    default: {
      const [least, most] = ranges[scalar];
      const fits = Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most;
      return fits ? undefined : `a whole number from ${least} to ${most}`;
    }
  }
}

// Numbers beyond 2^53 - 1 have lost digits by the time they are read, so a 64-bit example stops there.
const { MAX_SAFE_INTEGER: safe } = Number;

const ranges = {
  integer: [-safe, safe],
  int8: [-128, 127],
  int16: [-32_768, 32_767],
  int32: [-2_147_483_648, 2_147_483_647],
  int64: [-safe, safe],
  uint8: [0, 255],
  uint16: [0, 65_535],
  uint32: [0, 4_294_967_295],
  uint64: [0, safe],
} as const;

/** RFC 4648, section 4, padded. */
function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

/** RFC 3339, section 5.6, with days that the month has. */
function isDateTime(text: string): boolean {
  const match = dateTime.exec(text);
  if (match === null) return false;
  const [year = 0, month = 0, day = 0] = match.slice(1, 4).map(Number);
  // Day 0 of the next month is the last of this one.
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

const dateTime =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
