import { CodecError, quoteForMessage } from "../errors.js";
import { setProperty } from "../property.js";
import { MAX_JSON_DEPTH, tooDeep } from "./depth.js";

/**
 * Parses a JSON text (RFC 8259) as strictly as JSON.parse does, knows where it fails, and can keep the digits of
 * integers that a number can't hold.
 */
export function parseExactJson(text: string, bigints: boolean): unknown {
  const parser = new ExactParser(text, bigints);
  return parser.document();
}

/** The longest integer, in digits, that is made into a bigint: the time that takes grows faster than the length. */
const MAX_DIGITS = 4096;

class ExactParser {
  readonly #text: string;
  readonly #bigints: boolean;
  #pos = 0;
  #depth = 0;

  constructor(text: string, bigints: boolean) {
    this.#text = text;
    this.#bigints = bigints;
  }

  document(): unknown {
    this.#space();
    const v = this.#value();
    this.#space();
    if (this.#pos < this.#text.length) this.#unexpected("the end of the text");
    return v;
  }

  #value(): unknown {
    const c = this.#text.charCodeAt(this.#pos);
    switch (c) {
      case QUOTE:
        return this.#string();
      case OPEN_BRACE:
        return this.#object();
      case OPEN_BRACKET:
        return this.#array();
      case 0x74:
        return this.#word("true", true);
      case 0x66:
        return this.#word("false", false);
      case 0x6e:
        return this.#word("null", null);
      default:
        return this.#number();
    }
  }

  #object(): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    this.#enter();
    if (!this.#closes(CLOSE_BRACE)) {
      do {
        this.#space();
        if (this.#text.charCodeAt(this.#pos) !== QUOTE) this.#unexpected("a property name in quotes");
        const key = this.#string();
        this.#space();
        if (this.#text.charCodeAt(this.#pos) !== COLON) this.#unexpected('":"');
        this.#pos++;
        this.#space();
        setProperty(object, key, this.#value());
      } while (this.#continues(CLOSE_BRACE, '"," or "}"'));
    }
    this.#depth--;
    return object;
  }

  #array(): unknown[] {
    const array: unknown[] = [];
    this.#enter();
    if (!this.#closes(CLOSE_BRACKET)) {
      do {
        this.#space();
        array.push(this.#value());
      } while (this.#continues(CLOSE_BRACKET, '"," or "]"'));
    }
    this.#depth--;
    return array;
  }

  #enter(): void {
    if (++this.#depth > MAX_JSON_DEPTH) throw tooDeep(this.#pos);
    this.#pos++;
  }

  /** Whether a container ends at once. */
  #closes(close: number): boolean {
    this.#space();
    if (this.#text.charCodeAt(this.#pos) !== close) return false;
    this.#pos++;
    return true;
  }

  /** Whether a container goes on after a value, rather than ends. */
  #continues(close: number, expected: string): boolean {
    this.#space();
    const c = this.#text.charCodeAt(this.#pos);
    if (c !== COMMA && c !== close) this.#unexpected(expected);
    this.#pos++;
    return c === COMMA;
  }

  #string(): string {
    const text = this.#text;
    const open = this.#pos;
    PLAIN.lastIndex = open + 1;
    PLAIN.test(text);
    const end = PLAIN.lastIndex;
    if (text.charCodeAt(end) === QUOTE) {
      this.#pos = end + 1;
      return text.slice(open + 1, end);
    }
    return this.#escapedString(open, end);
  }

  /** A string that has escapes, and is plain up to `at`. */
  #escapedString(open: number, at: number): string {
    const text = this.#text;
    let s = text.slice(open + 1, at);
    let pos = at;
    for (;;) {
      this.#pos = pos;
      const c = text.charCodeAt(pos);
      if (c === QUOTE) break;
      if (c !== BACKSLASH)
        this.#unexpected(pos < text.length ? "an escape for a control character" : "a closing quote");
      s += this.#escape();
      PLAIN.lastIndex = this.#pos;
      PLAIN.test(text);
      pos = PLAIN.lastIndex;
      s += text.slice(this.#pos, pos);
    }
    this.#pos = pos + 1;
    return s;
  }

  #escape(): string {
    const c = this.#text.charAt(this.#pos + 1);
    if (c === "u") {
      const digits = this.#text.slice(this.#pos + 2, this.#pos + 6);
      if (!/^[0-9A-Fa-f]{4}$/.test(digits)) this.#unexpected("an escape with four hexadecimal digits");
      this.#pos += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const i = c === "" ? -1 : ESCAPES.indexOf(c);
    if (i < 0) this.#unexpected("a valid escape");
    this.#pos += 2;
    return ESCAPED.charAt(i);
  }

  #number(): number | bigint {
    NUMBER.lastIndex = this.#pos;
    const match = NUMBER.exec(this.#text);
    if (match === null) return this.#unexpected("a JSON value");
    const digits = match[0];
    const v = Number(digits);
    if (this.#bigints && match[1] === "" && !Number.isSafeInteger(v)) {
      if (digits.length > MAX_DIGITS) this.#hugeInteger(digits.length);
      this.#pos = NUMBER.lastIndex;
      return BigInt(digits);
    }
    this.#pos = NUMBER.lastIndex;
    return v;
  }

  #hugeInteger(digits: number): never {
    throw new CodecError(
      "range",
      `expected an integer of at most ${MAX_DIGITS} digits, got one of ${digits}`,
      {
        offset: this.#pos,
      },
    );
  }

  #word<T>(word: string, v: T): T {
    if (!this.#text.startsWith(word, this.#pos)) this.#unexpected("a JSON value");
    this.#pos += word.length;
    return v;
  }

  #space(): void {
    for (;;) {
      const c = this.#text.charCodeAt(this.#pos);
      if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return;
      this.#pos++;
    }
  }

  #unexpected(expected: string): never {
    const code = this.#text.codePointAt(this.#pos);
    const got = code === undefined ? "the end of the text" : quoteForMessage(String.fromCodePoint(code));
    throw new CodecError("syntax", `expected ${expected}, got ${got}`, { offset: this.#pos, expected, got });
  }
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

const ESCAPES = '"\\/bfnrt';
const ESCAPED = '"\\/\b\f\n\r\t';

/** What needs no escape in a string; matches the empty text, so that `lastIndex` always says where it ends. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what JSON forbids here.
const PLAIN = /[^"\\\u0000-\u001f]*/y;

/** A JSON number; its fraction and exponent, if there are any, are the first group. */
const NUMBER = /-?(?:0|[1-9]\d*)((?:\.\d+)?(?:[eE][+-]?\d+)?)/y;
