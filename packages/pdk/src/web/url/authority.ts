import { parseHost } from "./host.js";
import { percentEncode, USERINFO_SET } from "./percent.js";
import { isSpecial, portOf, type UrlRecord } from "./record.js";

/** Reads `user:password@host:port` into the record; false for what is none. */
export function parseAuthority(url: UrlRecord, text: string): boolean {
  const at = text.lastIndexOf("@");
  if (at >= 0) {
    const [username = "", ...password] = text.slice(0, at).split(":");
    url.username = encodeUserinfo(username);
    url.password = encodeUserinfo(password.join(":"));
  }
  const hostText = text.slice(at + 1);
  if (at >= 0 && hostText === "") return false;
  const { name, port } = splitPort(hostText);
  if (name === "" && (isSpecial(url) || port !== undefined)) return false;
  const host = parseHost(name, isSpecial(url));
  if (host === undefined) return false;
  url.host = host;
  if (port === undefined || port === "") return true;
  if (!/^[0-9]+$/.test(port) || Number(port) > LARGEST_PORT) return false;
  url.port = portOf(url.scheme, Number(port));
  return true;
}

/** A user or a password in its percent-encoded form. */
export function encodeUserinfo(text: string): string {
  return percentEncode(text, USERINFO_SET);
}

export const LARGEST_PORT = 0xffff;

/** Divides at the first colon that is not within brackets. */
export function splitPort(text: string): { readonly name: string; readonly port: string | undefined } {
  let inBrackets = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "[") inBrackets = true;
    if (text[at] === "]") inBrackets = false;
    if (text[at] === ":" && !inBrackets) return { name: text.slice(0, at), port: text.slice(at + 1) };
  }
  return { name: text, port: undefined };
}
