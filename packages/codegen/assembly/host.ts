// A call of a host function, in either convention: where its argument goes, and where its reply comes from.

import { reserve } from "./arena";
import { Call, recordAddress, recordLength, setInput, setRecord } from "./call";
import { Failure } from "./failure";
import { blockLength, freeBlock, fromBlock, toBlock } from "./kernel";
import * as json from "./json-reader";
import { jsonInputFailure, jsonOutputFailure, messagePackInputFailure, messagePackOutputFailure } from "./message";
import * as messagepack from "./messagepack-reader";
import { beginOutput, Output, popOutput, pushOutput } from "./output";

/** Sends the MessagePack written since `beginOutput`. Answers what to give the import. */
export function sendMessagePack(name: string): i64 {
  if (Failure.active) throw new Error(messagePackOutputFailure(`argument of ${name}`));
  return sendOutput();
}

/** Sends the JSON written since `beginOutput`. Answers what to give the import. */
export function sendJson(name: string): i64 {
  if (Failure.active) throw new Error(jsonOutputFailure(`argument of ${name}`));
  return sendOutput();
}

/** Sends the text written since `beginOutput`. Answers what to give the import. */
export function sendOutput(): i64 {
  const from = Output.start;
  const length = Output.position - from;
  pushOutput();
  return sendRange(from, length);
}

/** Sends bytes, without a copy in a direct call. Answers what to give the import. */
export function sendBytes(value: Uint8Array): i64 {
  beginOutput();
  pushOutput();
  return sendRange(value.dataStart, value.byteLength);
}

/** Sends nothing. Answers what to give the import. */
export function sendNothing(): i64 {
  beginOutput();
  pushOutput();
  return sendRange(0, 0);
}

/** Takes what the import has returned, as the input to decode. */
export function receive(handle: i64): void {
  popOutput();
  if (Call.direct) {
    setInput(recordAddress(), recordLength());
    return;
  }
  const length = blockLength(handle);
  const address = reserve(length);
  if (!address) throw new Error("out of memory for a host function's reply");
  fromBlock(handle, length, address);
  freeBlock(handle);
  setInput(address, length);
}

/** Takes what an import that answers nothing has returned. */
export function receiveNothing(handle: i64): void {
  popOutput();
  if (!Call.direct) freeBlock(handle);
}

/** Ends the decoding of a MessagePack reply. */
export function checkMessagePack(name: string): void {
  if (!messagepack.finish()) throw new Error(messagePackInputFailure(`reply of ${name}`));
}

/** Ends the decoding of a JSON reply. */
export function checkJson(name: string): void {
  if (!json.finish()) throw new Error(jsonInputFailure(`reply of ${name}`));
}

/** Ends the decoding of a text reply. */
export function checkText(name: string): void {
  if (Failure.active) throw new Error(`reply of ${name}: ${Failure.reason}`);
}

function sendRange(from: usize, length: usize): i64 {
  if (!Call.direct) return toBlock(from, length);
  setRecord(from, length);
  return 0;
}
