import { encodeUtf8 } from "../../text/utf8.js";
import { repairUtf8 } from "../../text/utf8-repair.js";

// The percent-encode sets of the URL Standard, section 1.3, each as runs of the characters that are in it.

export const CONTROL_SET = /[^\x20-\x7e]+/g;
export const FRAGMENT_SET = /[^!#-;=?-_a-~]+/g;
export const QUERY_SET = /[^!$-;=?-~]+/g;
export const SPECIAL_QUERY_SET = /[^!$-&(-;=?-~]+/g;
export const PATH_SET = /[^!$-;=@-\]_a-z|~]+/g;
export const USERINFO_SET = /[^!$-.0-9A-Z_a-z~]+/g;
/** Of `application/x-www-form-urlencoded`. A space is in it, and is then written as a plus sign. */
export const FORM_SET = /[^*\-.0-9A-Z_a-z]+/g;

/** Writes the UTF-8 of the characters in the set as `%XX`. The text has to be well-formed. */
export function percentEncode(text: string, set: RegExp): string {
  return text.replace(set, encodeRun);
}

/** encodeURIComponent leaves a few characters alone which a set may have. */
function encodeRun(run: string): string {
  return encodeURIComponent(run).replace(
    /[!'()*~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The text of UTF-8 of which some bytes are written as `%XX`. What is ill-formed becomes U+FFFD. */
export function percentDecode(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text.replace(/%(?![0-9A-Fa-f]{2})/g, "%25"));
  } catch {
    return repairUtf8(percentDecodedBytes(text));
  }
}

function percentDecodedBytes(text: string): Uint8Array {
  const bytes = encodeUtf8(text);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const digits = bytes[at] === 0x25 ? String.fromCharCode(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0) : "";
    if (/^[0-9A-Fa-f]{2}$/.test(digits)) {
      bytes[length++] = Number.parseInt(digits, 16);
      at += 2;
    } else bytes[length++] = bytes[at] ?? 0;
  }
  return bytes.subarray(0, length);
}
