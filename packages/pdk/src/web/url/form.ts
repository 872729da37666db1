import { wellFormed } from "../../text/utf8.js";
import { FORM_SET, percentDecode, percentEncode } from "./percent.js";

/** A name and its value. */
export type Pair = [name: string, value: string];

/** Reads `application/x-www-form-urlencoded` (URL Standard, section 5.1). */
export function parseForm(text: string): Pair[] {
  const parts = text.split("&").filter((part) => part !== "");
  return parts.map((part) => {
    const [name = "", ...value] = part.split("=");
    return [decode(name), decode(value.join("="))];
  });
}

/** Writes `application/x-www-form-urlencoded` (section 5.2). */
export function serializeForm(pairs: readonly Pair[]): string {
  return pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
}

function decode(text: string): string {
  return percentDecode(text.replaceAll("+", " "));
}

function encode(text: string): string {
  return percentEncode(wellFormed(text), FORM_SET).replaceAll("%20", "+");
}
