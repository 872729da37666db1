import { PATH_SET, percentEncode } from "./percent.js";
import { isSpecial, type UrlRecord } from "./record.js";

/** Adds the segments of a text to the record's path, which has to be a list. A leading slash is no segment. */
export function parsePath(url: UrlRecord, text: string): void {
  if (typeof url.path === "string") return;
  const path = url.path;
  const special = isSpecial(url);
  const segments = text.replace(special ? /^[/\\]/ : /^\//, "").split(special ? /[/\\]/ : "/");
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    const dots = dotsOf(segment);
    if (dots === 2) shorten(url.scheme, path);
    if (dots === 0) path.push(encodeSegment(url.scheme, path, segment));
    else if (isLast) path.push("");
  }
}

/** Takes the last segment away, but not the drive of a file. */
export function shorten(scheme: string, path: string[]): void {
  if (scheme === "file" && path.length === 1 && isDriveLetter(path[0] ?? "", ":")) return;
  path.pop();
}

/** Whether a text is a letter and one of the characters. */
export function isDriveLetter(text: string, colons: string): boolean {
  return text.length === 2 && /[a-z]/i.test(text[0] ?? "") && colons.includes(text[1] ?? " ");
}

/** Whether a path begins with the drive of a file. */
export function startsWithDriveLetter(text: string): boolean {
  return /^[a-z][:|]([/\\?#]|$)/i.test(text);
}

function encodeSegment(scheme: string, path: readonly string[], segment: string): string {
  if (scheme === "file" && path.length === 0 && isDriveLetter(segment, ":|")) return `${segment[0] ?? ""}:`;
  return percentEncode(segment, PATH_SET);
}

/** 1 for the segment `.`, 2 for `..`, with dots perhaps written as `%2e`. */
function dotsOf(segment: string): 0 | 1 | 2 {
  const plain = segment.replaceAll(/%2e/gi, ".");
  return plain === "." ? 1 : plain === ".." ? 2 : 0;
}
