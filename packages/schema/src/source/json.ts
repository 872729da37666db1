import { define, type JsonObject } from "../json.js";
import { limits } from "../limits.js";
import { child } from "../pointer.js";
import { show } from "../wording.js";
import type { Fault, Parsed, Position } from "./parsed.js";

/**
 * Reads strict JSON (RFC 8259) and keeps where each value lies. `JSON.parse` gives no positions and lets the last
 * of equal keys win; here a repeated key is a fault.
 */
export function parseJson(text: string): Parsed {
  const positions = new Map<string, Position>();
  const faults: Fault[] = [];
  let at = 0;
  let values = 0;

  try {
    skipSpace();
    const value = readValue("", undefined, 0);
    skipSpace();
    if (at < text.length) fail("", "expected the end of the document", "remove what follows the value");
    return { value, positions, faults };
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    return { value: undefined, positions, faults: [error.fault] };
  }

  function readValue(pointer: string, key: number | undefined, depth: number): unknown {
    positions.set(pointer, key === undefined ? { value: at } : { value: at, key });
    values += 1;
    if (values > limits.values) fail(pointer, `more than ${limits.values} values`);
    switch (text[at]) {
      case "{":
        return readObject(pointer, depth + 1);
      case "[":
        return readArray(pointer, depth + 1);
      case '"':
        return readString(pointer);
      default:
        return readWord(pointer);
    }
  }

  function readObject(pointer: string, depth: number): JsonObject {
    const object: JsonObject = {};
    enter(pointer, depth);
    if (text[at] === "}") return close(object);
    for (;;) {
      const start = at;
      if (text[at] !== '"') {
        fail(
          pointer,
          `expected a key in double quotes, not ${here()}`,
          text[at] === "}" ? trailingComma : undefined,
        );
      }
      const key = readString(pointer);
      const inner = child(pointer, key);
      if (Object.hasOwn(object, key)) {
        faults.push({
          offset: start,
          pointer,
          message: `the key ${show(key)} is there twice`,
          value: show(key),
        });
      }
      skipSpace();
      if (text[at] !== ":") fail(inner, `expected ":" after the key, not ${here()}`);
      at += 1;
      skipSpace();
      define(object, key, readValue(inner, start, depth));
      skipSpace();
      if (text[at] === "}") return close(object);
      if (text[at] !== ",") fail(pointer, `expected "," or "}", not ${here()}`);
      at += 1;
      skipSpace();
    }
  }

  function readArray(pointer: string, depth: number): unknown[] {
    const array: unknown[] = [];
    enter(pointer, depth);
    if (text[at] === "]") return close(array);
    for (;;) {
      if (text[at] === "]") fail(pointer, 'expected a value, not "]"', trailingComma);
      array.push(readValue(child(pointer, array.length), undefined, depth));
      skipSpace();
      if (text[at] === "]") return close(array);
      if (text[at] !== ",") fail(pointer, `expected "," or "]", not ${here()}`);
      at += 1;
      skipSpace();
    }
  }

  function enter(pointer: string, depth: number): void {
    if (depth > limits.depth) fail(pointer, `nested more than ${limits.depth} deep`);
    at += 1;
    skipSpace();
  }

  function close<T>(value: T): T {
    at += 1;
    return value;
  }

  function readString(pointer: string): string {
    const start = at;
    stringToken.lastIndex = at;
    const token = stringToken.exec(text)?.[0];
    if (token === undefined) {
      unfinishedString.lastIndex = at;
      at += unfinishedString.exec(text)?.[0].length ?? 0;
      if (text[at] === "\\") fail(pointer, `${show(text.slice(at, at + 2))} isn't an escape in JSON`);
      if (at < text.length)
        fail(pointer, `a string can't hold ${here()} as it is`, 'write an escape, such as "\\n"');
      at = start;
      fail(pointer, "the string has no closing quote");
    }
    at += token.length;
    const value: unknown = JSON.parse(token);
    return String(value);
  }

  function readWord(pointer: string): unknown {
    word.lastIndex = at;
    const token = word.exec(text)?.[0] ?? "";
    if (token === "true" || token === "false") at += token.length;
    if (token === "true") return true;
    if (token === "false") return false;
    if (token === "null") {
      at += token.length;
      return null;
    }
    if (!number.test(token)) {
      const hint = token.startsWith("/")
        ? "JSON has no comments; write the document in YAML to have them"
        : undefined;
      fail(pointer, `expected a value, not ${token === "" ? here() : show(token)}`, hint);
    }
    const value = Number(token);
    if (!Number.isFinite(value)) fail(pointer, `${show(token)} is too large for a number`);
    at += token.length;
    return value;
  }

  function skipSpace(): void {
    space.lastIndex = at;
    at += space.exec(text)?.[0].length ?? 0;
  }

  function here(): string {
    const point = text.codePointAt(at);
    return point === undefined ? "the end of the document" : show(String.fromCodePoint(point));
  }

  function fail(pointer: string, message: string, hint?: string): never {
    throw new SyntaxFault({
      offset: at,
      pointer,
      message: `not valid JSON: ${message}`,
      ...(hint && { hint }),
    });
  }
}

class SyntaxFault extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.message);
    this.fault = fault;
  }
}

const trailingComma = "remove the comma before it";

// Sticky, so that they match at the reader's place only. Each is linear: no part can match in two ways.
const space = /[ \t\n\r]*/y;
const word = /[^\s,:[\]{}"]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them inside a string.
const stringToken = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them inside a string.
const unfinishedString = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;
const number = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;
