// The modules that a bundle can import: "tenon:host" and its relatives. QuickJS wants to hear of their exports twice,
// by name when a module is made, and with the values when it is first imported.

import {
  JS_AddModuleExport, JS_DefinePropertyValue, JS_FreeAtom, JS_GetPropertyStr, JS_NewAtomLen, JS_NewCFunction2, JS_NewCModule, JS_SetModuleExport,
  PLAIN, Value,
} from "./quickjs";
import { failCall, guardParse, makeCodec, makeEnum, makeHost, makeNode, makeRecord, read, setChild, setField, setOption, write } from "./primitives";
import {
  clockMonotonic, clockNow, configGet, httpHeaders, httpRequest, httpStatus, logDebug, logError, logInfo, logLevel, logTrace, logWarn,
  randomFill, randomFloat, varGet, varSet,
} from "./services";
import { findPlace } from "./source-map";
import { ctx } from "./state";
import { cstring } from "./text";

let prelude: Value = 0;

/** Declares the modules. `tools` has the functions that are written in JavaScript. */
export function declareModules(tools: Value): void {
  prelude = tools;
  declaring = true;
  hostModule(JS_NewCModule(ctx, cstring("tenon:host"), initHost.index));
  configModule(JS_NewCModule(ctx, cstring("tenon:config"), initConfig.index));
  varsModule(JS_NewCModule(ctx, cstring("tenon:vars"), initVars.index));
  logModule(JS_NewCModule(ctx, cstring("tenon:log"), initLog.index));
  httpModule(JS_NewCModule(ctx, cstring("tenon:http"), initHttp.index));
  clockModule(JS_NewCModule(ctx, cstring("tenon:clock"), initClock.index));
  randomModule(JS_NewCModule(ctx, cstring("tenon:random"), initRandom.index));
  declaring = false;
}

/** Gives the prelude what it builds on. */
export function defineNatives(on: Value): void {
  define(on, "node", makeNode.index, 1);
  define(on, "setChild", setChild.index, 2);
  define(on, "record", makeRecord.index, 2);
  define(on, "setField", setField.index, 5);
  define(on, "enumeration", makeEnum.index, 1);
  define(on, "setOption", setOption.index, 3);
  define(on, "makeCodec", makeCodec.index, 2);
  define(on, "makeHost", makeHost.index, 3);
  define(on, "random", randomFloat.index, 0);
  define(on, "findPlace", findPlace.index, 3);
  define(on, "guardParse", guardParse.index, 1);
}

function hostModule(module: usize): void {
  native(module, "read", read.index, 1);
  native(module, "write", write.index, 2);
  native(module, "fail", failCall.index, 2);
  tool(module, "codec");
  tool(module, "hostFunction");
  tool(module, "describeError");
}

function configModule(module: usize): void {
  native(module, "get", configGet.index, 1);
}

function varsModule(module: usize): void {
  native(module, "get", varGet.index, 1);
  native(module, "set", varSet.index, 2);
}

function logModule(module: usize): void {
  native(module, "trace", logTrace.index, 1);
  native(module, "debug", logDebug.index, 1);
  native(module, "info", logInfo.index, 1);
  native(module, "warn", logWarn.index, 1);
  native(module, "error", logError.index, 1);
  native(module, "level", logLevel.index, 0);
}

function httpModule(module: usize): void {
  native(module, "request", httpRequest.index, 2);
  native(module, "status", httpStatus.index, 0);
  native(module, "headers", httpHeaders.index, 0);
}

function clockModule(module: usize): void {
  native(module, "now", clockNow.index, 0);
  native(module, "monotonic", clockMonotonic.index, 0);
}

function randomModule(module: usize): void {
  native(module, "fill", randomFill.index, 1);
}

function initHost(_: usize, module: usize): i32 {
  hostModule(module);
  return 0;
}

function initConfig(_: usize, module: usize): i32 {
  configModule(module);
  return 0;
}

function initVars(_: usize, module: usize): i32 {
  varsModule(module);
  return 0;
}

function initLog(_: usize, module: usize): i32 {
  logModule(module);
  return 0;
}

function initHttp(_: usize, module: usize): i32 {
  httpModule(module);
  return 0;
}

function initClock(_: usize, module: usize): i32 {
  clockModule(module);
  return 0;
}

function initRandom(_: usize, module: usize): i32 {
  randomModule(module);
  return 0;
}

let declaring: bool = false;

/** An export that is a function of the glue. QuickJS fills the arguments up to `arity` with undefined. */
function native(module: usize, name: string, callback: u32, arity: i32): void {
  if (declaring) JS_AddModuleExport(ctx, module, cstring(name));
  else {
    const callee = JS_NewCFunction2(ctx, callback, cstring(name), arity, 0, 0);
    JS_SetModuleExport(ctx, module, cstring(name), callee);
  }
}

/** An export that the prelude made. */
function tool(module: usize, name: string): void {
  if (declaring) JS_AddModuleExport(ctx, module, cstring(name));
  else {
    const value = JS_GetPropertyStr(ctx, prelude, cstring(name));
    JS_SetModuleExport(ctx, module, cstring(name), value);
  }
}

function define(on: Value, name: string, callback: u32, arity: i32): void {
  const key = JS_NewAtomLen(ctx, cstring(name), name.length);
  JS_DefinePropertyValue(ctx, on, key, JS_NewCFunction2(ctx, callback, cstring(name), arity, 0, 0), PLAIN);
  JS_FreeAtom(ctx, key);
}
