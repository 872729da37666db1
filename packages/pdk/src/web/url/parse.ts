import { parseAuthority } from "./authority.js";
import { parseHost } from "./host.js";
import { isDriveLetter, parsePath, shorten, startsWithDriveLetter } from "./path.js";
import { CONTROL_SET, FRAGMENT_SET, percentEncode, QUERY_SET, SPECIAL_QUERY_SET } from "./percent.js";
import { isSpecial, newRecord, type UrlRecord } from "./record.js";

/**
 * Reads a URL as the basic URL parser of the URL Standard does (section 4.4), part by part; undefined for what is
 * none. The text has to be well-formed.
 */
export function parseUrl(input: string, base?: UrlRecord): UrlRecord | undefined {
  const text = withoutBreaks(input.replace(OUTER_SPACE, ""));
  const scheme = SCHEME.exec(text)?.[1];
  if (scheme === undefined) return base && parseRelative(text, base);
  const url = newRecord(scheme.toLowerCase());
  const rest = text.slice(scheme.length + 1);
  if (url.scheme === "file") return parseFile(url, rest, base);
  if (isSpecial(url)) {
    // "http:path", against a base of http, is a path.
    if (base?.scheme === url.scheme && !rest.startsWith("//")) return parseReference(url, rest, base);
    return parseFromAuthority(url, rest.replace(/^[/\\]*/, ""));
  }
  if (rest.startsWith("//")) return parseFromAuthority(url, rest.slice(2));
  return rest.startsWith("/") ? parseFromPath(url, rest) : parseOpaque(url, rest);
}

/** Tabs and line breaks count for nothing, wherever they are. */
export function withoutBreaks(text: string): string {
  return text.replace(/[\t\n\r]/g, "");
}

/** A query in its percent-encoded form. */
export function encodeQuery(url: UrlRecord, text: string): string {
  return percentEncode(text, isSpecial(url) ? SPECIAL_QUERY_SET : QUERY_SET);
}

/** A fragment in its percent-encoded form. */
export function encodeFragment(text: string): string {
  return percentEncode(text, FRAGMENT_SET);
}

const OUTER_SPACE = /^[\0-\x20]+|[\0-\x20]+$/g;
const SCHEME = /^([a-z][a-z0-9+.-]*):/i;

function parseRelative(text: string, base: UrlRecord): UrlRecord | undefined {
  if (typeof base.path === "string") {
    return text.startsWith("#") ? { ...base, fragment: encodeFragment(text.slice(1)) } : undefined;
  }
  const url = newRecord(base.scheme);
  return base.scheme === "file" ? parseFile(url, text, base) : parseReference(url, text, base);
}

/** What stands for another place below the same base. */
function parseReference(url: UrlRecord, text: string, base: UrlRecord): UrlRecord | undefined {
  const slashes = isSpecial(url) ? /^[/\\]*/ : /^\/*/;
  const leading = slashes.exec(text)?.[0].length ?? 0;
  if (leading >= 2) return parseFromAuthority(url, text.slice(isSpecial(url) ? leading : 2));
  const { username, password, host, port } = base;
  Object.assign(url, { username, password, host, port });
  return leading === 1 ? parseFromPath(url, text) : parseFromReference(url, text, base);
}

/** A text without leading slashes: it goes on from the base's path, unless it is empty up to there. */
function parseFromReference(url: UrlRecord, text: string, base: UrlRecord): UrlRecord {
  url.path = [...base.path];
  if (text === "" || text.startsWith("#")) {
    url.query = base.query;
    return parseFromQuery(url, text);
  }
  if (text.startsWith("?")) return parseFromQuery(url, text);
  shorten(url.scheme, url.path);
  return parseFromPath(url, `/${text}`);
}

function parseFile(url: UrlRecord, text: string, base: UrlRecord | undefined): UrlRecord | undefined {
  url.host = "";
  const from = base?.scheme === "file" ? base : undefined;
  if (/^[/\\]{2}/.test(text)) return parseFileHost(url, text.slice(2));
  if (/^[/\\]/.test(text)) {
    if (from !== undefined) {
      url.host = from.host;
      const drive = from.path[0] ?? "";
      if (!startsWithDriveLetter(text.slice(1)) && isDriveLetter(drive, ":")) url.path = [drive];
    }
    return parseFromPath(url, text);
  }
  if (from === undefined) return parseFromPath(url, `/${text}`);
  url.host = from.host;
  // A path that begins with a drive owes nothing to the base.
  return startsWithDriveLetter(text) ? parseFromPath(url, `/${text}`) : parseFromReference(url, text, from);
}

function parseFileHost(url: UrlRecord, text: string): UrlRecord | undefined {
  const name = /^[^/\\?#]*/.exec(text)?.[0] ?? "";
  if (isDriveLetter(name, ":|")) return parseFromPath(url, `/${text}`);
  if (name !== "") {
    const host = parseHost(name, true);
    if (host === undefined) return undefined;
    url.host = host === "localhost" ? "" : host;
  }
  return parseFromPath(url, text.slice(name.length));
}

function parseFromAuthority(url: UrlRecord, text: string): UrlRecord | undefined {
  const authority = (isSpecial(url) ? /^[^/\\?#]*/ : /^[^/?#]*/).exec(text)?.[0] ?? "";
  return parseAuthority(url, authority) ? parseFromPath(url, text.slice(authority.length)) : undefined;
}

/** What begins with the path: it, and the query, and the fragment. */
function parseFromPath(url: UrlRecord, text: string): UrlRecord {
  const path = /^[^?#]*/.exec(text)?.[0] ?? "";
  if (path !== "" || isSpecial(url)) parsePath(url, path);
  return parseFromQuery(url, text.slice(path.length));
}

function parseFromQuery(url: UrlRecord, text: string): UrlRecord {
  const [query = "", ...fragments] = text.split("#");
  if (query !== "") url.query = encodeQuery(url, query.slice(1));
  if (fragments.length > 0) url.fragment = encodeFragment(fragments.join("#"));
  return url;
}

function parseOpaque(url: UrlRecord, text: string): UrlRecord {
  const path = /^[^?#]*/.exec(text)?.[0] ?? "";
  const isLast = path.length === text.length;
  // A space before a query or a fragment would be lost, if that were taken away.
  url.path = percentEncode(isLast ? path : path.replace(/ $/, "%20"), CONTROL_SET);
  return parseFromQuery(url, text.slice(path.length));
}
