import type { LogLine } from "../case.js";
import type { HostFunctionSpec } from "../host-functions.js";
import type { Batch, CallResult, ScenarioResult } from "./host.js";

/**
 * What a driver reads on stdin, as JSON. Bytes are base64 text.
 *
 * ```
 * { wasm: path, wasi: boolean, scenarios: [{
 *     config: { key: text },
 *     functions: [{ name, does: "upper" | "reverse" | "fail" } | { name, does: "table", replies: [[bytes, bytes]], otherwise: bytes }],
 *     calls: [{ export: name, input: bytes }] }] }
 * ```
 *
 * It answers on stdout, in the same order; a scenario whose plug-in could not be made has `refused` with the reason.
 * Log lines are those of the plug-in, at the level info and above.
 *
 * ```
 * { scenarios: [{ refused: text } | { calls: [{ output: bytes, logs } | { error: text, logs }] }] }
 * logs: [["info" | "warn" | "error", text]]
 * ```
 *
 * Whatever a plug-in does, the driver ends with the code 0. Any other is the driver's own failure.
 */
export function encodeRequest({ wasm, wasi, scenarios }: Batch): string {
  return JSON.stringify({
    wasm,
    wasi,
    scenarios: scenarios.map(({ config, functions, calls }) => ({
      config,
      functions: functions.map(encodeFunction),
      calls: calls.map(({ export: name, input }) => ({ export: name, input: toBase64(input) })),
    })),
  });
}

/** @throws Error with the place that is not as {@link encodeRequest} describes it. */
export function decodeResponse(text: string, batch: Batch): ScenarioResult[] {
  const response = object(parse(text), "the response");
  const scenarios = array(response["scenarios"], "scenarios");
  if (scenarios.length !== batch.scenarios.length) {
    throw new Error(`expected ${batch.scenarios.length} scenarios, got ${scenarios.length}`);
  }
  return scenarios.map((value, index) => {
    const at = `scenarios[${index}]`;
    const scenario = object(value, at);
    if (typeof scenario["refused"] === "string") return { refused: scenario["refused"] };
    const calls = array(scenario["calls"] ?? [], `${at}.calls`);
    const expected = batch.scenarios[index]?.calls.length ?? 0;
    if (calls.length !== expected) {
      throw new Error(`expected ${expected} results in ${at}.calls, got ${calls.length}`);
    }
    return { calls: calls.map((call, number) => decodeCall(call, `${at}.calls[${number}]`)) };
  });
}

function decodeCall(value: unknown, at: string): CallResult {
  const { output, error, logs: lines } = object(value, at);
  const logs = array(lines, `${at}.logs`).map((line) => decodeLine(line, `${at}.logs`));
  if (typeof error === "string") return { error, logs };
  if (typeof output === "string") return { output: new Uint8Array(Buffer.from(output, "base64")), logs };
  throw new Error(`expected an output or an error in ${at}`);
}

function decodeLine(value: unknown, at: string): LogLine {
  const [level, message] = array(value, at);
  if ((level === "info" || level === "warn" || level === "error") && typeof message === "string") {
    return [level, message];
  }
  throw new Error(`expected lines of a level and a text in ${at}, got ${JSON.stringify(value)}`);
}

function encodeFunction(spec: HostFunctionSpec): object {
  if (spec.does !== "table") return spec;
  const replies = spec.replies.map(([argument, reply]) => [toBase64(argument), toBase64(reply)]);
  return { ...spec, replies, otherwise: toBase64(spec.otherwise) };
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`expected JSON, got ${JSON.stringify(text.slice(0, 200))}`, { cause });
  }
}

function object(value: unknown, at: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error(`expected an object as ${at}`);
  }
  // Any object that is not an array can be read by key; each value is checked where it is used.
  return value as Record<string, unknown>;
}

function array(value: unknown, at: string): unknown[] {
  if (!Array.isArray(value)) throw new Error(`expected a list as ${at}`);
  return value;
}
