// One call of an export, in either convention: where its input comes from, and where its output goes.

import { bufferAround, reserve, retire, rewindIfStale } from "./arena";
import { Runtime } from "shared/runtime";
import { collectBetweenCalls } from "./heap";
import { Failure } from "./failure";
import { Input } from "./input";
import { inputLength, loadInput, setError, setOutput } from "./kernel";
import { beginOutput, Output } from "./output";
import { decodeText, writeText } from "./text";

/** The calls that are running. */
export class Call {
  /** Calls within calls: a host function may call the plug-in again. */
  static depth: i32 = 0;
  /** The innermost call is a direct one, and its host functions use the result record too. */
  static direct: bool = false;
  /** The host has said `tenon_direct(1)`. */
  static mayImportDirectly: bool = false;
}

// The result record: { address: u32, length: u32 }.
const record = memory.data(8, 4);

// Arrays that the result record points into, until the next call.
let kept: Uint8Array | null = null;

/** The exports that every plug-in has beside its own. */
export function tenon_abi(): i32 {
  return 1;
}

export function tenon_reserve(length: i32): i32 {
  return <i32>reserve(<usize>length);
}

export function tenon_result(): i32 {
  return <i32>record;
}

export function tenon_direct(on: i32): void {
  Call.mayImportDirectly = on != 0;
}

/** Begins a direct call, with the input in memory. Answers what {@link leaveDirect} needs. */
// @ts-ignore: decorator
@inline
export function enterDirect(address: i32, length: i32): bool {
  const outer = Call.direct;
  Call.direct = Call.mayImportDirectly;
  if (!Call.depth++) rewindIfStale();
  setInput(<usize>address, <usize>length);
  return outer;
}

/** Ends a direct call. */
// @ts-ignore: decorator
@inline
export function leaveDirect(status: i32, outer: bool): i32 {
  Call.direct = outer;
  if (!--Call.depth) {
    retire();
    if (ASC_RUNTIME == Runtime.Minimal) {
      // With the compiler's own functions nothing would ever be collected. Defined by `--use TENON_HEAP=1`.
      // @ts-ignore: defined by the compiler's option
      if (!isDefined(TENON_HEAP)) ERROR("--runtime minimal needs Tenon's heap: see compilerArguments");
      collectBetweenCalls();
    }
  }
  return status;
}

/** Begins a kernel call, and copies its input to memory. Answers what {@link leaveKernel} needs. */
export function enterKernel(): bool {
  const outer = Call.direct;
  Call.direct = false;
  if (!Call.depth++) rewindIfStale();
  const length = inputLength();
  const address = reserve(length);
  if (!address) throw new Error("out of memory for the input");
  loadInput(length, address);
  setInput(address, length);
  return outer;
}

/** Ends a kernel call: what the result record names goes to the host. */
export function leaveKernel(status: i32, outer: bool): i32 {
  const from = load<usize>(record);
  const length = load<usize>(record, 4);
  if (status) setError(from, length);
  else setOutput(from, length);
  return leaveDirect(status, outer);
}

/** Makes these bytes the ones that readers read. */
// @ts-ignore: decorator
@inline
export function setInput(address: usize, length: usize): void {
  Input.start = address;
  Input.end = address + length;
  Input.position = address;
  Input.depth = 0;
  Failure.active = false;
}

/** Puts a range into the result record. */
// @ts-ignore: decorator
@inline
export function setRecord(address: usize, length: usize): void {
  store<usize>(record, address);
  store<usize>(record, length, 4);
}

export function recordAddress(): usize {
  return load<usize>(record);
}

export function recordLength(): usize {
  return load<usize>(record, 4);
}

/** The whole input as text. */
export function textInput(): string {
  const result = decodeText(Input.start, Input.end - Input.start);
  if (result !== null) return result;
  Failure.active = true;
  Failure.address = Input.start;
  Failure.reason = "not valid UTF-8";
  Failure.mismatch = false;
  return "";
}

/** The whole input as bytes, without a copy: the array is a view that is good until the outermost call returns. */
export function binaryInput(): Uint8Array {
  const length = Input.end - Input.start;
  const buffer = length ? bufferAround(Input.start, length) : null;
  if (buffer === null) {
    const copy = new Uint8Array(<i32>length);
    memory.copy(copy.dataStart, Input.start, length);
    return copy;
  }
  const view = __new(offsetof<Uint8Array>(), idof<Uint8Array>());
  store<usize>(view, changetype<usize>(buffer), offsetof<Uint8Array>("buffer"));
  store<usize>(view, Input.start, offsetof<Uint8Array>("dataStart"));
  store<i32>(view, <i32>length, offsetof<Uint8Array>("byteLength"));
  return changetype<Uint8Array>(view);
}

/** Ends a call that returns what has been written since {@link beginOutput}. */
// @ts-ignore: decorator
@inline
export function succeed(): i32 {
  setRecord(Output.start, Output.position - Output.start);
  return 0;
}

/** Ends a call that returns nothing. */
export function succeedWithNothing(): i32 {
  setRecord(0, 0);
  return 0;
}

/** Ends a call that returns text. */
export function succeedWithText(value: string): i32 {
  beginOutput();
  writeText(value);
  return succeed();
}

/** Ends a call that returns bytes, without a copy. */
export function succeedWithBytes(value: Uint8Array): i32 {
  kept = value;
  setRecord(value.dataStart, value.byteLength);
  return 0;
}

/** Ends a call that fails with the text that has been written since {@link beginOutput}. */
export function failWithOutput(): i32 {
  succeed();
  return 1;
}

/** Ends a call that fails with a message. */
export function failWith(message: string): i32 {
  succeedWithText(message);
  return 1;
}
