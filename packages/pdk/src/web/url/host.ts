import { toAscii } from "./domain.js";
import { endsInNumber, parseIpv4 } from "./ipv4.js";
import { parseIpv6 } from "./ipv6.js";
import { CONTROL_SET, percentDecode, percentEncode } from "./percent.js";

/** Reads a host as the URL Standard has it (section 3.5), and writes it out again; undefined for none. */
export function parseHost(text: string, special: boolean): string | undefined {
  if (text.startsWith("[")) {
    const address = text.endsWith("]") ? parseIpv6(text.slice(1, -1)) : undefined;
    return address === undefined ? undefined : `[${address}]`;
  }
  if (!special) return FORBIDDEN_IN_HOST.test(text) ? undefined : percentEncode(text, CONTROL_SET);
  const domain = toAscii(percentDecode(text));
  if (domain === undefined || domain === "" || FORBIDDEN_IN_DOMAIN.test(domain)) return undefined;
  return endsInNumber(domain) ? parseIpv4(domain) : domain;
}

const FORBIDDEN_IN_HOST = /[\0\t\n\r #/:<>?@[\\\]^|]/;
const FORBIDDEN_IN_DOMAIN = /[\0-\x20#%/:<>?@[\\\]^|\x7f]/;
