import { wellFormed } from "../../text/utf8.js";
import { type Pair, parseForm, serializeForm } from "./form.js";

/** What a URLSearchParams is made of. */
export type SearchParamsInit =
  | string
  | Iterable<readonly [string, string]>
  | Readonly<Record<string, string>>
  | URLSearchParams;

/** The parameters of a URL's query, which tell when they have changed. */
export let attach: (query: string, changed: (query: string) => void) => URLSearchParams;

/** Has the parameters begin anew from a query, silently. */
export let replaceList: (params: URLSearchParams, query: string) => void;

/** Names and values, as in the query of a URL or the body of a form. */
export class URLSearchParams {
  #list: Pair[];
  #changed: ((query: string) => void) | undefined;

  static {
    attach = (query, changed) => {
      const params = new URLSearchParams(query);
      params.#changed = changed;
      return params;
    };
    replaceList = (params, query) => {
      params.#list = parseForm(query);
    };
  }

  constructor(init: SearchParamsInit = "") {
    this.#list =
      typeof init === "object" && init !== null ? listOf(init) : parseForm(text(init).replace(/^\?/, ""));
  }

  get size(): number {
    return this.#list.length;
  }

  append(name: string, value: string): void {
    this.#list.push([text(name), text(value)]);
    this.#update();
  }

  /** With a value, only the pairs that have it. */
  delete(name: string, value?: string): void {
    this.#list = this.#list.filter((pair) => !matches(pair, text(name), value));
    this.#update();
  }

  get(name: string): string | null {
    return this.#list.find((pair) => matches(pair, text(name), undefined))?.[1] ?? null;
  }

  getAll(name: string): string[] {
    return this.#list.filter((pair) => matches(pair, text(name), undefined)).map(([, value]) => value);
  }

  /** With a value, whether a pair has both. */
  has(name: string, value?: string): boolean {
    return this.#list.some((pair) => matches(pair, text(name), value));
  }

  /** Sets the first pair of the name, and deletes the others. */
  set(name: string, value: string): void {
    const wanted = text(name);
    const first = this.#list.find((pair) => matches(pair, wanted, undefined));
    if (first === undefined) return this.append(name, value);
    first[1] = text(value);
    this.#list = this.#list.filter((pair) => pair === first || pair[0] !== wanted);
    this.#update();
  }

  /** By name, in the order of UTF-16. Pairs of one name stay in their order. */
  sort(): void {
    this.#list.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#update();
  }

  forEach(callback: (value: string, name: string, params: URLSearchParams) => void, thisArg?: unknown): void {
    if (typeof callback !== "function") throw new TypeError("expected a function to call for each pair");
    for (const [name, value] of this) callback.call(thisArg, value, name, this);
  }

  *entries(): Generator<[string, string], undefined> {
    // By index: the list may change, or be another one, while it is gone through.
    for (let at = 0; at < this.#list.length; at++) yield [...(this.#list[at] ?? ["", ""])];
  }

  *keys(): Generator<string, undefined> {
    for (const [name] of this.entries()) yield name;
  }

  *values(): Generator<string, undefined> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): Generator<[string, string], undefined> {
    return this.entries();
  }

  toString(): string {
    return serializeForm(this.#list);
  }

  get [Symbol.toStringTag](): "URLSearchParams" {
    return "URLSearchParams";
  }

  #update(): void {
    this.#changed?.(serializeForm(this.#list));
  }
}

function listOf(init: Exclude<SearchParamsInit, string>): Pair[] {
  if (!(Symbol.iterator in init))
    return Object.entries(init).map(([name, value]) => [text(name), text(value)]);
  return Array.from(init, (pair) => {
    const parts = typeof pair === "object" && pair !== null ? [...pair] : [];
    if (parts.length !== 2) throw new TypeError("expected each pair to be a name and a value");
    return [text(parts[0]), text(parts[1])];
  });
}

function matches(pair: Pair, name: string, value: string | undefined): boolean {
  return pair[0] === name && (value === undefined || pair[1] === text(value));
}

function text(value: unknown): string {
  return wellFormed(String(value));
}
