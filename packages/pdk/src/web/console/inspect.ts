import { describeError } from "tenon:host";

/** Levels of nesting that are shown, and entries of each. */
const MOST_LEVELS = 3;
const MOST_ENTRIES = 100;
const LONGEST_LINE = 72;

/** A value as text for people. It throws for no value. */
export function inspect(value: unknown): string {
  return show(value, []);
}

function show(value: unknown, above: readonly object[]): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "bigint":
      return `${value}n`;
    case "symbol":
      return value.toString();
    case "function":
      return `[Function: ${String(value.name) || "(anonymous)"}]`;
    case "object":
      break;
    default:
      return Object.is(value, -0) ? "-0" : String(value);
  }
  if (value === null) return "null";
  if (above.includes(value)) return "[Circular]";
  try {
    return showObject(value, above);
  } catch {
    // A getter or a proxy threw.
    return "[object]";
  }
}

function showObject(value: object, above: readonly object[]): string {
  if (value instanceof Error) return above.length === 0 ? describeError(value) : `[${String(value)}]`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  if (value instanceof RegExp) return String(value);
  if (value instanceof Promise) return "Promise {}";
  if (above.length >= MOST_LEVELS) return Array.isArray(value) ? "[Array]" : `[${nameOf(value) || "Object"}]`;
  const inner = [...above, value];
  if (Array.isArray(value))
    return bracketed(
      "",
      "[",
      limited(value, value.length, (item) => show(item, inner)),
      "]",
    );
  if (value instanceof Map) {
    const entries = limited(
      value,
      value.size,
      ([key, item]) => `${show(key, inner)} => ${show(item, inner)}`,
    );
    return bracketed(`Map(${value.size}) `, "{", entries, "}");
  }
  if (value instanceof Set) {
    return bracketed(
      `Set(${value.size}) `,
      "{",
      limited(value, value.size, (item) => show(item, inner)),
      "}",
    );
  }
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    // Every view but a DataView is a list of numbers.
    const numbers = value as ArrayBufferView & ArrayLike<number | bigint> & Iterable<number | bigint>;
    return bracketed(
      `${nameOf(value)}(${numbers.length}) `,
      "[",
      limited(numbers, numbers.length, String),
      "]",
    );
  }
  if (value instanceof ArrayBuffer) return `ArrayBuffer(${value.byteLength})`;
  const keys = Object.keys(value);
  const fields = limited(
    keys,
    keys.length,
    (key) => `${keyText(key)}: ${show(Reflect.get(value, key), inner)}`,
  );
  // A URL or a Headers has no properties of its own, and a text that tells more.
  if (keys.length === 0 && value.toString !== Object.prototype.toString && nameOf(value) !== "")
    return String(value);
  const name = nameOf(value);
  return bracketed(name === "" ? "" : `${name} `, "{", fields, "}");
}

/** The name of an object's class; empty for a plain object. */
function nameOf(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return "";
  return String(value.constructor?.name ?? "");
}

function keyText(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}

function limited<T>(items: Iterable<T>, count: number, text: (item: T) => string): string[] {
  const shown: string[] = [];
  for (const item of items) {
    if (shown.length === MOST_ENTRIES) return [...shown, `… ${count - MOST_ENTRIES} more`];
    shown.push(text(item));
  }
  return shown;
}

function bracketed(name: string, open: string, items: readonly string[], close: string): string {
  if (items.length === 0) return `${name}${open}${close}`;
  const line = items.join(", ");
  const isShort = line.length <= LONGEST_LINE && !line.includes("\n");
  const space = open === "{" ? " " : "";
  if (isShort) return `${name}${open}${space}${line}${space}${close}`;
  return `${name}${open}\n${items.join(",\n").replace(/^/gm, "  ")}\n${close}`;
}
