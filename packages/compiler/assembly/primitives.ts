// What `tenon:host` offers for a call's own input and output, and what the prelude needs to compile shapes.

import { adoptOutput, depth, input, inputLength } from "./call";
import { busy, decodeWith, encodeWith, newCodec, TEXT } from "./codec";
import { fail, failData } from "./fail";
import { newHostFunction } from "./host";
import { allocate, deallocate } from "./memory";
import { packStringHeader } from "./pack";
import {
  EXCEPTION, JS_Call, JS_NewAtomLen, JS_NewCFunctionData, JS_ToString, NULL, UNDEFINED, Value, isException, newInt, release, retain,
} from "./quickjs";
import * as shape from "./shape";
import { ctx } from "./state";
import { charCount, chars, closeString, openString, writeJsonString } from "./utf8";
import { beginWriting, buffer, length, writeByte, writeBytes } from "./writer";

/** `read(codec)`: the input of the current call. */
export function read(_: usize, __: Value, ___: i32, argv: usize): Value {
  if (depth == 0) return outsideOfCall();
  if (busy) return reentered();
  const at = input();
  return decodeWith(<u32>load<u64>(argv), at, inputLength());
}

/** `write(codec, value)`: makes the value the output of the current call. */
export function write(_: usize, __: Value, ___: i32, argv: usize): Value {
  return put(<u32>load<u64>(argv), load<u64>(argv, 8), false);
}

/** `fail(value, codec)`: makes the value, or without a codec the text, the error of the current call, which has then failed. */
export function failCall(_: usize, __: Value, ___: i32, argv: usize): Value {
  const codec = load<u64>(argv, 8);
  return put(codec == UNDEFINED ? TEXT : <u32>codec, load<u64>(argv), true);
}

function put(codec: u32, value: Value, isError: bool): Value {
  if (depth == 0) return outsideOfCall();
  if (busy) return reentered();
  if (!encodeWith(codec, value)) return EXCEPTION;
  adoptOutput(isError);
  return UNDEFINED;
}

function outsideOfCall(): Value {
  return fail("there is no call: input and output exist only while a function of the plug-in runs");
}

function reentered(): Value {
  return fail("a getter or toJSON of a value that is being encoded can't read or write");
}

// For the prelude. Its arguments are right.

/** `node(kind)` */
export function makeNode(_: usize, __: Value, ___: i32, argv: usize): Value {
  const node = allocate(8);
  store<u32>(node, argument(argv, 0));
  store<u32>(node, 0, 4);
  return newInt(<i32>node);
}

/** `setChild(node, child)` */
export function setChild(_: usize, __: Value, ___: i32, argv: usize): Value {
  store<u32>(argument(argv, 0), argument(argv, 1), 4);
  return UNDEFINED;
}

/** `record(count, closed)` */
export function makeRecord(_: usize, __: Value, ___: i32, argv: usize): Value {
  const count = argument(argv, 0);
  const node = allocate(shape.recordBytes(count));
  memory.fill(node, 0, shape.recordBytes(count));
  store<u32>(node, shape.RECORD);
  store<u32>(node, count, 4);
  store<u32>(node, argument(argv, 1), 8);
  return newInt(<i32>node);
}

/** `setField(record, index, name, optional, node)` */
export function setField(_: usize, __: Value, ___: i32, argv: usize): Value {
  if (!openString(load<u64>(argv, 16))) return EXCEPTION;
  const name = chars;
  const size = charCount;
  beginWriting();
  packStringHeader(size);
  const header = length;
  writeBytes(name, size);
  const packed = copyOfBuffer();
  beginWriting();
  writeJsonString(name, size);
  writeByte(0x3a);
  shape.setField(
    shape.fieldAt(argument(argv, 0), argument(argv, 1)), JS_NewAtomLen(ctx, name, size), argument(argv, 3) != 0,
    argument(argv, 4), packed + header, size, copyOfBuffer(), length, header,
  );
  closeString(name);
  return UNDEFINED;
}

/** `enumeration(count)` */
export function makeEnum(_: usize, __: Value, ___: i32, argv: usize): Value {
  const count = argument(argv, 0);
  const node = allocate(shape.enumBytes(count));
  memory.fill(node, 0, shape.enumBytes(count));
  store<u32>(node, shape.ENUM);
  store<u32>(node, count, 4);
  return newInt(<i32>node);
}

/** `setOption(node, index, text)` */
export function setOption(_: usize, __: Value, ___: i32, argv: usize): Value {
  const text = load<u64>(argv, 16);
  if (!openString(text)) return EXCEPTION;
  const at = chars;
  beginWriting();
  writeBytes(at, charCount);
  const option = shape.optionAt(argument(argv, 0), argument(argv, 1));
  store<u32>(option, copyOfBuffer());
  store<u32>(option, length, 4);
  store<u64>(option, retain(ctx, text), 8);
  closeString(at);
  return UNDEFINED;
}

/** `makeCodec(format, node)` */
export function makeCodec(_: usize, __: Value, ___: i32, argv: usize): Value {
  return newCodec(argument(argv, 0), argument(argv, 1));
}

/** `makeHost(index, argumentCodec, resultCodec)` */
export function makeHost(_: usize, __: Value, ___: i32, argv: usize): Value {
  return newHostFunction(argv);
}

/** Integers and booleans alike have their value in the lower half. */
// @ts-ignore: decorator
@inline
function argument(argv: usize, index: usize): u32 {
  return <u32>load<u64>(argv + (index << 3));
}

/** The most levels that JSON.parse goes down. Its recursion takes little of the engine's stack, and much of the host's. */
const DEEPEST_JSON: i32 = 2000;

/** `JSON.parse(text, reviver)`, but for text that is nested too deep. The original comes first. */
export function parseJson(_: usize, __: Value, ___: i32, argv: usize, ____: i32, data: usize): Value {
  const text = JS_ToString(ctx, load<u64>(argv));
  if (isException(text)) return text;
  if (!openString(text)) {
    release(ctx, text);
    return EXCEPTION;
  }
  const at = chars;
  const deep = isDeeper(at, charCount, DEEPEST_JSON);
  closeString(at);
  if (deep) {
    release(ctx, text);
    return failData("the JSON text is nested deeper than 2000 levels", NULL);
  }
  const args = allocate(16);
  store<u64>(args, text);
  store<u64>(args, load<u64>(argv, 8), 8);
  const value = JS_Call(ctx, load<u64>(data), UNDEFINED, 2, args);
  deallocate(args);
  release(ctx, text);
  return value;
}

/** Counts brackets outside of strings. */
function isDeeper(at: usize, length: u32, most: i32): bool {
  let depth = 0;
  for (let i: u32 = 0; i < length; i++) {
    const c = <u32>load<u8>(at + i);
    if (c == 0x22) {
      while (++i < length && load<u8>(at + i) != 0x22) if (load<u8>(at + i) == 0x5c) i++;
    } else if (c == 0x5b || c == 0x7b) {
      if (++depth > most) return true;
    } else if (c == 0x5d || c == 0x7d) depth--;
  }
  return false;
}

/** `guardParse(original)` */
export function guardParse(_: usize, __: Value, ___: i32, argv: usize): Value {
  return JS_NewCFunctionData(ctx, parseJson.index, 2, 0, 1, argv);
}

function copyOfBuffer(): usize {
  const copy = allocate(max<u32>(length, 1));
  memory.copy(copy, buffer, length);
  return copy;
}
