/** The parts of a URL, as the URL Standard divides it. Each is percent-encoded where it has to be. */
export interface UrlRecord {
  /** Lower case, without the colon. */
  scheme: string;
  username: string;
  password: string;
  /** As it is written: an IPv6 address has its brackets. Null for a URL without an authority. */
  host: string | null;
  /** Null where it is the scheme's own. */
  port: number | null;
  /** Segments; or text, in a URL such as `mailto:ada@example.com`. */
  path: string[] | string;
  query: string | null;
  fragment: string | null;
}

/** A record of which only the scheme is known. */
export function newRecord(scheme: string): UrlRecord {
  return {
    scheme,
    username: "",
    password: "",
    host: null,
    port: null,
    path: [],
    query: null,
    fragment: null,
  };
}

/** The port that needs not be written, by special scheme; `file` has none. */
const DEFAULT_PORTS: Readonly<Record<string, number | null>> = {
  ftp: 21,
  file: null,
  http: 80,
  https: 443,
  ws: 80,
  wss: 443,
};

/** Whether the standard knows the scheme, and has rules of its own for it. */
export function isSpecial({ scheme }: { readonly scheme: string }): boolean {
  return Object.hasOwn(DEFAULT_PORTS, scheme);
}

/** Null when it is the scheme's own. */
export function portOf(scheme: string, port: number | null): number | null {
  return Object.hasOwn(DEFAULT_PORTS, scheme) && DEFAULT_PORTS[scheme] === port ? null : port;
}

/** Whether there can be a user, a password and a port. */
export function hasAuthority({ host, scheme }: UrlRecord): boolean {
  return host !== null && host !== "" && scheme !== "file";
}

/** The whole URL as text. */
export function serialize(url: UrlRecord): string {
  let text = `${url.scheme}:`;
  if (url.host !== null) text += `//${credentials(url)}${hostAndPort(url)}`;
  // Without this, the path would look like a host.
  else if (typeof url.path !== "string" && url.path.length > 1 && url.path[0] === "") text += "/.";
  text += serializePath(url);
  if (url.query !== null) text += `?${url.query}`;
  if (url.fragment !== null) text += `#${url.fragment}`;
  return text;
}

/** `host`, or `host:port`. */
export function hostAndPort({ host, port }: UrlRecord): string {
  if (host === null) return "";
  return port === null ? host : `${host}:${port}`;
}

/** The path with its slashes. */
export function serializePath({ path }: UrlRecord): string {
  return typeof path === "string" ? path : path.map((segment) => `/${segment}`).join("");
}

function credentials({ username, password }: UrlRecord): string {
  if (username === "" && password === "") return "";
  return password === "" ? `${username}@` : `${username}:${password}@`;
}
