// The engine's own imports, answered. A plug-in has no files; what is left is the clock, which the builder can take out.

import { wasi_clock_time_get, wasi_random_get } from "./extism";

const BAD_DESCRIPTOR: i32 = 8;

export function clock_time_get(clock: i32, precision: u64, result: usize): i32 {
  return wasi_clock_time_get(clock, precision, result);
}

export function random_get(pointer: usize, length: usize): i32 {
  return wasi_random_get(pointer, length);
}

export function fd_close(_: i32): i32 {
  return BAD_DESCRIPTOR;
}

export function fd_fdstat_get(_: i32, __: usize): i32 {
  return BAD_DESCRIPTOR;
}

export function fd_seek(_: i32, __: i64, ___: i32, ____: usize): i32 {
  return BAD_DESCRIPTOR;
}

export function fd_write(_: i32, __: usize, ___: usize, ____: usize): i32 {
  return BAD_DESCRIPTOR;
}

/** A plug-in's time zone is UTC, wherever it runs. */
export function host_get_timezone_offset(_: i32, __: i32): i32 {
  return 0;
}

export function host_interrupt(): i32 {
  return 0;
}

export function host_promise_rejection(_: i32, __: i32, ___: i32): void {}

export function host_module_normalize(_: i32, __: i32): i32 {
  return 0;
}

export function host_module_load(_: i32, __: i32): i32 {
  return 0;
}

export function host_call(_: i32, __: i32, ___: i32, ____: i32, _____: i32): i32 {
  return 0;
}
