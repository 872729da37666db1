// QuickJS, as the engine exports it. With 32-bit pointers a JSValue is one 64-bit number: the tag above, an integer or
// a pointer below, and any tag that is not one of these is part of a NaN-boxed double.

export type Value = u64;
export type Atom = u32;

export const TAG_FIRST: i32 = -9;
export const TAG_BIG_INT: i32 = -9;
export const TAG_STRING: i32 = -7;
export const TAG_STRING_ROPE: i32 = -6;
export const TAG_OBJECT: i32 = -1;
export const TAG_INT: i32 = 0;
export const TAG_BOOL: i32 = 1;
export const TAG_NULL: i32 = 2;
export const TAG_UNDEFINED: i32 = 3;
export const TAG_EXCEPTION: i32 = 6;
export const TAG_SHORT_BIG_INT: i32 = 7;
export const TAG_FLOAT64: i32 = 8;

export const FALSE: Value = 1 << 32;
export const TRUE: Value = (1 << 32) | 1;
export const NULL: Value = 2 << 32;
export const UNDEFINED: Value = 3 << 32;
export const UNINITIALIZED: Value = 4 << 32;
export const EXCEPTION: Value = 6 << 32;

/** Added to the upper half of a double, so that no double looks like a tag. */
const FLOAT64_ADDEND: u64 = 0x7ff80000 - -9 + 1;

/** An ordinary property: configurable, writable, enumerable. */
export const PLAIN: i32 = 7;
export const EVAL_MODULE: i32 = 1;
export const EVAL_COMPILE_ONLY: i32 = 32;
export const WRITE_BYTECODE_WITHOUT_SOURCE: i32 = 1 | 16;
export const READ_BYTECODE: i32 = 1;
export const NAMES_ENUMERABLE_STRINGS: i32 = 1 | 16;
export const PROMISE_PENDING: i32 = 0;
export const PROMISE_REJECTED: i32 = 2;
export const TYPED_ARRAY_UINT8: i32 = 2;

// @ts-ignore: decorator
@inline
export function tagOf(value: Value): i32 {
  const tag = <i32>(value >> 32);
  return <u32>(tag - TAG_FIRST) >= <u32>(TAG_FLOAT64 - TAG_FIRST) ? TAG_FLOAT64 : tag;
}

// @ts-ignore: decorator
@inline
export function isException(value: Value): bool {
  return value >> 32 == <u64>TAG_EXCEPTION;
}

// @ts-ignore: decorator
@inline
export function isString(value: Value): bool {
  const tag = <i32>(value >> 32);
  return tag == TAG_STRING || tag == TAG_STRING_ROPE;
}

// @ts-ignore: decorator
@inline
export function isObject(value: Value): bool {
  return <i32>(value >> 32) == TAG_OBJECT;
}

// @ts-ignore: decorator
@inline
export function isBigInt(value: Value): bool {
  const tag = <i32>(value >> 32);
  return tag == TAG_BIG_INT || tag == TAG_SHORT_BIG_INT;
}

// @ts-ignore: decorator
@inline
export function newBool(value: bool): Value {
  return value ? TRUE : FALSE;
}

// @ts-ignore: decorator
@inline
export function newInt(value: i32): Value {
  return <u64>(<u32>value);
}

// @ts-ignore: decorator
@inline
export function newFloat(value: f64): Value {
  const bits = value == value ? reinterpret<u64>(value) : 0x7ff8000000000000;
  return bits - (FLOAT64_ADDEND << 32);
}

/** A number, as an integer where it is one: the engine's arithmetic is faster on those. */
export function newNumber(value: f64): Value {
  const int = <i32>value;
  return <f64>int == value && (int != 0 || reinterpret<u64>(value) == 0) ? newInt(int) : newFloat(value);
}

// @ts-ignore: decorator
@inline
export function floatOf(value: Value): f64 {
  return reinterpret<f64>(value + (FLOAT64_ADDEND << 32));
}

// @ts-ignore: decorator
@inline
function isCounted(value: Value): bool {
  return <u32>(value >> 32) >= <u32>TAG_FIRST;
}

// @ts-ignore: decorator
@inline
export function release(ctx: usize, value: Value): void {
  if (isCounted(value)) JS_FreeValue(ctx, value);
}

// @ts-ignore: decorator
@inline
export function retain(ctx: usize, value: Value): Value {
  return isCounted(value) ? JS_DupValue(ctx, value) : value;
}

// @ts-ignore: decorator
@external("env", "malloc") export declare function malloc(size: usize): usize;
// @ts-ignore: decorator
@external("env", "calloc") export declare function calloc(count: usize, size: usize): usize;
// @ts-ignore: decorator
@external("env", "realloc") export declare function realloc(pointer: usize, size: usize): usize;
// @ts-ignore: decorator
@external("env", "free") export declare function free(pointer: usize): void;
// @ts-ignore: decorator
@external("env", "strtod") export declare function strtod(text: usize, end: usize): f64;
// @ts-ignore: decorator
@external("env", "_initialize") export declare function _initialize(): void;

