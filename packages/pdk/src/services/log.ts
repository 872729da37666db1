import {
  level as readLevel,
  debug as writeDebug,
  error as writeError,
  info as writeInfo,
  trace as writeTrace,
  warn as writeWarn,
} from "tenon:log";
import { checkString } from "./check.js";

/** How much the host logs: lines of this level, and of those after it. */
export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "silent";

/** Writes a line to the host's log, as the finest detail. */
export function trace(message: string): void {
  checkString(message, "the message");
  writeTrace(message);
}

/** Writes a line to the host's log, for those who look for a fault. */
export function debug(message: string): void {
  checkString(message, "the message");
  writeDebug(message);
}

/**
 * Writes a line to the host's log. `console.log` does the same for any number of values of any kind.
 *
 * @example
 * ```ts
 * log.info(`${count} rows read`);
 * ```
 */
export function info(message: string): void {
  checkString(message, "the message");
  writeInfo(message);
}

/** Writes a line to the host's log, as a warning. */
export function warn(message: string): void {
  checkString(message, "the message");
  writeWarn(message);
}

/** Writes a line to the host's log, as an error. The call doesn't fail by it. */
export function error(message: string): void {
  checkString(message, "the message");
  writeError(message);
}

/**
 * The level from which on the host logs lines. Ask before a line that costs much to make.
 *
 * @example
 * ```ts
 * if (log.level() === "trace") log.trace(describe(tree));
 * ```
 */
export function level(): LogLevel {
  return LEVELS[readLevel()] ?? "silent";
}

const LEVELS: readonly LogLevel[] = ["trace", "debug", "info", "warn", "error"];
