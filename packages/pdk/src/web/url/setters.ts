import { encodeUserinfo, LARGEST_PORT, splitPort } from "./authority.js";
import { parseHost } from "./host.js";
import { encodeFragment, encodeQuery, withoutBreaks } from "./parse.js";
import { parsePath } from "./path.js";
import { hasAuthority, isSpecial, portOf, type UrlRecord } from "./record.js";

// What the properties of URL do (URL Standard, section 6.1). A value that doesn't fit changes nothing.

export function protocol(url: UrlRecord, value: string): void {
  const scheme = /^([a-z][a-z0-9+.-]*)(:|$)/i.exec(withoutBreaks(value))?.[1]?.toLowerCase();
  if (scheme === undefined || isSpecial({ scheme }) !== isSpecial(url)) return;
  const hasCredentials = url.username !== "" || url.password !== "" || url.port !== null;
  if (scheme === "file" && hasCredentials) return;
  if (url.scheme === "file" && url.host === "") return;
  url.scheme = scheme;
  url.port = portOf(scheme, url.port);
}

export function username(url: UrlRecord, value: string): void {
  if (hasAuthority(url)) url.username = encodeUserinfo(value);
}

export function password(url: UrlRecord, value: string): void {
  if (hasAuthority(url)) url.password = encodeUserinfo(value);
}

export function host(url: UrlRecord, value: string): void {
  if (typeof url.path === "string") return;
  const text = untilPath(url, value);
  if (url.scheme === "file") return setFileHost(url, text);
  const split = splitPort(text);
  if (split.name === "" && split.port !== undefined) return;
  if (setHost(url, split.name) && split.port !== undefined) setPort(url, split.port);
}

export function hostname(url: UrlRecord, value: string): void {
  if (typeof url.path === "string") return;
  const text = untilPath(url, value);
  if (url.scheme === "file") return setFileHost(url, text);
  if (splitPort(text).port === undefined) setHost(url, text);
}

export function port(url: UrlRecord, value: string): void {
  if (!hasAuthority(url)) return;
  if (value === "") url.port = null;
  else setPort(url, withoutBreaks(value));
}

export function pathname(url: UrlRecord, value: string): void {
  if (typeof url.path === "string") return;
  url.path = [];
  const text = withoutBreaks(value);
  if (text !== "" || isSpecial(url)) parsePath(url, text);
  else if (url.host === null) url.path = [""];
}

export function search(url: UrlRecord, value: string): void {
  url.query = value === "" ? null : encodeQuery(url, withoutBreaks(value.replace(/^\?/, "")));
}

export function hash(url: UrlRecord, value: string): void {
  url.fragment = value === "" ? null : encodeFragment(withoutBreaks(value.replace(/^#/, "")));
}

function untilPath(url: UrlRecord, value: string): string {
  return withoutBreaks(value).split(isSpecial(url) ? /[/\\?#]/ : /[/?#]/)[0] ?? "";
}

function setHost(url: UrlRecord, text: string): boolean {
  const isBare = url.username === "" && url.password === "" && url.port === null;
  if (text === "" && (isSpecial(url) || !isBare)) return false;
  const parsed = parseHost(text, isSpecial(url));
  if (parsed === undefined) return false;
  url.host = parsed;
  return true;
}

function setFileHost(url: UrlRecord, text: string): void {
  const parsed = text === "" ? "" : parseHost(text, true);
  if (parsed !== undefined) url.host = parsed === "localhost" ? "" : parsed;
}

/** The digits count, up to what is none. */
function setPort(url: UrlRecord, text: string): void {
  const digits = /^[0-9]+/.exec(text)?.[0];
  if (digits !== undefined && Number(digits) <= LARGEST_PORT) url.port = portOf(url.scheme, Number(digits));
}
