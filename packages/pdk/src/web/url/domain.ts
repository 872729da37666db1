import { decodePunycode, encodePunycode } from "./punycode.js";

/**
 * A domain in ASCII, lower case, as UTS #46 makes it; undefined for what can't be one. In the place of that
 * standard's table of some hundred kilobytes are the engine's own Unicode normalization and properties: the result
 * is the same but for a few rare characters, and the rules for joiners and for text from right to left are not
 * checked. The host that sends a request applies its own rules in any case.
 */
export function toAscii(domain: string): string | undefined {
  if (!NOT_ASCII.test(domain) && !/(^|\.)xn--/i.test(domain)) return domain.toLowerCase();
  const labels = mapped(domain).split(".").map(labelToAscii);
  return labels.includes(undefined) ? undefined : labels.join(".");
}

const NOT_ASCII = /[^\0-\x7f]/;

/** What is compared alike becomes alike; characters that nobody sees are left out. */
function mapped(domain: string): string {
  const visible = domain.replace(IGNORED, "");
  // One by one: in a word, a capital sigma would depend on its place.
  const lower = Array.from(visible.normalize("NFKC"), (character) => character.toLowerCase()).join("");
  return lower.normalize("NFKC").replace(IGNORED, "").replaceAll("\u3002", ".");
}

/** Soft hyphen, combining grapheme joiner, variation selectors, zero-width space, word joiner and its relatives. */
const IGNORED =
  /\u00ad|\u034f|[\u180b-\u180d]|[\u180f\u200b\u2060\u2064\ufeff]|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/gu;

function labelToAscii(label: string): string | undefined {
  if (label.startsWith("xn--")) {
    const decoded = decodePunycode(label.slice(4));
    const isSound = decoded !== undefined && NOT_ASCII.test(decoded) && mapped(decoded) === decoded;
    return isSound && isValid(decoded) ? label : undefined;
  }
  if (!NOT_ASCII.test(label)) return label;
  return isValid(label) ? `xn--${encodePunycode(label)}` : undefined;
}

/** No mark begins a label; and there are no spaces, controls, private or unassigned characters. */
function isValid(label: string): boolean {
  return (
    !/^\p{M}/u.test(label) &&
    !/[\p{Z}\p{Cc}\p{Cs}\p{Co}\p{Cn}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd.]/u.test(label)
  );
}
