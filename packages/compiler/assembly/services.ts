// What the host offers to every plug-in: configuration, variables, the log, HTTP, and by WASI a clock and randomness.
// The imports of those that a plug-in doesn't use are taken out of it by the builder.

import { blockLength, takeBlock, toBlock } from "./blocks";
import { decodeWith, TEXT, BINARY } from "./codec";
import {
  config_get, get_log_level, http_headers, http_request, http_status_code, log_debug, log_error, log_info, log_trace, log_warn,
  var_get, var_set, wasi_clock_time_get, wasi_random_get,
} from "./extism";
import { depth } from "./call";
import { fail } from "./fail";
import { deallocate } from "./memory";
import {
  EXCEPTION, JS_GetUint8Array, JS_GetTypedArrayType, NULL, TYPED_ARRAY_UINT8, UNDEFINED, Value,
  isObject, newFloat, newInt,
} from "./quickjs";
import { ctx, scratch } from "./state";
import { charCount, chars, closeString, openString } from "./utf8";

export function configGet(_: usize, __: Value, argc: i32, argv: usize): Value {
  const key = argumentBlock(argc, argv, 0);
  return argumentFailed ? EXCEPTION : key == 0 ? UNDEFINED : blockValue(config_get(key), TEXT);
}

export function varGet(_: usize, __: Value, argc: i32, argv: usize): Value {
  const key = argumentBlock(argc, argv, 0);
  return argumentFailed ? EXCEPTION : key == 0 ? UNDEFINED : blockValue(var_get(key), BINARY);
}

/** A value of null or undefined deletes. Extism has no empty variables: no bytes are no variable. */
export function varSet(_: usize, __: Value, argc: i32, argv: usize): Value {
  const key = argumentBlock(argc, argv, 0);
  if (argumentFailed) return EXCEPTION;
  const value = argc > 1 ? load<u64>(argv, 8) : UNDEFINED;
  if (value == UNDEFINED || value == NULL) {
    var_set(key, 0);
    return UNDEFINED;
  }
  const block = argumentBlock(argc, argv, 1);
  if (argumentFailed) return EXCEPTION;
  var_set(key, block);
  return UNDEFINED;
}

export function logTrace(_: usize, __: Value, argc: i32, argv: usize): Value {
  const message = argumentBlock(argc, argv, 0);
  if (!argumentFailed) log_trace(message);
  return argumentFailed ? EXCEPTION : UNDEFINED;
}

export function logDebug(_: usize, __: Value, argc: i32, argv: usize): Value {
  const message = argumentBlock(argc, argv, 0);
  if (!argumentFailed) log_debug(message);
  return argumentFailed ? EXCEPTION : UNDEFINED;
}

export function logInfo(_: usize, __: Value, argc: i32, argv: usize): Value {
  const message = argumentBlock(argc, argv, 0);
  if (!argumentFailed) log_info(message);
  return argumentFailed ? EXCEPTION : UNDEFINED;
}

export function logWarn(_: usize, __: Value, argc: i32, argv: usize): Value {
  const message = argumentBlock(argc, argv, 0);
  if (!argumentFailed) log_warn(message);
  return argumentFailed ? EXCEPTION : UNDEFINED;
}

export function logError(_: usize, __: Value, argc: i32, argv: usize): Value {
  const message = argumentBlock(argc, argv, 0);
  if (!argumentFailed) log_error(message);
  return argumentFailed ? EXCEPTION : UNDEFINED;
}

/** 0 trace, 1 debug, 2 info, 3 warn, 4 error; the largest 32-bit integer when nothing is logged. */
export function logLevel(_: usize, __: Value, ___: i32, ____: usize): Value {
  return depth == 0 ? outsideOfCall() : newInt(get_log_level());
}

/** `request(description, body)`: the description is Extism's JSON; the response body comes back as bytes. */
export function httpRequest(_: usize, __: Value, argc: i32, argv: usize): Value {
  const request = argumentBlock(argc, argv, 0);
  if (argumentFailed) return EXCEPTION;
  const body = argc > 1 && load<u64>(argv, 8) != UNDEFINED && load<u64>(argv, 8) != NULL ? argumentBlock(argc, argv, 1) : 0;
  if (argumentFailed) return EXCEPTION;
  return blockValue(http_request(request, body), BINARY);
}

