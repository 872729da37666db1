// What a plug-in's author can ask of any host: configuration, variables, and the log.

import { reserve } from "./arena";
import { blockLength, freeBlock, fromBlock, toBlock } from "./kernel";
import { beginOutput, Output } from "./output";
import { decodeText, writeText } from "./text";

@external("extism:host/env", "config_get")
declare function configGet(key: i64): i64;
@external("extism:host/env", "var_get")
declare function varGet(key: i64): i64;
@external("extism:host/env", "var_set")
declare function varSet(key: i64, value: i64): void;
@external("extism:host/env", "log_trace")
declare function logTrace(message: i64): void;
@external("extism:host/env", "log_debug")
declare function logDebug(message: i64): void;
@external("extism:host/env", "log_info")
declare function logInfo(message: i64): void;
@external("extism:host/env", "log_warn")
declare function logWarn(message: i64): void;
@external("extism:host/env", "log_error")
declare function logError(message: i64): void;

/** The configuration that the host's manifest gives to this plug-in. */
export namespace config {
  /** The value of this key, or null when the manifest has none. */
  export function get(key: string): string | null {
    const name = textBlock(key);
    const value = configGet(name);
    freeBlock(name);
    return value ? takeText(value) : null;
  }
}

/** Values that outlive a call, by name. The host keeps them. */
export namespace vars {
  /** The variable's bytes, or null when it is not set. */
  export function get(name: string): Uint8Array | null {
    const key = textBlock(name);
    const value = varGet(key);
    freeBlock(key);
    return value ? takeBytes(value) : null;
  }

  /** The variable as text, or null when it is not set or is not UTF-8. */
  export function getText(name: string): string | null {
    const key = textBlock(name);
    const value = varGet(key);
    freeBlock(key);
    return value ? takeText(value) : null;
  }

  export function set(name: string, value: Uint8Array): void {
    const key = textBlock(name);
    const block = toBlock(value.dataStart, value.byteLength);
    varSet(key, block);
    freeBlock(key);
    freeBlock(block);
  }

  export function setText(name: string, value: string): void {
    const key = textBlock(name);
    const block = textBlock(value);
    varSet(key, block);
    freeBlock(key);
    freeBlock(block);
  }

  /** Deletes the variable. So does setting it to nothing: an empty value and no value are the same to a host. */
  export function remove(name: string): void {
    const key = textBlock(name);
    varSet(key, 0);
    freeBlock(key);
  }
}

/** Lines for the host's log. */
export namespace log {
  export function trace(message: string): void {
    const block = textBlock(message);
    logTrace(block);
    freeBlock(block);
  }

  export function debug(message: string): void {
    const block = textBlock(message);
    logDebug(block);
    freeBlock(block);
  }

  export function info(message: string): void {
    const block = textBlock(message);
    logInfo(block);
    freeBlock(block);
  }

  export function warn(message: string): void {
    const block = textBlock(message);
    logWarn(block);
    freeBlock(block);
  }

  export function error(message: string): void {
    const block = textBlock(message);
    logError(block);
    freeBlock(block);
  }
}

function textBlock(value: string): i64 {
  beginOutput();
  writeText(value);
  return toBlock(Output.start, Output.position - Output.start);
}

function takeBytes(block: i64): Uint8Array {
  const length = blockLength(block);
  const result = new Uint8Array(<i32>length);
  fromBlock(block, length, result.dataStart);
  freeBlock(block);
  return result;
}

function takeText(block: i64): string | null {
  const length = blockLength(block);
  const address = reserve(length);
  if (!address) throw new Error("out of memory for a block");
  fromBlock(block, length, address);
  freeBlock(block);
  return decodeText(address, length);
}
