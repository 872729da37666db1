import { wellFormed } from "../../text/utf8.js";
import { parseUrl } from "./parse.js";
import { hostAndPort, serialize, serializePath, type UrlRecord } from "./record.js";
import { attach, replaceList, type URLSearchParams } from "./search-params.js";
import * as set from "./setters.js";

/**
 * A URL, and its parts. It follows the URL Standard, which browsers and Node follow, but for a few rare characters
 * of domains that are not ASCII.
 */
export class URL {
  #record: UrlRecord;
  #searchParams: URLSearchParams | undefined;

  /** Whether the constructor would take it. */
  static canParse(url: string | URL, base?: string | URL): boolean {
    return parse(url, base) !== undefined;
  }

  /** The URL, or null for what is none. */
  static parse(url: string | URL, base?: string | URL): URL | null {
    return URL.canParse(url, base) ? new URL(url, base) : null;
  }

  constructor(url: string | URL, base?: string | URL) {
    const record = parse(url, base);
    if (record === undefined) throw invalid(url, base);
    this.#record = record;
  }

  get href(): string {
    return serialize(this.#record);
  }

  set href(value: string) {
    const record = parse(value, undefined);
    if (record === undefined) throw invalid(value, undefined);
    this.#record = record;
    this.#updateParams();
  }

  get origin(): string {
    return originOf(this.#record);
  }

  get protocol(): string {
    return `${this.#record.scheme}:`;
  }

  set protocol(value: string) {
    set.protocol(this.#record, text(value));
  }

  get username(): string {
    return this.#record.username;
  }

  set username(value: string) {
    set.username(this.#record, text(value));
  }

  get password(): string {
    return this.#record.password;
  }

  set password(value: string) {
    set.password(this.#record, text(value));
  }

  get host(): string {
    return hostAndPort(this.#record);
  }

  set host(value: string) {
    set.host(this.#record, text(value));
  }

  get hostname(): string {
    return this.#record.host ?? "";
  }

  set hostname(value: string) {
    set.hostname(this.#record, text(value));
  }

  get port(): string {
    return this.#record.port === null ? "" : String(this.#record.port);
  }

  set port(value: string) {
    set.port(this.#record, text(value));
  }

  get pathname(): string {
    return serializePath(this.#record);
  }

  set pathname(value: string) {
    set.pathname(this.#record, text(value));
  }

  get search(): string {
    return this.#record.query ? `?${this.#record.query}` : "";
  }

  set search(value: string) {
    set.search(this.#record, text(value));
    this.#updateParams();
  }

  get searchParams(): URLSearchParams {
    this.#searchParams ??= attach(this.#record.query ?? "", (query) => {
      this.#record.query = query === "" ? null : query;
    });
    return this.#searchParams;
  }

  get hash(): string {
    return this.#record.fragment ? `#${this.#record.fragment}` : "";
  }

  set hash(value: string) {
    set.hash(this.#record, text(value));
  }

  toString(): string {
    return this.href;
  }

  toJSON(): string {
    return this.href;
  }

  get [Symbol.toStringTag](): "URL" {
    return "URL";
  }

  #updateParams(): void {
    if (this.#searchParams !== undefined) replaceList(this.#searchParams, this.#record.query ?? "");
  }
}

function text(value: unknown): string {
  return wellFormed(String(value));
}

function parse(url: unknown, base: unknown): UrlRecord | undefined {
  if (base === undefined) return parseUrl(text(url));
  const parsed = parseUrl(text(base));
  return parsed && parseUrl(text(url), parsed);
}

function invalid(url: unknown, base: unknown): TypeError {
  const against = base === undefined ? "" : ` against the base ${JSON.stringify(String(base))}`;
  // As Node has it: some programs look for the code.
  return Object.assign(new TypeError(`Invalid URL: ${JSON.stringify(String(url))}${against}`), {
    code: "ERR_INVALID_URL",
  });
}

function originOf({ scheme, path, ...rest }: UrlRecord): string {
  if (scheme === "blob") {
    const inner = typeof path === "string" ? parseUrl(path) : undefined;
    return inner !== undefined && /^https?$/.test(inner.scheme) ? originOf(inner) : "null";
  }
  if (!/^(https?|wss?|ftp)$/.test(scheme)) return "null";
  return `${scheme}://${hostAndPort({ scheme, path, ...rest })}`;
}