export function httpStatus(_: usize, __: Value, ___: i32, ____: usize): Value {
  return depth == 0 ? outsideOfCall() : newInt(http_status_code());
}

export function httpHeaders(_: usize, __: Value, ___: i32, ____: usize): Value {
  return depth == 0 ? outsideOfCall() : blockValue(http_headers(), TEXT);
}

/** Milliseconds since 1970, with a fraction. */
export function clockNow(_: usize, __: Value, ___: i32, ____: usize): Value {
  return newFloat(readClock(0));
}

/** Milliseconds since some moment, never going back. */
export function clockMonotonic(_: usize, __: Value, ___: i32, ____: usize): Value {
  return newFloat(readClock(1));
}

function readClock(clock: i32): f64 {
  store<u64>(scratch, 0);
  wasi_clock_time_get(clock, 1, scratch);
  return <f64>load<u64>(scratch) / 1e6;
}

/** Fills a Uint8Array, and answers it. */
export function randomFill(_: usize, __: Value, argc: i32, argv: usize): Value {
  const target = argc > 0 ? load<u64>(argv) : UNDEFINED;
  if (!isObject(target) || JS_GetTypedArrayType(target) != TYPED_ARRAY_UINT8) return fail("expected a Uint8Array to fill with random bytes");
  const at = JS_GetUint8Array(ctx, scratch, target);
  const size = load<u32>(scratch);
  if (size != 0 && (at == 0 || wasi_random_get(at, size) != 0)) return fail("the host gives no random bytes");
  return UNDEFINED;
}

let seed: u64 = 0;

/** Math.random. The seed comes with the first number that an instance wants, and is no part of a snapshot. */
export function randomFloat(_: usize, __: Value, ___: i32, ____: usize): Value {
  if (seed == 0) {
    wasi_random_get(scratch, 8);
    seed = load<u64>(scratch) | 1;
  }
  // xorshift64*, whose upper 53 bits become the fraction.
  seed ^= seed >> 12;
  seed ^= seed << 25;
  seed ^= seed >> 27;
  return newFloat(<f64>((seed * 0x2545f4914f6cdd1d) >> 11) / 9007199254740992.0);
}

export function forgetSeed(): void {
  seed = 0;
}

let argumentFailed: bool = false;

/** A block with an argument, text or bytes. 0 for an empty one; and for a bad one, with `argumentFailed` set. */
function argumentBlock(argc: i32, argv: usize, index: i32): u64 {
  argumentFailed = true;
  if (depth == 0) {
    outsideOfCall();
    return 0;
  }
  const value = index < argc ? load<u64>(argv + (<usize>index << 3)) : UNDEFINED;
  if (isObject(value) && JS_GetTypedArrayType(value) == TYPED_ARRAY_UINT8) {
    const from = JS_GetUint8Array(ctx, scratch, value);
    const size = load<u32>(scratch);
    if (from == 0 && size != 0) return 0;
    return checkedBlock(from, size);
  }
  if (!openString(value)) return 0;
  const at = chars;
  const block = checkedBlock(at, charCount);
  closeString(at);
  return block;
}

function checkedBlock(from: usize, size: u32): u64 {
  const block = toBlock(from, size);
  if (block == 0 && size != 0) fail("the host has no room for the data");
  else argumentFailed = false;
  return block;
}

/** A block's contents, or undefined where the host gave none. */
function blockValue(handle: u64, codec: u32): Value {
  if (handle == 0) return UNDEFINED;
  const at = takeBlock(handle);
  if (at == 0) return fail("out of memory");
  const value = decodeWith(codec, at, blockLength);
  deallocate(at);
  return value;
}

function outsideOfCall(): Value {
  return fail("the host can be asked only while a function of the plug-in runs, not while its modules are evaluated");
}
