import { TenonError } from "../errors.js";

/**
 * Parses the JSON text of a manifest. Its shape isn't checked yet.
 *
 * @throws TenonError `source-invalid`, with the place where the text goes wrong.
 */
export function parseJsonManifest(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notA("JSON", what, cause);
  }
}

/**
 * Parses the TOML text of a manifest. The parser is loaded when the first TOML manifest comes along, so that nobody
 * else pays for it.
 *
 * @throws TenonError `source-invalid`, with the place where the text goes wrong.
 */
export async function parseTomlManifest(text: string, what: string): Promise<unknown> {
  const { parse } = await import("smol-toml");
  try {
    return parse(text);
  } catch (cause) {
    throw notA("TOML", what, cause);
  }
}

function notA(language: string, what: string, cause: unknown): TenonError {
  const text = cause instanceof Error ? cause.message : String(cause);
  return new TenonError("source-invalid", `${what} is not ${language}: ${text}`, { cause });
}
