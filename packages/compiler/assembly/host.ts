// Host functions of the user: imports from `extism:host/user`, reached through the table, where the builder puts them.

import { takeBlock, blockLength, toBlock } from "./blocks";
import { RECORD, depth, hostIsDirect, isDirect } from "./call";
import { busy, decodeWith, encodeWith } from "./codec";
import { fail } from "./fail";
import { deallocate } from "./memory";
import { EXCEPTION, JS_NewCFunctionData, UNDEFINED, Value } from "./quickjs";
import { ctx } from "./state";
import { buffer, length } from "./writer";

/** The table slot of the first host function. The builder sets it. */
export let firstSlot: i32 = 0;

/** Stands for no argument, or no result. */
export const NO_CODEC: i32 = -1;

/** A function that calls host function `index`. The three values are integers. */
export function newHostFunction(data: usize): Value {
  return JS_NewCFunctionData(ctx, callHost.index, 1, 0, 3, data);
}

function callHost(_: usize, __: Value, argc: i32, argv: usize, ___: i32, data: usize): Value {
  if (depth == 0) return fail("a host function can be called only while a function of the plug-in runs");
  if (busy) return fail("a host function can't be called by a getter or toJSON of a value that is being encoded");
  const argumentCodec = <i32>load<u64>(data, 8);
  const resultCodec = <i32>load<u64>(data, 16);
  let size: u32 = 0;
  if (argumentCodec != NO_CODEC) {
    if (!encodeWith(argumentCodec, argc > 0 ? load<u64>(argv) : UNDEFINED)) return EXCEPTION;
    size = length;
  }
  const slot = firstSlot + <i32>load<u64>(data);
  return isDirect && hostIsDirect ? callByRecord(slot, size, resultCodec) : callByHandle(slot, size, resultCodec);
}

function callByRecord(slot: i32, size: u32, resultCodec: i32): Value {
  store<u32>(RECORD, buffer);
  store<u32>(RECORD, size, 4);
  call_indirect<u64>(slot, <u64>0);
  if (resultCodec == NO_CODEC) return UNDEFINED;
  const at = load<u32>(RECORD);
  const replied = load<u32>(RECORD, 4);
  if (<u64>at + replied > <u64>memory.size() << 16) return fail("the host's reply lies outside of memory");
  return decodeWith(resultCodec, at, replied);
}

function callByHandle(slot: i32, size: u32, resultCodec: i32): Value {
  const handle = toBlock(buffer, size);
  if (handle == 0 && size != 0) return fail("the host has no room for the argument of a host function");
  const reply = call_indirect<u64>(slot, handle);
  if (resultCodec == NO_CODEC) return UNDEFINED;
  const at = takeBlock(reply);
  if (at == 0) return fail("out of memory");
  const value = decodeWith(resultCodec, at, blockLength);
  deallocate(at);
  return value;
}
