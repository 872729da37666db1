import type { Call } from "./case.js";
import type { CallResult, Scenario } from "./hosts/index.js";

/** How many bytes of a value a report shows. */
const SHOWN = 160;

/** Bytes for a reader: as text where they are text, otherwise in hexadecimal, and cut where they are long. */
export function preview(bytes: Uint8Array): string {
  if (bytes.length === 0) return "no bytes";
  const rest = bytes.length > SHOWN ? ` … (${bytes.length} bytes)` : "";
  const text = Buffer.from(bytes.subarray(0, SHOWN)).toString();
  // U+FFFD stands for what is not UTF-8, or for a character that the cut went through.
  const readable = !/[\uFFFD\p{Cc}]/u.test(text.replace(/[\n\t]/g, "").replace(/\uFFFD$/, ""));
  return readable ? `${JSON.stringify(text)}${rest}` : `<${hex(bytes.subarray(0, SHOWN))}>${rest}`;
}

/** What a plug-in was surrounded with. */
export function describeScenario({ config, functions }: Scenario): string {
  const offered = functions.map(({ name, does }) => (name === does ? name : `${name} (${does})`)).join(", ");
  return `  config:    ${JSON.stringify(config)}\n  functions: ${offered || "none"}`;
}

/** A call and everything that came of it. */
export function describeCall({ export: name, input = "" }: Call, result: CallResult): string {
  const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
  const outcome = "output" in result ? `output:    ${preview(result.output)}` : `error:     ${result.error}`;
  return `  export:    ${name}\n  input:     ${preview(bytes)}\n  ${outcome}\n  logs:      ${JSON.stringify(result.logs)}`;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
