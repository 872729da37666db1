/** A constant run of bytes as calls that write it: `w.put4(0x81a47465);` for each four, and the rest. */
export function putRun(bytes: readonly number[]): string {
  const calls: string[] = [];
  for (let at = 0; at < bytes.length; at += 4) {
    const part = bytes.slice(at, at + 4);
    calls.push(`w.put${part.length}(${hex(part)});`);
  }
  return calls.join(" ");
}

/** The bytes of a string in MessagePack, header first. */
export function keyBytes(key: string): number[] {
  const text = [...new TextEncoder().encode(key)];
  const { length } = text;
  if (length < 32) return [0xa0 | length, ...text];
  if (length < 0x100) return [0xd9, length, ...text];
  return [0xda, length >> 8, length & 0xff, ...text];
}

/** The header of a map. */
export function mapHeader(size: number): number[] {
  return size < 16 ? [0x80 | size] : [0xde, size >> 8, size & 0xff];
}

/** The longest key that is compared by constants; a longer one is compared by a loop. */
export const MAX_CONSTANT_KEY = 8;

/** An expression that is true, and moves on, when the next key is this one: `r.key5(0xa4746578, 0x74)`. */
export function keyTest(key: string, constant: (bytes: readonly number[]) => string): string {
  const bytes = keyBytes(key);
  if (bytes.length > MAX_CONSTANT_KEY) return `r.keyBytes(${constant(bytes)})`;
  const rest = bytes.slice(4);
  return `r.key${bytes.length}(${hex(bytes.slice(0, 4))}${rest.length === 0 ? "" : `, ${hex(rest)}`})`;
}

function hex(bytes: readonly number[]): string {
  return `0x${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