// @ts-ignore: decorator
@external("env", "js_malloc_rt") export declare function js_malloc_rt(rt: usize, size: usize): usize;
// @ts-ignore: decorator
@external("env", "js_free_rt") export declare function js_free_rt(rt: usize, pointer: usize): void;
// @ts-ignore: decorator
@external("env", "JS_NewRuntime2") export declare function JS_NewRuntime2(functions: usize, opaque: usize): usize;
// @ts-ignore: decorator
@external("env", "JS_NewContext") export declare function JS_NewContext(rt: usize): usize;
// @ts-ignore: decorator
@external("env", "JS_AddIntrinsicDOMException") export declare function JS_AddIntrinsicDOMException(ctx: usize): i32;
// @ts-ignore: decorator
@external("env", "JS_SetMaxStackSize") export declare function JS_SetMaxStackSize(rt: usize, size: usize): void;
// @ts-ignore: decorator
@external("env", "JS_SetGCThreshold") export declare function JS_SetGCThreshold(rt: usize, size: usize): void;
// @ts-ignore: decorator
@external("env", "JS_RunGC") export declare function JS_RunGC(rt: usize): void;
// @ts-ignore: decorator
@external("env", "JS_SetHostPromiseRejectionTracker") export declare function JS_SetHostPromiseRejectionTracker(rt: usize, callback: u32, opaque: usize): void;

// @ts-ignore: decorator
@external("env", "JS_FreeValue") export declare function JS_FreeValue(ctx: usize, value: Value): void;
// @ts-ignore: decorator
@external("env", "JS_DupValue") export declare function JS_DupValue(ctx: usize, value: Value): Value;
// @ts-ignore: decorator
@external("env", "JS_NewAtomLen") export declare function JS_NewAtomLen(ctx: usize, text: usize, length: usize): Atom;
// @ts-ignore: decorator
@external("env", "JS_ValueToAtom") export declare function JS_ValueToAtom(ctx: usize, value: Value): Atom;
// @ts-ignore: decorator
@external("env", "JS_AtomToString") export declare function JS_AtomToString(ctx: usize, atom: Atom): Value;
// @ts-ignore: decorator
@external("env", "JS_DupAtom") export declare function JS_DupAtom(ctx: usize, atom: Atom): Atom;
// @ts-ignore: decorator
@external("env", "JS_FreeAtom") export declare function JS_FreeAtom(ctx: usize, atom: Atom): void;

// @ts-ignore: decorator
@external("env", "JS_NewStringLen") export declare function JS_NewStringLen(ctx: usize, text: usize, length: usize): Value;
// @ts-ignore: decorator
@external("env", "JS_NewStringUTF16") export declare function JS_NewStringUTF16(ctx: usize, text: usize, length: usize): Value;
// @ts-ignore: decorator
@external("env", "JS_ToCStringLen2") export declare function JS_ToCStringLen2(ctx: usize, length: usize, value: Value, cesu8: i32): usize;
// @ts-ignore: decorator
@external("env", "JS_FreeCString") export declare function JS_FreeCString(ctx: usize, text: usize): void;
// @ts-ignore: decorator
@external("env", "JS_NewBigInt64") export declare function JS_NewBigInt64(ctx: usize, value: i64): Value;
// @ts-ignore: decorator
@external("env", "JS_NewBigUint64") export declare function JS_NewBigUint64(ctx: usize, value: u64): Value;
// @ts-ignore: decorator
@external("env", "JS_ToString") export declare function JS_ToString(ctx: usize, value: Value): Value;
// @ts-ignore: decorator
@external("env", "JS_ToBigInt64") export declare function JS_ToBigInt64(ctx: usize, result: usize, value: Value): i32;
// @ts-ignore: decorator
@external("env", "JS_ToInt32") export declare function JS_ToInt32(ctx: usize, result: usize, value: Value): i32;
// @ts-ignore: decorator
@external("env", "JS_ToFloat64") export declare function JS_ToFloat64(ctx: usize, result: usize, value: Value): i32;
// @ts-ignore: decorator
@external("env", "JS_ToBool") export declare function JS_ToBool(ctx: usize, value: Value): i32;
// @ts-ignore: decorator
@external("env", "JS_IsStrictEqual") export declare function JS_IsStrictEqual(ctx: usize, a: Value, b: Value): i32;

