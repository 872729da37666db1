import type { Call } from "./case.js";
import type { CallResult, HostName } from "./hosts/index.js";
import { preview } from "./report.js";

/**
 * Holds every host to the bytes of the first one. A case may say what a value is and leave its bytes open; they still
 * have to be the same everywhere.
 */
export class Agreement {
  readonly #outputs = new Map<string, { readonly host: HostName; readonly output: Uint8Array }>();

  /** What this host does differently from the one before; `undefined` when that is nothing, or known. */
  dispute(key: string, call: Call, host: HostName, result: CallResult): string | undefined {
    if (!("output" in result) || call.except?.[host] !== undefined) return undefined;
    const first = this.#outputs.get(key);
    if (first === undefined) {
      this.#outputs.set(key, { host, output: result.output });
      return undefined;
    }
    if (Buffer.compare(first.output, result.output) === 0) return undefined;
    return `expected the bytes of ${first.host}, ${preview(first.output)}, got ${preview(result.output)}`;
  }
}
