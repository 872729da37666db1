// The plug-in of plugins/as-pdk.test.ts, on Extism's PDK for AssemblyScript.

import { Config, Host, LogLevel, Memory, Var } from "@extism/as-pdk";

@external("extism:host/user", "upper")
declare function upper(argument: u64): u64;
@external("extism:host/user", "lookup")
declare function lookup(argument: u64): u64;
@external("extism:host/env", "length")
declare function length(handle: u64): u64;
@external("extism:host/env", "error_set")
declare function errorSet(handle: u64): void;

/** What the compiler calls before it traps, with --use abort. */
function onAbort(message: string | null, file: string | null, line: u32, column: u32): void {
  errorSet(Memory.allocateString(message === null ? "aborted" : message).offset);
}

export function count_vowels(): i32 {
  const text = Host.inputString();
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    if ("aeiouAEIOU".includes(text.charAt(i))) count++;
  }
  Host.outputString('{"count":' + count.toString() + "}");
  return 0;
}

export function echo(): i32 {
  Host.output(Host.input());
  return 0;
}

export function greet(): i32 {
  const greeting = Config.get("greeting");
  Host.outputString((greeting === null ? "Hello" : greeting) + ", " + Host.inputString() + "!");
  return 0;
}

export function remember(): i32 {
  const last = Var.getString("last");
  Var.set("last", Host.input());
  if (last !== null) Host.outputString(last);
  return 0;
}

export function forget(): i32 {
  Var.remove("last");
  return 0;
}

export function shout(): i32 {
  const reply = upper(Memory.allocateString(Host.inputString()).offset);
  Host.outputString(new Memory(reply, length(reply)).toString() + "!");
  return 0;
}

export function look_up(): i32 {
  const reply = lookup(Memory.allocateString(Host.inputString()).offset);
  Host.outputMemory(new Memory(reply, length(reply)));
  return 0;
}

export function log_levels(): i32 {
  const text = Host.inputString();
  Host.log(LogLevel.Debug, "debug: " + text);
  Host.log(LogLevel.Info, "info: " + text);
  Host.log(LogLevel.Warn, "warn: " + text);
  Host.log(LogLevel.Error, "error: " + text);
  return 0;
}

export function refuse(): i32 {
  errorSet(Memory.allocateString("refused: " + Host.inputString()).offset);
  return 1;
}

export function abort_on_purpose(): i32 {
  assert(false, "stopped on purpose");
  return 0;
}
