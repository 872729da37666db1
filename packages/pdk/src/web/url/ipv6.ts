/** An IPv6 address (without brackets) in its shortest form, RFC 5952; undefined for what is none. */
export function parseIpv6(text: string): string | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const head = parsePieces(halves[0] ?? "", halves.length === 1);
  const tail = halves.length === 2 ? parsePieces(halves[1] ?? "", true) : [];
  if (head === undefined || tail === undefined) return undefined;
  if (halves.length === 1) return head.length === 8 ? serializeIpv6(head) : undefined;
  const missing = 8 - head.length - tail.length;
  // The colons stand for at least one piece.
  if (missing < 1) return undefined;
  return serializeIpv6([...head, ...Array<number>(missing).fill(0), ...tail]);
}

/** Pieces between colons. The last two may be written as an IPv4 address. */
function parsePieces(text: string, mayEndInIpv4: boolean): number[] | undefined {
  if (text === "") return [];
  const parts = text.split(":");
  const pieces: number[] = [];
  for (const [index, part] of parts.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(part)) {
      pieces.push(Number.parseInt(part, 16));
      continue;
    }
    const numbers =
      mayEndInIpv4 && index === parts.length - 1 ? IPV4.exec(part)?.slice(1).map(Number) : undefined;
    if (numbers === undefined || numbers.some((number) => number > 255)) return undefined;
    const [a = 0, b = 0, c = 0, d = 0] = numbers;
    pieces.push(a * 256 + b, c * 256 + d);
  }
  return pieces;
}

const IPV4 = /^(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})$/;

/** The first of the longest runs of two or more zeros becomes two colons. */
function serializeIpv6(pieces: readonly number[]): string {
  let start = -1;
  let length = 1;
  for (let at = 0; at < pieces.length; at++) {
    let end = at;
    while (pieces[end] === 0) end++;
    if (end - at > length) {
      start = at;
      length = end - at;
    }
    at = Math.max(at, end);
  }
  const hex = pieces.map((piece) => piece.toString(16));
  if (start < 0) return hex.join(":");
  return `${hex.slice(0, start).join(":")}::${hex.slice(start + length).join(":")}`;
}
