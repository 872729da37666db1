// The imports of the finished plug-in. The builder leaves out those that a plug-in can't reach.

// @ts-ignore: decorator
@external("extism:host/env", "alloc") export declare function alloc(length: u64): u64;
// @ts-ignore: decorator
@external("extism:host/env", "free") export declare function freeBlock(handle: u64): void;
// @ts-ignore: decorator
@external("extism:host/env", "length") export declare function lengthOf(handle: u64): u64;
// @ts-ignore: decorator
@external("extism:host/env", "load_u8") export declare function load_u8(address: u64): u32;
// @ts-ignore: decorator
@external("extism:host/env", "load_u64") export declare function load_u64(address: u64): u64;
// @ts-ignore: decorator
@external("extism:host/env", "store_u8") export declare function store_u8(address: u64, value: u32): void;
// @ts-ignore: decorator
@external("extism:host/env", "store_u64") export declare function store_u64(address: u64, value: u64): void;
// @ts-ignore: decorator
@external("extism:host/env", "input_length") export declare function input_length(): u64;
// @ts-ignore: decorator
@external("extism:host/env", "input_load_u8") export declare function input_load_u8(offset: u64): u32;
// @ts-ignore: decorator
@external("extism:host/env", "input_load_u64") export declare function input_load_u64(offset: u64): u64;
// @ts-ignore: decorator
@external("extism:host/env", "output_set") export declare function output_set(handle: u64, length: u64): void;
// @ts-ignore: decorator
@external("extism:host/env", "error_set") export declare function error_set(handle: u64): void;

// @ts-ignore: decorator
@external("extism:host/env", "config_get") export declare function config_get(key: u64): u64;
// @ts-ignore: decorator
@external("extism:host/env", "var_get") export declare function var_get(key: u64): u64;
// @ts-ignore: decorator
@external("extism:host/env", "var_set") export declare function var_set(key: u64, value: u64): void;
// @ts-ignore: decorator
@external("extism:host/env", "log_trace") export declare function log_trace(message: u64): void;
// @ts-ignore: decorator
@external("extism:host/env", "log_debug") export declare function log_debug(message: u64): void;
// @ts-ignore: decorator
@external("extism:host/env", "log_info") export declare function log_info(message: u64): void;
// @ts-ignore: decorator
@external("extism:host/env", "log_warn") export declare function log_warn(message: u64): void;
// @ts-ignore: decorator
@external("extism:host/env", "log_error") export declare function log_error(message: u64): void;
// @ts-ignore: decorator
@external("extism:host/env", "get_log_level") export declare function get_log_level(): i32;
// @ts-ignore: decorator
@external("extism:host/env", "http_request") export declare function http_request(request: u64, body: u64): u64;
// @ts-ignore: decorator
@external("extism:host/env", "http_status_code") export declare function http_status_code(): i32;
// @ts-ignore: decorator
@external("extism:host/env", "http_headers") export declare function http_headers(): u64;
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "clock_time_get") export declare function wasi_clock_time_get(clock: i32, precision: u64, result: usize): i32;
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "random_get") export declare function wasi_random_get(pointer: usize, length: usize): i32;
