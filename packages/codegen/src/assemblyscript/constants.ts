/** The longest run of bytes that is compared by wide loads without a look at how many bytes are left. */
const MARGIN = 56;

/** A string in MessagePack, head first. */
export function packedString(text: string): number[] {
  const bytes = utf8(text);
  const { length } = bytes;
  if (length < 32) return [0xa0 | length, ...bytes];
  if (length < 0x100) return [0xd9, length, ...bytes];
  if (length < 0x10000) return [0xda, length >> 8, length & 0xff, ...bytes];
  return [0xdb, length >>> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff, ...bytes];
}

/** The head of a map in MessagePack. */
export function packedMap(size: number): number[] {
  return size < 16 ? [0x80 | size] : [0xde, size >> 8, size & 0xff];
}

export function utf8(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}

/** Statements that write constant bytes: `writer.put(0x6469a285, 4);`. */
export function putBytes(bytes: readonly number[]): string {
  return chunks(bytes)
    .map((chunk) => `writer.put(${literal(chunk)}, ${chunk.length});`)
    .join("\n");
}

/** An expression that passes the bytes and is true if they come next: `reader.take(0x6469a2, 3)`. */
export function takeBytes(bytes: readonly number[]): string {
  if (bytes.length <= 8) return `reader.take(${literal(bytes)}, ${bytes.length})`;
  const fits = bytes.length > MARGIN ? `reader.fits(${bytes.length}) && ` : "";
  return `${fits}${everyChunk("has", bytes)} && reader.pass(${bytes.length})`;
}

/** An expression that is true if the key read last is these bytes, and is as long: `reader.keyHas(0, 0x6469, 2)`. */
export function keyIs(bytes: readonly number[]): string {
  return bytes.length === 0 ? "true" : everyChunk("keyHas", bytes);
}

function everyChunk(method: string, bytes: readonly number[]): string {
  return chunks(bytes)
    .map((chunk, index) => `reader.${method}(${index * 8}, ${literal(chunk)}, ${chunk.length})`)
    .join(" && ");
}

function chunks(bytes: readonly number[]): number[][] {
  const result: number[][] = [];
  for (let at = 0; at < bytes.length; at += 8) result.push(bytes.slice(at, at + 8));
  return result;
}

/** Little-endian, as loads and stores have them. */
function literal(bytes: readonly number[]): string {
  return `0x${[...bytes]
    .reverse()
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("")}`;
}
