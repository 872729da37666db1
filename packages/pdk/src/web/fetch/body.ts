import { decodeText } from "../../text/decode-text.js";
import { encodeUtf8 } from "../../text/utf8.js";
import { bytesOf } from "../text/bytes.js";

/** What a request or a response can be made of. There are no streams, no blobs and no forms with files. */
export type BodyInit =
  | string
  | ArrayBuffer
  | ArrayBufferView
  | { readonly [Symbol.toStringTag]: "URLSearchParams" };

/** The bytes of a body, and their media type where the kind of body tells it. */
export interface ExtractedBody {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string | undefined;
}

/** Takes the bytes out of what was given as a body: a copy, which nobody can change any more. */
export function extractBody(body: unknown): ExtractedBody {
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) {
    return { bytes: new Uint8Array(bytesOf(body)), type: undefined };
  }
  // By its tag: plug-ins without URLSearchParams are not to have its code.
  const isForm = Object.prototype.toString.call(body) === "[object URLSearchParams]";
  if (isForm) {
    return { bytes: encodeUtf8(String(body)), type: "application/x-www-form-urlencoded;charset=UTF-8" };
  }
  if (typeof body === "object" || typeof body === "function" || typeof body === "symbol") {
    throw new TypeError(
      "expected a body of text, bytes or URLSearchParams; of an object, make text by JSON.stringify",
    );
  }
  return { bytes: encodeUtf8(String(body)), type: "text/plain;charset=UTF-8" };
}

/** What Request and Response have in common: a body that can be read once. */
export abstract class Body {
  readonly #bytes: Uint8Array<ArrayBuffer> | null;
  #used = false;

  protected constructor(bytes: Uint8Array<ArrayBuffer> | null) {
    this.#bytes = bytes;
  }

  /** Always null: a body is there at once, and has no stream. */
  get body(): null {
    return null;
  }

  get bodyUsed(): boolean {
    return this.#used;
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return this.#take().buffer;
  }

  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#take();
  }

  /** UTF-8, without a byte order mark. */
  async text(): Promise<string> {
    return decodeText(this.#take()).replace(/^\ufeff/, "");
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  /** A copy of the bytes, for a clone; null for no body. */
  protected copy(): Uint8Array<ArrayBuffer> | null {
    this.#refuseUsed();
    return this.#bytes?.slice() ?? null;
  }

  #take(): Uint8Array<ArrayBuffer> {
    this.#refuseUsed();
    if (this.#bytes === null) return new Uint8Array(0);
    this.#used = true;
    return this.#bytes.slice();
  }

  #refuseUsed(): void {
    if (this.#used) throw new TypeError("the body was read before: it can be read once, or clone it first");
  }
}
