// A call of an export, in either convention. Calls can nest: a host function may call the plug-in again.

import { toBlock } from "./blocks";
import { error_set, input_length, input_load_u64, input_load_u8, output_set } from "./extism";
import { allocate, deallocate } from "./memory";
import {
  JS_Call, JS_ExecutePendingJob, JS_GetException, JS_PromiseMarkAsHandled, JS_PromiseResult, JS_PromiseState, JS_Throw,
  PROMISE_PENDING, PROMISE_REJECTED, UNDEFINED, Value, isException, isObject, release,
} from "./quickjs";
import { addUncaught, clearRejections, takeRejection } from "./rejections";
import { ctx, outOfMemory, rt, scratch, setOutOfMemory } from "./state";
import { keepUntilReleased, releaseReserved } from "./reserve";
import { charCount, chars, closeString, openString } from "./utf8";
import { bufferCapacity, buffer, exchangeBuffer, length } from "./writer";
import { writeAscii } from "./text";

// What an export returns. 0 is success.
const THROWN: i32 = 1;
const STACK_OVERFLOW: i32 = 2;
const OUT_OF_MEMORY: i32 = 3;
const NEVER_SETTLES: i32 = 4;
const UNHANDLED_REJECTION: i32 = 5;

/** `{ address: u32, length: u32 }`: docs/abi.md, section 2. */
export const RECORD: usize = memory.data(8, 4);
/** Room for a message when there is no other room. */
const LAST_WORDS: usize = memory.data(64);

export let depth: i32 = 0;
export let isDirect: bool = false;
/** Whether the host lets host functions use the record (docs/abi.md, section 2.2). */
export let hostIsDirect: bool = false;

let inputAt: usize = 0;
let inputSize: u32 = 0;
let inputLoaded: bool = false;
let inputOwned: bool = false;

let outputAt: usize = 0;
let outputSize: u32 = 0;
let outputCapacity: u32 = 0;
let failed: bool = false;

let functions: usize = 0;
let describe: Value = UNDEFINED;

export function setFunctions(at: usize): void {
  functions = at;
}

export function setDescriber(callback: Value): void {
  describe = callback;
}

export function setHostIsDirect(on: bool): void {
  hostIsDirect = on;
}

/** `<name>() -> i32`: the standard convention. */
export function callKernel(index: i32): i32 {
  const saved = enter(false, 0, 0, false);
  const code = run(index);
  if (code != 0) error_set(toBlock(outputAt, outputSize));
  // No output is none: to Extism's JavaScript SDK, the handle 0 is a block of one byte.
  else if (outputSize > 0) output_set(toBlock(outputAt, outputSize), outputSize);
  leave(saved);
  return code;
}

/** `tenon_call_<name>(address, length) -> i32`: the direct convention. */
export function callDirect(index: i32, at: usize, size: u32): i32 {
  const saved = enter(true, at, size, true);
  const code = run(index);
  store<u32>(RECORD, outputAt);
  store<u32>(RECORD, outputSize, 4);
  leave(saved);
  return code;
}

/** The input of the current call; its length is {@link inputLength}. */
export function input(): usize {
  if (!inputLoaded) loadInput();
  return inputAt;
}

export function inputLength(): u32 {
  return inputSize;
}

/** Makes what the writer holds the output, or the error, of the current call. */
export function adoptOutput(isError: bool): void {
  const at = buffer;
  const size = length;
  const capacity = bufferCapacity();
  exchangeBuffer(outputAt, outputCapacity);
  outputAt = at;
  outputSize = size;
  outputCapacity = capacity;
  failed = isError;
}

function run(index: i32): i32 {
  setOutOfMemory(false);
  outputSize = 0;
  failed = false;
  const result = JS_Call(ctx, load<u64>(functions + (<usize>index << 3)), UNDEFINED, 0, 0);
  const settled = finish(result);
  if (settled != 0) return settled;
  return failed ? THROWN : 0;
}

export function outputAddress(): usize {
  return outputAt;
}

export function outputLength(): u32 {
  return outputSize;
}

/** Runs the job queue to its end, and sees what became of the result. */
function finish(result: Value): i32 {
  const isPending = !isException(result);
  const code = isPending ? 0 : reportException();
  runJobs();
  if (!isPending) {
    clearRejections();
    return code;
  }
  const state = isObject(result) ? JS_PromiseState(ctx, result) : -1;
  if (state == PROMISE_REJECTED) {
    JS_PromiseMarkAsHandled(ctx, result);
    clearRejections();
    JS_Throw(ctx, JS_PromiseResult(ctx, result));
    release(ctx, result);
    return reportException();
  }
  release(ctx, result);
  if (takeRejection()) return reportAs(UNHANDLED_REJECTION);
  if (state == PROMISE_PENDING) {
    JS_Throw(ctx, UNDEFINED);
    return reportAs(NEVER_SETTLES);
  }
  return 0;
}

