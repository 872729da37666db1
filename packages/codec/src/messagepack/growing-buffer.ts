import { CodecError } from "../errors.js";
import type { Output, Sink } from "./output.js";
import { Writer } from "./writer.js";

/** How much memory a buffer keeps for the next value, in bytes; what a larger value took is given back. */
const KEPT = 1 << 20;

/**
 * Memory for a {@link Writer} that grows as it must. Take the writer with `begin`, write one value, and take its
 * bytes with `finish`; one buffer serves any number of values, one after the other.
 *
 * @example
 * const buffer = new GrowingBuffer();
 * const writer = buffer.begin();
 * writer.string("hello");
 * const bytes = buffer.finish();
 */
export class GrowingBuffer implements Sink {
  private readonly writer: Writer;
  private readonly capacity: number;
  private bytes: Uint8Array;
  private view: DataView;

  /** @param capacity Bytes to begin with. @default 1024 */
  constructor(capacity = 1024) {
    this.capacity = Math.max(16, capacity);
    this.bytes = new Uint8Array(this.capacity);
    this.view = new DataView(this.bytes.buffer);
    this.writer = new Writer(this);
  }

  /** Begins a value, and drops one that was begun and not finished. */
  begin(): Writer {
    this.writer.target(this.bytes, this.view, 0, this.bytes.length);
    return this.writer;
  }

  /** The bytes written since `begin`, as a copy that is the caller's. */
  finish(): Uint8Array {
    const copy = this.bytes.slice(this.writer.start, this.writer.pos);
    if (this.bytes.length > KEPT) this.replace(this.capacity);
    this.writer.target(this.bytes, this.view, 0, this.bytes.length);
    return copy;
  }

  /** Doubles the memory, or more: the writer calls it. */
  grow(writer: Output, more: number): void {
    const written = writer.bytes.subarray(writer.start, writer.pos);
    this.replace(Math.max(this.bytes.length * 2, written.length + more));
    this.bytes.set(written);
    writer.moveTo(this.bytes, this.view, 0, this.bytes.length);
  }

  private replace(size: number): void {
    try {
      this.bytes = new Uint8Array(size);
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      throw new CodecError("oversized", `no memory for an encoding of ${size} bytes`);
    }
    this.view = new DataView(this.bytes.buffer);
  }
}