// @ts-ignore: decorator
@external("env", "JS_NewObject") export declare function JS_NewObject(ctx: usize): Value;
// @ts-ignore: decorator
@external("env", "JS_NewArrayFrom") export declare function JS_NewArrayFrom(ctx: usize, count: i32, values: usize): Value;
// @ts-ignore: decorator
@external("env", "JS_NewUint8ArrayCopy") export declare function JS_NewUint8ArrayCopy(ctx: usize, bytes: usize, length: usize): Value;
// @ts-ignore: decorator
@external("env", "JS_GetUint8Array") export declare function JS_GetUint8Array(ctx: usize, length: usize, value: Value): usize;
// @ts-ignore: decorator
@external("env", "JS_GetTypedArrayType") export declare function JS_GetTypedArrayType(value: Value): i32;
// @ts-ignore: decorator
@external("env", "JS_IsArray") export declare function JS_IsArray(value: Value): i32;
// @ts-ignore: decorator
@external("env", "JS_IsFunction") export declare function JS_IsFunction(ctx: usize, value: Value): i32;
// @ts-ignore: decorator
@external("env", "JS_GetProperty") export declare function JS_GetProperty(ctx: usize, object: Value, atom: Atom): Value;
// @ts-ignore: decorator
@external("env", "JS_GetPropertyStr") export declare function JS_GetPropertyStr(ctx: usize, object: Value, name: usize): Value;
// @ts-ignore: decorator
@external("env", "JS_GetPropertyUint32") export declare function JS_GetPropertyUint32(ctx: usize, object: Value, index: u32): Value;
// @ts-ignore: decorator
@external("env", "JS_GetLength") export declare function JS_GetLength(ctx: usize, object: Value, result: usize): i32;
// @ts-ignore: decorator
@external("env", "JS_DefinePropertyValue") export declare function JS_DefinePropertyValue(ctx: usize, object: Value, atom: Atom, value: Value, flags: i32): i32;
// @ts-ignore: decorator
@external("env", "JS_GetOwnPropertyNames") export declare function JS_GetOwnPropertyNames(ctx: usize, table: usize, length: usize, object: Value, flags: i32): i32;
// @ts-ignore: decorator
@external("env", "JS_FreePropertyEnum") export declare function JS_FreePropertyEnum(ctx: usize, table: usize, length: u32): void;
// @ts-ignore: decorator
@external("env", "JS_NewCFunction2") export declare function JS_NewCFunction2(ctx: usize, callback: u32, name: usize, length: i32, kind: i32, magic: i32): Value;
// @ts-ignore: decorator
@external("env", "JS_NewCFunctionData") export declare function JS_NewCFunctionData(ctx: usize, callback: u32, length: i32, magic: i32, count: i32, data: usize): Value;

// @ts-ignore: decorator
@external("env", "JS_Call") export declare function JS_Call(ctx: usize, callee: Value, self: Value, argc: i32, argv: usize): Value;
// @ts-ignore: decorator
@external("env", "JS_Throw") export declare function JS_Throw(ctx: usize, value: Value): Value;
// @ts-ignore: decorator
@external("env", "JS_GetException") export declare function JS_GetException(ctx: usize): Value;
// @ts-ignore: decorator
@external("env", "JS_IsError") export declare function JS_IsError(value: Value): i32;
// @ts-ignore: decorator
@external("env", "JS_PromiseState") export declare function JS_PromiseState(ctx: usize, promise: Value): i32;
// @ts-ignore: decorator
@external("env", "JS_PromiseResult") export declare function JS_PromiseResult(ctx: usize, promise: Value): Value;
// @ts-ignore: decorator
@external("env", "JS_PromiseMarkAsHandled") export declare function JS_PromiseMarkAsHandled(ctx: usize, promise: Value): void;
// @ts-ignore: decorator
@external("env", "JS_ExecutePendingJob") export declare function JS_ExecutePendingJob(rt: usize, ctx: usize): i32;

// @ts-ignore: decorator
@external("env", "JS_Eval") export declare function JS_Eval(ctx: usize, code: usize, length: usize, name: usize, flags: i32): Value;
// @ts-ignore: decorator
@external("env", "JS_EvalFunction") export declare function JS_EvalFunction(ctx: usize, compiled: Value): Value;
// @ts-ignore: decorator
@external("env", "JS_ResolveModule") export declare function JS_ResolveModule(ctx: usize, module: Value): i32;
// @ts-ignore: decorator
@external("env", "JS_WriteObject") export declare function JS_WriteObject(ctx: usize, length: usize, value: Value, flags: i32): usize;
// @ts-ignore: decorator
@external("env", "JS_ReadObject") export declare function JS_ReadObject(ctx: usize, bytes: usize, length: usize, flags: i32): Value;
// @ts-ignore: decorator
@external("env", "js_free") export declare function js_free(ctx: usize, pointer: usize): void;
// @ts-ignore: decorator
@external("env", "JS_GetModuleNamespace") export declare function JS_GetModuleNamespace(ctx: usize, module: usize): Value;
// @ts-ignore: decorator
@external("env", "JS_NewCModule") export declare function JS_NewCModule(ctx: usize, name: usize, init: u32): usize;
// @ts-ignore: decorator
@external("env", "JS_AddModuleExport") export declare function JS_AddModuleExport(ctx: usize, module: usize, name: usize): i32;
// @ts-ignore: decorator
@external("env", "JS_SetModuleExport") export declare function JS_SetModuleExport(ctx: usize, module: usize, name: usize, value: Value): i32;
