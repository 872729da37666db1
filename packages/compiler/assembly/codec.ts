// A codec is a number: an encoding, and for JSON and MessagePack the shape of the values. The numbers 0 to 3 are the
// encodings alone; a larger one is the address of { format, node }, which stays for the life of the instance.

import { decode } from "./decode";
import { encode } from "./encode";
import { fail, failType } from "./fail";
import { allocate } from "./memory";
import {
  JS_GetTypedArrayType, JS_GetUint8Array, JS_NewStringLen, JS_NewUint8ArrayCopy, NULL, TYPED_ARRAY_UINT8, Value,
  isObject, isString, newInt,
} from "./quickjs";
import { ANY_NODE } from "./shape";
import { MESSAGEPACK } from "./source";
import { ctx, scratch } from "./state";
import { newText } from "./text";
import { charCount, chars, closeString, openString, writeUtf8 } from "./utf8";
import { beginWriting, writeBytes } from "./writer";

export const TEXT: u32 = 0;
export const BINARY: u32 = 1;

/** Set while a value is encoded, which can run code of the plug-in. */
export let busy: bool = false;

/** Makes the codec for a format and a compiled shape. */
export function newCodec(format: u32, node: usize): Value {
  const codec = allocate(8);
  store<u32>(codec, format);
  store<u32>(codec, node, 4);
  return newInt(<i32>codec);
}

export function decodeWith(codec: u32, at: usize, length: u32): Value {
  if (codec == TEXT) return JS_NewStringLen(ctx, at, length);
  if (codec == BINARY) return JS_NewUint8ArrayCopy(ctx, at, length);
  if (codec <= MESSAGEPACK) return decode(codec, ANY_NODE, at, length);
  return decode(load<u32>(codec), load<u32>(codec, 4), at, length);
}

/** Encodes into the writer's buffer; false when an exception was thrown. */
export function encodeWith(codec: u32, value: Value): bool {
  busy = true;
  const done = codec == TEXT ? encodeText(value)
    : codec == BINARY ? encodeBinary(value)
    : codec <= MESSAGEPACK ? encode(codec, ANY_NODE, value)
    : encode(load<u32>(codec), load<u32>(codec, 4), value);
  busy = false;
  return done;
}

function encodeText(value: Value): bool {
  beginWriting();
  if (!isString(value)) return refuse("a string");
  if (!openString(value)) return false;
  const at = chars;
  const done = writeUtf8(at, charCount);
  closeString(at);
  return done || outOfRoom();
}

function encodeBinary(value: Value): bool {
  beginWriting();
  if (!isObject(value) || JS_GetTypedArrayType(value) != TYPED_ARRAY_UINT8) return refuse("a Uint8Array");
  const from = JS_GetUint8Array(ctx, scratch, value);
  const length = load<u32>(scratch);
  if (from == 0 && length != 0) return false;
  return writeBytes(from, length) || outOfRoom();
}

function refuse(expected: string): bool {
  failType(newText(expected), newText("another value"), NULL);
  return false;
}

function outOfRoom(): bool {
  fail("out of memory");
  return false;
}
