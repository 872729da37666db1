/** Whether a domain has to be an IPv4 address: its last part is a number. */
export function endsInNumber(domain: string): boolean {
  const parts = domain.split(".");
  if (parts.at(-1) === "" && parts.length > 1) parts.pop();
  const last = parts.at(-1) ?? "";
  return /^[0-9]+$/.test(last) || parseNumber(last) !== undefined;
}

/** An address of one to four numbers, each decimal, octal or hexadecimal, as four decimal ones. */
export function parseIpv4(domain: string): string | undefined {
  const parts = domain.split(".");
  if (parts.at(-1) === "" && parts.length > 1) parts.pop();
  if (parts.length > 4) return undefined;
  const numbers = parts.map(parseNumber);
  let address = 0;
  for (const [index, number] of numbers.entries()) {
    const isLast = index === numbers.length - 1;
    // The last number has all the bytes that are left.
    const limit = isLast ? 256 ** (5 - numbers.length) : 256;
    if (number === undefined || number >= limit) return undefined;
    address += isLast ? number : number * 256 ** (3 - index);
  }
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

function parseNumber(text: string): number | undefined {
  if (/^0x[0-9a-f]*$/i.test(text)) return text.length === 2 ? 0 : Number.parseInt(text.slice(2), 16);
  if (/^0[0-7]+$/.test(text)) return Number.parseInt(text, 8);
  return /^(0|[1-9][0-9]*)$/.test(text) ? Number.parseInt(text, 10) : undefined;
}
