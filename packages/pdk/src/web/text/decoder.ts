import { bytesOf } from "./bytes.js";
import { ENCODINGS, encodingOf, type TextEncodingName } from "./encodings.js";

/** How a {@link TextDecoder} treats what is ill-formed, and a byte order mark. */
export interface TextDecoderOptions {
  /** Whether ill-formed input throws a TypeError, rather than becoming U+FFFD. @default false */
  readonly fatal?: boolean;
  /** Whether a byte order mark is text, rather than left out. @default false */
  readonly ignoreBOM?: boolean;
}

/** Makes text of bytes: of UTF-8, UTF-16 (little-endian) and windows-1252, which is what `latin1` means to it. */
export class TextDecoder {
  readonly encoding: TextEncodingName;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  /** What the last chunk of a stream left undecided. */
  #pending = new Uint8Array(0);
  #atStart = true;

  constructor(label = "utf-8", options: TextDecoderOptions = {}) {
    this.encoding = encodingOf(label);
    this.fatal = Boolean(options?.fatal);
    this.ignoreBOM = Boolean(options?.ignoreBOM);
  }

  /** With `stream`, more is to come: a character that is not whole yet waits for the next call. */
  decode(
    input?: ArrayBufferLike | ArrayBufferView,
    { stream = false }: { readonly stream?: boolean } = {},
  ): string {
    const { unfinished, decode, repair } = ENCODINGS[this.encoding];
    const bytes = joined(this.#pending, bytesOf(input));
    const rest = stream ? unfinished(bytes) : 0;
    const ready = bytes.subarray(0, bytes.length - rest);
    // A copy: the caller may reuse the buffer.
    this.#pending = bytes.slice(bytes.length - rest);
    const text = decode(ready) ?? (this.fatal ? this.#refuse() : repair(ready));
    return this.#withoutMark(text, stream);
  }

  get [Symbol.toStringTag](): "TextDecoder" {
    return "TextDecoder";
  }

  #withoutMark(text: string, stream: boolean): string {
    const isFirst = this.#atStart;
    this.#atStart = !stream || (isFirst && text === "");
    return isFirst && !this.ignoreBOM && text.startsWith("\ufeff") ? text.slice(1) : text;
  }

  #refuse(): never {
    this.#pending = new Uint8Array(0);
    this.#atStart = true;
    throw new TypeError(`the bytes are not well-formed ${this.encoding}`);
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
