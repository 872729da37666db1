/**
 * Whether an IP address is one of the public Internet: not of a private network, not this machine, not link-local,
 * multicast, reserved, or an example. IPv6 addresses that carry an IPv4 address are judged by that one. Text that isn't
 * an address is not public.
 *
 * The ranges are those of IANA's registries of special-purpose addresses (RFC 6890).
 */
export function isPublicAddress(text: string): boolean {
  const v4 = parseIpv4(text);
  if (v4 !== undefined) return isPublicIpv4(v4);
  const v6 = parseIpv6(text.replace(/^\[(.*)\]$/, "$1"));
  return v6 !== undefined && isPublicIpv6(v6);
}

/** Whether the host of a URL is an address, and not a name. */
export function isAddress(hostname: string): boolean {
  return hostname.startsWith("[") || parseIpv4(hostname) !== undefined;
}

type Range = readonly [first: string, prefix: number];

const NOT_PUBLIC_IPV4: readonly Range[] = [
  ["0.0.0.0", 8], // this network
  ["10.0.0.0", 8], // private
  ["100.64.0.0", 10], // shared by a carrier's customers
  ["127.0.0.0", 8], // loopback
  ["169.254.0.0", 16], // link-local: also where clouds serve their credentials
  ["172.16.0.0", 12], // private
  ["192.0.0.0", 24], // protocol assignments
  ["192.0.2.0", 24], // documentation
  ["192.88.99.0", 24], // 6to4 relays, withdrawn
  ["192.168.0.0", 16], // private
  ["198.18.0.0", 15], // benchmarks
  ["198.51.100.0", 24], // documentation
  ["203.0.113.0", 24], // documentation
  ["224.0.0.0", 4], // multicast
  ["240.0.0.0", 4], // reserved, and broadcast
];

// All of IPv6 that is given out for the Internet lies in 2000::/3; these parts of it are not of the Internet.
const GLOBAL_UNICAST: Range = ["2000::", 3];
const NOT_PUBLIC_IPV6: readonly Range[] = [
  ["2001::", 23], // protocol assignments, Teredo among them
  ["2001:db8::", 32], // documentation
  ["2002::", 16], // 6to4, withdrawn: leads to any IPv4 address
  ["3fff::", 20], // documentation
];
/** Their last 32 bits are an IPv4 address: mapped ones, and those of NAT64 gateways. */
const CARRIERS_OF_IPV4: readonly Range[] = [
  ["::ffff:0:0", 96],
  ["64:ff9b::", 96],
];

function isPublicIpv4(address: bigint): boolean {
  return !NOT_PUBLIC_IPV4.some(([first, prefix]) => lies(address, parseIpv4(first), prefix, 32));
}

function isPublicIpv6(address: bigint): boolean {
  const within = ([first, prefix]: Range): boolean => lies(address, parseIpv6(first), prefix, 128);
  if (CARRIERS_OF_IPV4.some(within)) return isPublicIpv4(BigInt.asUintN(32, address));
  return within(GLOBAL_UNICAST) && !NOT_PUBLIC_IPV6.some(within);
}

function lies(address: bigint, first: bigint | undefined, prefix: number, bits: number): boolean {
  const shift = BigInt(bits - prefix);
  return first !== undefined && address >> shift === first >> shift;
}

/** Four decimal numbers. The other forms (`127.1`, `0x7f000001`) are gone once a URL was parsed. */
function parseIpv4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255))
    return undefined;
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n);
}

function parseIpv6(text: string): bigint | undefined {
  const [address = ""] = text.split("%");
  const dotted = /^(.*:)([^:]*\.[^:]*)$/.exec(address);
  if (dotted !== null) {
    const v4 = parseIpv4(dotted[2] ?? "");
    if (v4 === undefined) return undefined;
    return parseIpv6(`${dotted[1]}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`);
  }
  const halves = address.split("::").map((half) => (half === "" ? [] : half.split(":")));
  const [head = [], tail = []] = halves;
  const missing = 8 - head.length - tail.length;
  if (halves.length > 2 || (halves.length === 2 ? missing < 1 : missing !== 0)) return undefined;
  const groups = [...head, ...Array<string>(missing).fill("0"), ...tail];
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n);
}
