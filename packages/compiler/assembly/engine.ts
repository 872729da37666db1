// The glue's exports. Those that begin with `build_` serve the builder, and are gone from the finished plug-in.

import { callDirect, callKernel, outputAddress, outputLength, RECORD, reportAs, runJobs, setDescriber, setFunctions, setHostIsDirect } from "./call";
import { error_set } from "./extism";
import { toBlock } from "./blocks";
import { fail, setRaiser } from "./fail";
import { allocate, allocatorFunctions, cleanPools, deallocate } from "./memory";
import { declareModules, defineNatives } from "./modules";
import {
  _initialize, EVAL_COMPILE_ONLY, EVAL_MODULE, JS_AddIntrinsicDOMException, JS_Call, JS_Eval, JS_EvalFunction, JS_GetModuleNamespace, JS_GetProperty,
  JS_GetPropertyStr, JS_GetPropertyUint32, JS_NewContext, JS_NewObject, JS_NewRuntime2, JS_NewStringLen, JS_PromiseMarkAsHandled, JS_PromiseResult, JS_PromiseState,
  JS_ReadObject, JS_ResolveModule, JS_RunGC, JS_SetGCThreshold, JS_SetMaxStackSize, JS_Throw, JS_ToInt32, JS_WriteObject, PROMISE_PENDING, PROMISE_REJECTED,
  READ_BYTECODE, UNDEFINED, Value, WRITE_BYTECODE_WITHOUT_SOURCE, isException, newInt, release, retain,
} from "./quickjs";
import { reserveBlock } from "./reserve";
import { clearRejections, takeRejection, trackRejections } from "./rejections";
import { forgetSeed } from "./services";
import { ctx, rt, scratch, setBuilding, setRuntime, setScratch } from "./state";
import { cstring, writeAscii } from "./text";
import { charCount, chars, closeString, openString } from "./utf8";

export { firstSlot as host_slot } from "./host";
export { clock_time_get, fd_close, fd_fdstat_get, fd_seek, fd_write, host_call, host_get_timezone_offset, host_interrupt, host_module_load, host_module_normalize, host_promise_rejection, random_get } from "./system";

/**
 * How much of the engine's own stack, of one megabyte, its code may take. What sets the bound is the other stack, the
 * host's: recursion takes up to five times as much there, V8 gives a main thread 984 KiB, and Wasmtime half of that.
 * An overflow of the host's stack is a trap; one of this is an error that says so.
 */
const STACK_BYTES: usize = 160 * 1024;
const GC_THRESHOLD: usize = 1024 * 1024;

// docs/abi.md

export function call_kernel(index: i32): i32 {
  return callKernel(index);
}

export function call_direct(address: usize, length: u32, index: i32): i32 {
  return callDirect(index, address, length);
}

export function tenon_abi(): i32 {
  return 1;
}

export function tenon_reserve(length: u32): usize {
  return reserveBlock(length);
}

export function tenon_result(): usize {
  return RECORD;
}

export function tenon_direct(on: i32): void {
  setHostIsDirect(on != 0);
}

/** What the builder calls in the place of an import that it took out because nothing seemed to need it. */
export function missing(what: i32): void {
  const at = allocate(128);
  const size = writeAscii(at, what == 0
    ? "the plug-in reads the clock, but was built without one: set the option clock to true"
    : "the plug-in wants random numbers, but was built without them: set the option random to true", 128);
  error_set(toBlock(at, size));
  unreachable();
}

/** Stands in for the parser in a plug-in that has none: the builder links it where QuickJS looks for one. */
export function without_eval(_: usize, __: Value, ___: usize, ____: usize, _____: usize, ______: i32, _______: i32, ________: i32): Value {
  return fail("this plug-in was built without eval and new Function: set the option eval to true");
}

// For the builder. What these answer in text or bytes is where the result record says.

/** Starts the engine. */
export function build_start(): void {
  _initialize();
  setScratch(allocate(16));
  const functions = allocate(20);
  const runtime = JS_NewRuntime2(allocatorFunctions(functions), 0);
  deallocate(functions);
  setRuntime(runtime, JS_NewContext(runtime));
  JS_AddIntrinsicDOMException(ctx);
  JS_SetMaxStackSize(rt, STACK_BYTES);
  JS_SetGCThreshold(rt, GC_THRESHOLD);
  trackRejections();
}

/** Sets how much stack the plug-in's code may take. */
export function build_limit_stack(bytes: usize): void {
  JS_SetMaxStackSize(rt, bytes);
}

