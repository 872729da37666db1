// Why decoding or encoding failed. AssemblyScript has no exceptions to unwind with: a failed reader remembers its
// first failure, moves to the end of the input, and from there on answers zeros until the caller looks.

import { Input } from "./input";

export class Failure {
  /** Something has failed since decoding or encoding began. */
  static active: bool = false;
  /** Where in the encoded bytes. The path in the message comes from a walk to there. */
  static address: usize = 0;
  /** What should have been there, or the whole reason. */
  static reason: string = "";
  /** The reason is only what was expected: the message also says what was found. */
  static mismatch: bool = false;
}

/** Decoding failed: the value at `address` is not what the interface says. */
export function expected(what: string, address: usize): void {
  if (!Failure.active) record(what, address, true);
  Input.position = Input.end;
}

/** Decoding or encoding failed for a reason of its own. */
export function fail(reason: string, address: usize): void {
  if (!Failure.active) record(reason, address, false);
  Input.position = Input.end;
}

// Only the first failure counts: the later ones follow from it.
function record(reason: string, address: usize, mismatch: bool): void {
  Failure.active = true;
  Failure.address = address;
  Failure.reason = reason;
  Failure.mismatch = mismatch;
}
