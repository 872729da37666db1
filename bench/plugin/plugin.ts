// Everything comes back as it was sent.

import { Entry } from "../gen/bench.guest";

export function echo(input: Entry): Entry {
  return input;
}

export function echoJson(input: Entry): Entry {
  return input;
}

export function echoBytes(input: Uint8Array): Uint8Array {
  return input;
}
