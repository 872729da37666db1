import type { Field } from "@tenon/schema";
import { assignIdentifiers } from "../names.js";

/** The local variable of each field in a codec function, by the field's name. */
export function fieldLocals(fields: readonly Field[]): ReadonlyMap<string, string> {
  const names = fields.map((field) => field.name);
  // Whatever looks like one of the module's own functions and constants would hide it.
  const hiding = names.filter((name) => /^(read|write|print|check|KEY|FIELDS)/.test(name));
  return assignIdentifiers(names, new Set([...RESERVED, ...hiding]));
}

const RESERVED = [
  // The codec functions' own variables, and what they call.
  ...["c", "inOrder", "json", "key", "left", "o", "r", "setProperty", "size", "start", "v", "value", "w"],
  ...["Object", "Set", "Uint8Array", "undefined", "Infinity", "NaN"],
  // ECMAScript 2024, section 12.7.2, with what strict mode and modules add.
  ...["arguments", "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default"],
  ...["delete", "do", "else", "enum", "eval", "export", "extends", "false", "finally", "for", "function"],
  ...["if", "implements", "import", "in", "instanceof", "interface", "let", "new", "null", "package"],
  ...["private", "protected", "public", "return", "static", "super", "switch", "this", "throw", "true"],
  ...["try", "typeof", "var", "void", "while", "with", "yield"],
];
