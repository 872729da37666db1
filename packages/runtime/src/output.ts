import { TenonError } from "./errors.js";

/**
 * The bytes that a plug-in returned: a read-only `DataView` that also reads itself as text or JSON. It is a copy, and
 * stays valid after the next call.
 */
export class PluginOutput extends DataView<ArrayBuffer> {
  /** The output as UTF-8 text. Bytes that are not UTF-8 become U+FFFD. */
  text(): string {
    return decoder.decode(this);
  }

  /** The same as {@link text}. */
  string(): string {
    return this.text();
  }

  /**
   * The output parsed as JSON.
   *
   * @throws SyntaxError when it isn't JSON.
   */
  // biome-ignore lint/suspicious/noExplicitAny: the peer's signature; typed JSON comes from generated bindings
  json(): any {
    return JSON.parse(this.text());
  }

  /** The buffer behind the output; exactly as long as the output. */
  arrayBuffer(): ArrayBuffer {
    return this.buffer;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.buffer, this.byteOffset, this.byteLength);
  }

  override setInt8(): never {
    return readOnly();
  }
  override setInt16(): never {
    return readOnly();
  }
  override setInt32(): never {
    return readOnly();
  }
  override setUint8(): never {
    return readOnly();
  }
  override setUint16(): never {
    return readOnly();
  }
  override setUint32(): never {
    return readOnly();
  }
  override setFloat32(): never {
    return readOnly();
  }
  override setFloat64(): never {
    return readOnly();
  }
  override setBigInt64(): never {
    return readOnly();
  }
  override setBigUint64(): never {
    return readOnly();
  }
}

const decoder = new TextDecoder();

function readOnly(): never {
  throw new TenonError("option-invalid", "a plug-in's output is read-only; copy it with bytes().slice()");
}
