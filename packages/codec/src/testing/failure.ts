import { CodecError } from "../errors.js";

/** The CodecError that a function throws; anything else that happens is a failure of the test. */
export function failure(f: () => unknown): CodecError {
  try {
    f();
  } catch (error) {
    if (error instanceof CodecError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}