export function runJobs(): void {
  for (;;) {
    const ran = JS_ExecutePendingJob(rt, scratch);
    if (ran == 0) return;
    if (ran < 0) addUncaught(JS_GetException(ctx));
  }
}

function reportException(): i32 {
  return reportAs(outOfMemory ? OUT_OF_MEMORY : THROWN);
}

/** Makes the pending exception the output, as text, and answers the code that fits it. */
export function reportAs(code: i32): i32 {
  const error = JS_GetException(ctx);
  outputSize = 0;
  const found = describeError(error, code);
  release(ctx, error);
  return found;
}

function describeError(error: Value, code: i32): i32 {
  const argv = allocate(16);
  if (argv == 0) return lastWords();
  store<u64>(argv, error);
  store<u64>(argv, <u64>code, 8);
  const text = JS_Call(ctx, describe, UNDEFINED, 2, argv);
  deallocate(argv);
  if (isException(text)) {
    release(ctx, JS_GetException(ctx));
    return lastWords();
  }
  if (!openString(text)) {
    release(ctx, JS_GetException(ctx));
    release(ctx, text);
    return lastWords();
  }
  // The first character is the code, the rest the text: one string is simpler to bring over than an object.
  const at = chars;
  const found = <i32>load<u8>(at) - 0x30;
  const size = charCount - 1;
  if (outputCapacity < size) {
    deallocate(outputAt);
    outputAt = allocate(size);
    outputCapacity = outputAt == 0 ? 0 : size;
  }
  if (outputAt != 0) {
    memory.copy(outputAt, at + 1, size);
    outputSize = size;
  }
  closeString(at);
  release(ctx, text);
  return outputAt == 0 ? lastWords() : found;
}

function lastWords(): i32 {
  // The output's own buffer is left alone: it may be gone, or be too small.
  deallocate(outputAt);
  outputCapacity = 0;
  outputAt = LAST_WORDS;
  outputSize = writeAscii(LAST_WORDS, "InternalError: out of memory", 64);
  lastWordsOut = true;
  return OUT_OF_MEMORY;
}

let lastWordsOut: bool = false;

function loadInput(): void {
  inputLoaded = true;
  const size = input_length();
  if (size == 0 || size > <u64>i32.MAX_VALUE) return;
  const at = allocate(<usize>size);
  if (at == 0) return;
  const count = <u32>size;
  let i: u32 = 0;
  for (; i + 8 <= count; i += 8) store<u64>(at + i, input_load_u64(i));
  for (; i < count; i++) store<u8>(at + i, input_load_u8(i));
  inputAt = at;
  inputSize = count;
  inputOwned = true;
}

// The state of a call that is interrupted by another one is kept in a block of its own.

const SAVED_BYTES: usize = 32;

function enter(direct: bool, at: usize, size: u32, loaded: bool): usize {
  if (lastWordsOut) {
    outputAt = 0;
    lastWordsOut = false;
  }
  let saved: usize = 0;
  if (depth > 0) {
    saved = allocate(SAVED_BYTES);
    if (saved == 0) unreachable();
    store<u32>(saved, inputAt);
    store<u32>(saved, inputSize, 4);
    store<u32>(saved, (inputLoaded ? 1 : 0) | (inputOwned ? 2 : 0) | (isDirect ? 4 : 0) | (failed ? 8 : 0), 8);
    store<u32>(saved, outputAt, 12);
    store<u32>(saved, outputSize, 16);
    store<u32>(saved, outputCapacity, 20);
    outputAt = 0;
    outputCapacity = 0;
  }
  depth++;
  isDirect = direct;
  inputAt = at;
  inputSize = size;
  inputLoaded = loaded;
  inputOwned = false;
  return saved;
}

function leave(saved: usize): void {
  if (inputOwned) deallocate(inputAt);
  inputOwned = false;
  depth--;
  if (saved == 0) {
    releaseReserved();
    return;
  }
  // The host reads an inner call's output after this, so that it can't go yet.
  if (lastWordsOut) lastWordsOut = false;
  else keepUntilReleased(outputAt);
  const flags = load<u32>(saved, 8);
  inputAt = load<u32>(saved);
  inputSize = load<u32>(saved, 4);
  inputLoaded = (flags & 1) != 0;
  inputOwned = (flags & 2) != 0;
  isDirect = (flags & 4) != 0;
  failed = (flags & 8) != 0;
  outputAt = load<u32>(saved, 12);
  outputSize = load<u32>(saved, 16);
  outputCapacity = load<u32>(saved, 20);
  deallocate(saved);
}
