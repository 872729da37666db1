// Where decoding or encoding went wrong, a call ends here: the message becomes its error.

import { failWith } from "./call";
import { Failure } from "./failure";
import * as json from "./json-reader";
import { jsonInputFailure, jsonOutputFailure, messagePackInputFailure, messagePackOutputFailure } from "./message";
import * as messagepack from "./messagepack-reader";

/** Fails the call if its MessagePack input could not be decoded to its end. Answers whether it did. */
export function messagePackInput(): bool {
  return !messagepack.finish() && failed(messagePackInputFailure("input"));
}

/** Fails the call if its JSON input could not be decoded to its end. Answers whether it did. */
export function jsonInput(): bool {
  return !json.finish() && failed(jsonInputFailure("input"));
}

/** Fails the call if its text input is not UTF-8. Answers whether it did. */
export function textInput(): bool {
  return Failure.active && failed(`input: ${Failure.reason}`);
}

/** Fails the call if its output has no form in MessagePack. Answers whether it did. */
export function messagePackOutput(): bool {
  return Failure.active && failed(messagePackOutputFailure("output"));
}

/** Fails the call if its output has no form in JSON. Answers whether it did. */
export function jsonOutput(): bool {
  return Failure.active && failed(jsonOutputFailure("output"));
}

/** Replaces the details of the call's error by a message if they have no form in JSON. Answers whether it did. */
export function jsonError(): bool {
  return Failure.active && failed(jsonOutputFailure("error"));
}

function failed(message: string): bool {
  failWith(message);
  return true;
}