/** Evaluates the prelude, in bytecode, and hands it what it builds on. */
export function build_prelude(bytes: usize, length: u32): i32 {
  const script = JS_ReadObject(ctx, bytes, length, READ_BYTECODE);
  if (isException(script)) return 1;
  const make = JS_EvalFunction(ctx, script);
  if (isException(make)) return 1;
  const argv = allocate(8);
  store<u64>(argv, JS_NewObject(ctx));
  defineNatives(load<u64>(argv));
  const tools = JS_Call(ctx, make, UNDEFINED, 1, argv);
  release(ctx, load<u64>(argv));
  release(ctx, make);
  deallocate(argv);
  if (isException(tools)) return 1;
  setRaiser(JS_GetPropertyStr(ctx, tools, cstring("raise")));
  setDescriber(JS_GetPropertyStr(ctx, tools, cstring("describe")));
  build = JS_GetPropertyStr(ctx, tools, cstring("build"));
  declareModules(tools);
  JS_RunGC(rt);
  return 0;
}

let build: Value = UNDEFINED;
let namespace: Value = UNDEFINED;

export function build_alloc(length: usize): usize {
  return allocate(length);
}

export function build_free(pointer: usize): void {
  deallocate(pointer);
}

/** Compiles a module, or a script, to bytecode without its source. The text ends with a zero behind `length`. */
export function build_compile(text: usize, length: u32, name: usize, isScript: i32): i32 {
  const module = JS_Eval(ctx, text, length, name, EVAL_COMPILE_ONLY | (isScript ? 0 : EVAL_MODULE));
  if (isException(module)) return report();
  const bytes = JS_WriteObject(ctx, scratch, module, WRITE_BYTECODE_WITHOUT_SOURCE);
  if (bytes == 0) return report();
  store<u32>(RECORD, bytes);
  store<u32>(RECORD, load<u32>(scratch), 4);
  return 0;
}

/** Evaluates a module of {@link build_compile}, to the end of its job queue. */
export function build_evaluate(bytes: usize, length: u32): i32 {
  const module = JS_ReadObject(ctx, bytes, length, READ_BYTECODE);
  if (isException(module) || JS_ResolveModule(ctx, module) < 0) return report();
  const promise = JS_EvalFunction(ctx, module);
  if (isException(promise)) return report();
  runJobs();
  const state = JS_PromiseState(ctx, promise);
  if (state == PROMISE_REJECTED) {
    JS_PromiseMarkAsHandled(ctx, promise);
    clearRejections();
    JS_Throw(ctx, JS_PromiseResult(ctx, promise));
    return report();
  }
  if (state == PROMISE_PENDING) return report(4);
  if (takeRejection()) return report(5);
  release(ctx, promise);
  namespace = JS_GetModuleNamespace(ctx, <usize>(<u32>module));
  return isException(namespace) ? report() : 0;
}

/** Asks the prelude: `build(what, text, namespace)` answers a string, or the functions in their order. */
export function build_ask(what: i32, text: usize, length: u32): i32 {
  const argv = allocate(24);
  store<u64>(argv, newInt(what));
  store<u64>(argv, JS_NewStringLen(ctx, text, length), 8);
  store<u64>(argv, namespace, 16);
  const answer = JS_Call(ctx, build, UNDEFINED, 3, argv);
  release(ctx, load<u64>(argv, 8));
  deallocate(argv);
  if (isException(answer)) return report();
  if (!openString(answer)) return report();
  // The string lives as long as the instance: it is short, and the builder asks few questions.
  store<u32>(RECORD, chars);
  store<u32>(RECORD, charCount, 4);
  return 0;
}

/** Takes the functions that the prelude has bound, and leaves the heap fit for a snapshot. */
export function build_finish(count: i32): i32 {
  const argv = allocate(24);
  store<u64>(argv, newInt(-1));
  store<u64>(argv, UNDEFINED, 8);
  store<u64>(argv, UNDEFINED, 16);
  const list = JS_Call(ctx, build, UNDEFINED, 3, argv);
  deallocate(argv);
  if (isException(list)) return report();
  const functions = allocate(<usize>max(count, 1) * 8);
  for (let i = 0; i < count; i++) store<u64>(functions + (<usize>i << 3), JS_GetPropertyUint32(ctx, list, i));
  setFunctions(functions);
  release(ctx, list);
  release(ctx, namespace);
  namespace = UNDEFINED;
  release(ctx, build);
  build = UNDEFINED;
  forgetSeed();
  JS_RunGC(rt);
  cleanPools();
  store<u64>(RECORD, 0);
  setBuilding(false);
  return 0;
}

function report(code: i32 = 1): i32 {
  const found = reportAs(code);
  store<u32>(RECORD, outputAddress());
  store<u32>(RECORD, outputLength(), 4);
  return found;
}
