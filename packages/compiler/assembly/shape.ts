// The compiled form of a type: what the codec walks. A node is a run of 32-bit words on the heap, the kind first.

import { Atom, Value } from "./quickjs";

export const ANY: u32 = 0;
export const STRING: u32 = 1;
export const BOOL: u32 = 2;
export const INTEGER: u32 = 3;
export const INT8: u32 = 4;
export const INT16: u32 = 5;
export const INT32: u32 = 6;
export const UINT8: u32 = 7;
export const UINT16: u32 = 8;
export const UINT32: u32 = 9;
export const INT64: u32 = 10;
export const UINT64: u32 = 11;
export const FLOAT32: u32 = 12;
export const FLOAT64: u32 = 13;
export const BINARY: u32 = 14;
export const DATE_TIME: u32 = 15;
/** Words: kind, child. */
export const LIST: u32 = 16;
export const MAP: u32 = 17;
export const NULLABLE: u32 = 18;
/** Words: kind, count, closed, and the fields. */
export const RECORD: u32 = 19;
/** Words: kind, count, and the options. */
export const ENUM: u32 = 20;

/** A node of kind ANY, where no shape was given. Static memory begins as zero. */
export const ANY_NODE: usize = memory.data(4);

/** Words of a field: atom, optional, node, UTF-8 and its length, JSON key and its length, MessagePack header length. */
const FIELD_BYTES: usize = 32;
const FIELDS_AT: usize = 12;
/** Words of an option: UTF-8 and its length, the string as a value (two words). */
const OPTION_BYTES: usize = 16;
const OPTIONS_AT: usize = 8;

export function kindOf(node: usize): u32 {
  return load<u32>(node);
}

export function childOf(node: usize): usize {
  return load<u32>(node, 4);
}

export function countOf(node: usize): u32 {
  return load<u32>(node, 4);
}

export function isClosed(record: usize): bool {
  return load<u32>(record, 8) != 0;
}

export function recordBytes(count: u32): usize {
  return FIELDS_AT + <usize>count * FIELD_BYTES;
}

export function fieldAt(record: usize, index: u32): usize {
  return record + FIELDS_AT + <usize>index * FIELD_BYTES;
}

export function fieldAtom(field: usize): Atom {
  return load<u32>(field);
}

export function isOptional(field: usize): bool {
  return load<u32>(field, 4) != 0;
}

export function fieldNode(field: usize): usize {
  return load<u32>(field, 8);
}

/** The name in UTF-8, behind its MessagePack header. */
export function fieldName(field: usize): usize {
  return load<u32>(field, 12);
}

export function fieldNameLength(field: usize): u32 {
  return load<u32>(field, 16);
}

/** `"name":`, escaped. */
export function fieldJson(field: usize): usize {
  return load<u32>(field, 20);
}

export function fieldJsonLength(field: usize): u32 {
  return load<u32>(field, 24);
}

export function fieldHeaderLength(field: usize): u32 {
  return load<u32>(field, 28);
}

export function setField(
  field: usize, atom: Atom, optional: bool, node: usize,
  name: usize, nameLength: u32, json: usize, jsonLength: u32, headerLength: u32,
): void {
  store<u32>(field, atom);
  store<u32>(field, optional ? 1 : 0, 4);
  store<u32>(field, node, 8);
  store<u32>(field, name, 12);
  store<u32>(field, nameLength, 16);
  store<u32>(field, json, 20);
  store<u32>(field, jsonLength, 24);
  store<u32>(field, headerLength, 28);
}

export function enumBytes(count: u32): usize {
  return OPTIONS_AT + <usize>count * OPTION_BYTES;
}

export function optionAt(node: usize, index: u32): usize {
  return node + OPTIONS_AT + <usize>index * OPTION_BYTES;
}

export function optionText(option: usize): usize {
  return load<u32>(option);
}

export function optionLength(option: usize): u32 {
  return load<u32>(option, 4);
}

export function optionValue(option: usize): Value {
  return load<u64>(option, 8);
}

/** What a message says was expected where this node stands. */
export function expectedName(node: usize): string {
  switch (kindOf(node)) {
    case STRING: return "string";
    case BOOL: return "boolean";
    case INTEGER: return "integer";
    case INT8: return "int8";
    case INT16: return "int16";
    case INT32: return "int32";
    case UINT8: return "uint8";
    case UINT16: return "uint16";
    case UINT32: return "uint32";
    case INT64: return "int64";
    case UINT64: return "uint64";
    case FLOAT32: return "float32";
    case FLOAT64: return "float64";
    case BINARY: return "binary";
    case DATE_TIME: return "date-time";
    case LIST: return "array";
    case MAP:
    case RECORD: return "object";
    case ENUM: return "one of the enum's values";
    case NULLABLE: return expectedName(childOf(node));
    default: return "a value";
  }
}
