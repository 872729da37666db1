/**
 * Belong to one connection (RFC 9110, section 7.6.1) or are the client's own business: a plug-in that sets them could
 * smuggle a second request, or speak in another host's name.
 */
const NOT_FOR_REQUESTS = new Set([
  "connection",
  "content-length",
  "date",
  "expect",
  "host",
  "http2-settings",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "via",
]);

const NOT_FOR_REQUESTS_PREFIX = /^(proxy-|sec-)/;

const NOT_FOR_PLUGINS = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/**
 * The headers of a plug-in's request, without those that it must not set.
 *
 * @throws TypeError for a name or a value that no header can have.
 */
export function requestHeaders(given: Readonly<Record<string, string>>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(given)) headers.append(name, value);
  const ofConnection = (headers.get("connection") ?? "").split(",").map((name) => name.trim().toLowerCase());
  for (const name of [...headers.keys()]) {
    if (NOT_FOR_REQUESTS.has(name) || NOT_FOR_REQUESTS_PREFIX.test(name) || ofConnection.includes(name)) {
      headers.delete(name);
    }
  }
  return headers;
}

/** What a plug-in is shown of a response's headers, by lower-case name. Equal names are joined by a comma. */
export function responseHeaders(headers: Headers): Record<string, string> {
  const shown: [string, string][] = [];
  for (const name of new Set(headers.keys())) {
    if (!NOT_FOR_PLUGINS.has(name)) shown.push([name, headers.get(name) ?? ""]);
  }
  // Makes properties of its own, even of a name such as "__proto__".
  return Object.fromEntries(shown);
}

/** A redirect to another origin takes no credentials along. */
export function dropCredentials(headers: Headers): void {
  for (const name of ["authorization", "cookie", "proxy-authorization"]) headers.delete(name);
}

/** A request that lost its body has nothing left for these to describe. */
export function dropBodyHeaders(headers: Headers): void {
  for (const name of ["content-encoding", "content-language", "content-location", "content-type"]) {
    headers.delete(name);
  }
}
