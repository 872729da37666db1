import { TenonError } from "../errors.js";

/**
 * Reads a response to its end, and stops at the byte that is too many: neither a wrong `content-length` nor a response
 * that is compressed, or never ends, takes more memory.
 *
 * @throws TenonError `http-limit`
 */
export async function readBody(response: Response, limit: number): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array();
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > limit) {
      // What the other side thinks of that is of no interest.
      reader.cancel().catch(() => {});
      throw new TenonError(
        "http-limit",
        `the HTTP response has more than ${limit} bytes; raise memory.maxHttpResponseBytes to allow it`,
      );
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
