import { type CST, isAlias, isMap, isScalar, isSeq, Parser, parseDocument } from "yaml";
import { define, type JsonObject } from "../json.js";
import { limits } from "../limits.js";
import { child } from "../pointer.js";
import { show } from "../wording.js";
import type { Fault, Parsed, Position } from "./parsed.js";

/**
 * Reads the part of YAML 1.2 that JSON can say, and keeps where each value lies. Aliases are refused: a document
 * shares schemas by `$ref`, and a few lines of nested aliases can stand for gigabytes.
 */
export function parseYaml(text: string): Parsed {
  const deep = findTooDeep(text);
  if (deep !== undefined) return fail(deep, tooDeep);
  const document = parseDocument(text, {
    schema: "core",
    merge: false,
    resolveKnownTags: false,
    stringKeys: true,
    // The library compares every pair of keys; `readMap` needs one look-up a key.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "error",
  });
  const broken = document.errors[0] ?? document.warnings[0];
  if (broken !== undefined) {
    const reason = broken.message.split("\n", 1)[0] ?? "";
    return fail(broken.pos[0], `not valid YAML: ${reason}`);
  }

  const positions = new Map<string, Position>();
  const faults: Fault[] = [];
  let values = 0;
  let complete = true;
  const value = readNode(document.contents, "", undefined, 0);
  return { value: complete ? value : undefined, positions, faults };

  function readNode(node: unknown, pointer: string, key: number | undefined, fallback: number): unknown {
    const offset = startOf(node) ?? fallback;
    positions.set(pointer, key === undefined ? { value: offset } : { value: offset, key });
    values += 1;
    if (values === limits.values + 1)
      faults.push({ offset, pointer, message: `more than ${limits.values} values` });
    if (values > limits.values) return null;
    if (isAlias(node)) {
      const message = `the alias ${show(node.source)} isn't supported`;
      return lose({ offset, pointer, message, hint: 'use "$ref"' });
    }
    if (isScalar(node)) return readScalar(node.value, offset, pointer);
    if (!isMap(node) && !isSeq(node)) return null;
    if (isSeq(node)) {
      return node.items.map((item, i) => readNode(item, child(pointer, i), undefined, offset));
    }
    const object: JsonObject = {};
    for (const pair of node.items) {
      const name = isScalar(pair.key) ? String(pair.key.value) : "";
      const start = startOf(pair.key) ?? offset;
      if (Object.hasOwn(object, name)) {
        faults.push({
          offset: start,
          pointer,
          message: `the key ${show(name)} is there twice`,
          value: show(name),
        });
      }
      define(object, name, readNode(pair.value, child(pointer, name), start, start));
    }
    return object;
  }

  function readScalar(value: unknown, offset: number, pointer: string): unknown {
    if (value === null || typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    return lose({ offset, pointer, message: `${show(value)} has no form in JSON`, value: show(value) });
  }

  /** Reports what can't be read. With a hole in it the document would raise problems that its author doesn't have. */
  function lose(fault: Fault): null {
    faults.push(fault);
    complete = false;
    return null;
  }
}

const tooDeep = `nested more than ${limits.depth} deep`;

/**
 * Finds the first collection that is nested too deep. The library composes nodes recursively, and a stack that
 * overflows inside a regular expression ends the process, so this has to come first. Its parser doesn't recurse.
 */
function findTooDeep(text: string): number | undefined {
  let found: number | undefined;
  const stack: { readonly token: CST.Token | null | undefined; readonly depth: number }[] = [];
  for (const token of new Parser().parse(text)) {
    stack.push({ token: token.type === "document" ? token.value : token, depth: 1 });
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const { token, depth } = top;
      if (token === null || token === undefined || !("items" in token)) continue;
      if (depth > limits.depth) {
        found = Math.min(found ?? token.offset, token.offset);
        continue;
      }
      for (const { key, value } of token.items) {
        stack.push({ token: key, depth: depth + 1 }, { token: value, depth: depth + 1 });
      }
    }
  }
  return found;
}

function fail(offset: number, message: string): Parsed {
  return { value: undefined, positions: new Map(), faults: [{ offset, pointer: "", message }] };
}

/** Every node of parsed text has a range; an absent value (`key:` and nothing else) may have no node. */
function startOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range?.[0] : undefined;
}
