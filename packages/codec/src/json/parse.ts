import { CodecError } from "../errors.js";
import { checkJsonDepth } from "./depth.js";
import { parseExactJson } from "./exact-parser.js";

/** How {@link parseJson} reads numbers. */
export interface ParseJsonOptions {
  /** Integers outside the safe range come back as bigints, with all their digits. @default false */
  readonly bigints?: boolean;
}

/**
 * Parses a JSON text as JSON.parse does, and throws a {@link CodecError} with the offset of what is wrong, in UTF-16
 * code units. Texts nested deeper than 512 levels are refused.
 */
export function parseJson(text: string, options?: ParseJsonOptions): unknown {
  if (typeof text !== "string") throw new CodecError("type", `expected JSON text, got ${typeof text}`);
  // Fewer than 16 digits in a row can't be an unsafe integer: then the native parser is exact, and quicker.
  if (options?.bigints === true && /\d{16}/.test(text)) return parseExactJson(text, true);
  checkJsonDepth(text);
  try {
    return JSON.parse(text);
  } catch {
    return explainFailure(text);
  }
}

/** Engines differ in how they word a syntax error, and whether they say where: our own parser finds it again. */
function explainFailure(text: string): never {
  parseExactJson(text, false);
  throw new CodecError("syntax", "invalid JSON");
}
