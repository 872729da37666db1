/** How much of what a plug-in logs reaches the logger: this level and those above it. */
export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "silent";

/** What a plug-in's log lines go to. `console` is one. */
export interface Logger {
  trace(message: string): void;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** From least to most severe; an index is the number that Extism's `get_log_level` answers. */
export const LOG_METHODS = ["trace", "debug", "info", "warn", "error"] as const;

export const LOG_LEVELS: readonly LogLevel[] = [...LOG_METHODS, "silent"];

/** What `get_log_level` answers when nothing is logged: the largest i32, as in Extism's kernel interface. */
const SILENT = 0x7fff_ffff;

export function logPriority(level: LogLevel): number {
  return level === "silent" ? SILENT : LOG_METHODS.indexOf(level);
}

export function logLevelOf(priority: number): LogLevel {
  return LOG_METHODS[priority] ?? "silent";
}

/** The default logger: a library says nothing unless it is asked to. */
export const quietLogger: Logger = {
  trace() {},
  debug() {},
  info() {},
  warn() {},
  error() {},
};
