/** What kind of thing is wrong with a value or with its encoding. */
export type CodecErrorCode =
  | "type"
  | "range"
  | "truncated"
  | "oversized"
  | "depth"
  | "utf8"
  | "syntax"
  | "missing"
  | "unknown-field"
  | "enum"
  | "trailing"
  | "unencodable";

/** What a {@link CodecError} knows besides its code and its text. Each part is left out where it has no meaning. */
export interface CodecErrorDetails {
  /** Bytes from the value's first byte; characters in a JSON text. */
  readonly offset?: number;
  /** Where in the value: `$.items[3].name`. */
  readonly path?: string | undefined;
  readonly expected?: string | undefined;
  readonly got?: string | undefined;
}

/**
 * A value that doesn't have the type it should have, or bytes that aren't the encoding of one. Every failure of
 * this package that a value or a document can cause is one of these. Setting {@link CodecError.path} rewrites the
 * message, so that whoever catches the error can add the path then, and success never pays for it.
 */
export class CodecError extends Error {
  readonly code: CodecErrorCode;
  /** Bytes from the value's first byte (characters in a JSON text), or -1 where there is no such place. */
  readonly offset: number;
  /** The message without the place: `expected string, got nil`. */
  readonly detail: string;
  readonly expected: string | undefined;
  readonly got: string | undefined;
  #path: string | undefined;

  constructor(code: CodecErrorCode, detail: string, details: CodecErrorDetails = {}) {
    const offset = details.offset ?? -1;
    super(messageOf(detail, offset, details.path));
    this.name = "CodecError";
    this.code = code;
    this.offset = offset;
    this.detail = detail;
    this.expected = details.expected;
    this.got = details.got;
    this.#path = details.path;
  }

  /** Where in the value, as `$.items[3].name`, once somebody has worked it out. */
  get path(): string | undefined {
    return this.#path;
  }

  set path(path: string | undefined) {
    const before = this.message;
    this.#path = path;
    this.message = messageOf(this.detail, this.offset, path);
    // Engines put the message into the stack's first line when the error is made, and leave it there.
    if (this.stack !== undefined) this.stack = this.stack.replace(before, () => this.message);
  }
}

function messageOf(detail: string, offset: number, path: string | undefined): string {
  if (path !== undefined) return `${path}: ${detail}`;
  return offset < 0 ? detail : `${detail} at offset ${offset}`;
}

/** Names a JavaScript value in an error: its type, and the value itself where that is short and harmless. */
export function describeValue(v: unknown): string {
  switch (typeof v) {
    case "number":
      return Number.isInteger(v) ? `integer ${Object.is(v, -0) ? "-0" : v}` : `number ${v}`;
    case "bigint":
      return describeBigInt(v);
    case "boolean":
      return `boolean ${v}`;
    case "object":
      return v === null ? "null" : describeObject(v);
    default:
      return typeof v;
  }
}

function describeBigInt(v: bigint): string {
  // Text of a huge bigint would swamp the message, and take long to make.
  return BigInt.asIntN(128, v) === v ? `bigint ${v}` : "a huge bigint";
}

function describeObject(v: object): string {
  if (Array.isArray(v)) return "array";
  if (v instanceof Date) return "Date";
  if (v instanceof Uint8Array) return "Uint8Array";
  const tag = Object.prototype.toString.call(v).slice(8, -1);
  return tag === "Object" ? "object" : quoteForMessage(tag, false);
}

/** The longest name that a message repeats, in UTF-16 code units. */
const MAX_QUOTED = 64;

/**
 * Text from outside, made fit for a message or a log line: cut to a bearable length, and with nothing in it that
 * ends a line, is invisible, or turns the direction of writing.
 */
export function quoteForMessage(text: string, marks = true): string {
  const cut = text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
  const shown = (marks ? JSON.stringify(cut) : cut).replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return shown;
}
