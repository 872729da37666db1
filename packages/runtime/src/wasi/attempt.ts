import { Errno, errnoOf } from "./errno.js";

/** Runs one file operation of a plug-in and answers its error number; 0 when it went well. */
export function attempt(operation: () => void): number {
  try {
    operation();
    return Errno.SUCCESS;
  } catch (thrown) {
    return errnoOf(thrown);
  }
}

/** Like {@link attempt}, for an operation with a result: `failed` is what goes with an error number. */
export function attemptWith<T extends object>(operation: () => T, failed: T): { ret: number } & T {
  try {
    return { ret: Errno.SUCCESS, ...operation() };
  } catch (thrown) {
    return { ret: errnoOf(thrown), ...failed };
  }
}
