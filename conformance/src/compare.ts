import { isDeepStrictEqual } from "node:util";
import type { Call, Expectation } from "./case.js";
import type { CallResult, HostName } from "./hosts/index.js";
import { unpack } from "./messagepack.js";
import { preview } from "./report.js";

/** What is wrong with the result of a call in one host; `undefined` when nothing is. */
export function differences(call: Call, host: HostName, result: CallResult): string | undefined {
  const deviation = call.except?.[host];
  const problem = mismatch(deviation ?? call, result);
  if (problem !== undefined) {
    return deviation === undefined
      ? problem
      : `${problem} (it is known to deviate, ${deviation.because}; has that changed?)`;
  }
  if (call.logs !== undefined && !isDeepStrictEqual(result.logs, call.logs)) {
    return `expected the log ${JSON.stringify(call.logs)}, got ${JSON.stringify(result.logs)}`;
  }
  return undefined;
}

function mismatch(expected: Expectation, result: CallResult): string | undefined {
  if ("error" in expected) return mismatchedError(expected.error, result);
  if ("error" in result) return `expected ${describeExpectation(expected)}, got the error: ${result.error}`;
  if ("output" in expected) {
    const bytes = toBytes(expected.output);
    return Buffer.compare(bytes, result.output) === 0
      ? undefined
      : `expected ${preview(bytes)}, got ${preview(result.output)}`;
  }
  let value: unknown;
  try {
    value = "json" in expected ? JSON.parse(decoder.decode(result.output)) : unpack(result.output);
  } catch (error) {
    return `expected ${describeExpectation(expected)}, got ${preview(result.output)}: ${String(error)}`;
  }
  const wanted = "json" in expected ? expected.json : expected.messagepack;
  return isDeepStrictEqual(value, wanted)
    ? undefined
    : `expected ${JSON.stringify(wanted)}, got ${JSON.stringify(value)}`;
}

function mismatchedError(expected: string | RegExp, result: CallResult): string | undefined {
  if (!("error" in result)) return `expected an error, got ${preview(result.output)}`;
  const fits = typeof expected === "string" ? result.error.includes(expected) : expected.test(result.error);
  return fits ? undefined : `expected an error with ${String(expected)}, got: ${result.error}`;
}

function describeExpectation(expected: Exclude<Expectation, { error: unknown }>): string {
  if ("output" in expected) return preview(toBytes(expected.output));
  return "json" in expected
    ? `JSON of ${JSON.stringify(expected.json)}`
    : `MessagePack of ${JSON.stringify(expected.messagepack)}`;
}

function toBytes(value: string | Uint8Array): Uint8Array {
  return typeof value === "string" ? new TextEncoder().encode(value) : value;
}

const decoder = new TextDecoder("utf-8", { fatal: true });
