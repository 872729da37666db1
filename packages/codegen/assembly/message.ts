// The text of a failure: which value, by a path from the top, what it should have been, and what it is. The path
// costs nothing while all is well: it is found by a walk through the bytes, up to the address of the failure.

import { Failure } from "./failure";
import { Input } from "./input";
import { foundJson, pathInJson } from "./json-path";
import { foundMessagePack, pathInMessagePack } from "./messagepack-path";
import { Output } from "./output";

/** Why decoding JSON failed. */
export function jsonInputFailure(subject: string): string {
  const path = pathInJson(Input.start, Input.end, Failure.address);
  return compose(subject, path, Failure.mismatch ? foundJson(Failure.address, Input.end) : "");
}

/** Why decoding MessagePack failed. */
export function messagePackInputFailure(subject: string): string {
  const path = pathInMessagePack(Input.start, Input.end, Failure.address);
  return compose(subject, path, Failure.mismatch ? foundMessagePack(Failure.address, Input.end) : "");
}

/** Why encoding JSON failed. What has been written up to there says where. */
export function jsonOutputFailure(subject: string): string {
  return compose(subject, pathInJson(Output.start, Failure.address, Failure.address), "");
}

/** Why encoding MessagePack failed. */
export function messagePackOutputFailure(subject: string): string {
  return compose(subject, pathInMessagePack(Output.start, Failure.address, Failure.address), "");
}

function compose(subject: string, path: string, found: string): string {
  const reason = found.length ? `expected ${Failure.reason}, got ${found}` : Failure.reason;
  return `${subject}: ${path}: ${reason}`;
}
