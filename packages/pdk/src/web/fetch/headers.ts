/** What a Headers is made of. */
export type HeadersInit = Headers | Iterable<readonly [string, string]> | Readonly<Record<string, string>>;

/** The headers of a request or a response: names in lower case, each with one value or more. */
export class Headers {
  readonly #values = new Map<string, string[]>();

  constructor(init: HeadersInit = {}) {
    if (typeof init !== "object" || init === null)
      throw new TypeError("expected headers as an object or as pairs");
    for (const pair of Symbol.iterator in init ? init : Object.entries(init)) {
      const [name, value, ...more] = pair;
      if (name === undefined || value === undefined || more.length > 0) {
        throw new TypeError("expected each header to be a name and a value");
      }
      this.append(name, value);
    }
  }

  append(name: string, value: string): void {
    const key = keyOf(name);
    const text = checkedValue(key, value);
    const values = this.#values.get(key);
    if (values === undefined) this.#values.set(key, [text]);
    else values.push(text);
  }

  delete(name: string): void {
    this.#values.delete(keyOf(name));
  }

  /** All the values of the name, with commas between. */
  get(name: string): string | null {
    return this.#values.get(keyOf(name))?.join(", ") ?? null;
  }

  /** Cookies have commas of their own: they are never joined. */
  getSetCookie(): string[] {
    return [...(this.#values.get("set-cookie") ?? [])];
  }

  has(name: string): boolean {
    return this.#values.has(keyOf(name));
  }

  set(name: string, value: string): void {
    const key = keyOf(name);
    this.#values.set(key, [checkedValue(key, value)]);
  }

  forEach(callback: (value: string, name: string, headers: Headers) => void, thisArg?: unknown): void {
    for (const [name, value] of this) callback.call(thisArg, value, name, this);
  }

  /** In the order of the names. */
  *entries(): Generator<[string, string], undefined> {
    for (const name of [...this.#values.keys()].sort()) {
      const values = this.#values.get(name) ?? [];
      for (const value of name === "set-cookie" ? values : [values.join(", ")]) yield [name, value];
    }
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

  get [Symbol.toStringTag](): "Headers" {
    return "Headers";
  }
}

/** A token, RFC 9110, section 5.6.2. */
const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

function keyOf(name: unknown): string {
  const text = String(name);
  if (!NAME.test(text)) throw new TypeError(`not the name of a header: ${JSON.stringify(text)}`);
  return text.toLowerCase();
}

function checkedValue(name: string, value: unknown): string {
  const text = String(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, "");
  if (/[\0\n\r]|[^\0-\xff]/.test(text)) {
    throw new TypeError(`the value of the header "${name}" has a character that a header can't have`);
  }
  return text;
}
