import { CodecError, type CodecErrorCode, describeValue } from "../errors.js";
import { encodeInto, writeUtf8 } from "../utf8.js";

/**
 * Where a writer gets more memory from. `grow` moves the writer, with {@link Output.moveTo}, to memory that has
 * room for at least `more` bytes beyond its position and holds what it has written so far.
 */
export interface Sink {
  grow(writer: Output, more: number): void;
}

/** The longest text, in UTF-16 code units, that is worth encoding in a loop: measured with V8 11.3. */
const MAX_LOOP = 48;

/**
 * The memory that a {@link Writer} writes into, and its place there. Positions are absolute indices into `bytes`;
 * `view` is over the same memory.
 */
export class Output {
  bytes: Uint8Array;
  view: DataView;
  /** Where the value begins. */
  start: number;
  /** Where the next byte goes. */
  pos: number;
  /** Where the room ends. */
  end: number;
  protected depth: number;
  private readonly sink: Sink;

  constructor(sink: Sink) {
    this.bytes = NO_BYTES;
    this.view = NO_VIEW;
    this.start = 0;
    this.pos = 0;
    this.end = 0;
    this.depth = 0;
    this.sink = sink;
  }

  /** Begins a new value, in the memory from `start` to `end`. Throws a RangeError when that isn't in `bytes`. */
  target(bytes: Uint8Array, view: DataView, start: number, end: number): void {
    checkRange(bytes, view, start, end);
    this.bytes = bytes;
    this.view = view;
    this.start = start;
    this.pos = start;
    this.end = end;
    this.depth = 0;
  }

  /** Goes on in other memory, to which the sink has brought the bytes written so far. */
  moveTo(bytes: Uint8Array, view: DataView, start: number, end: number): void {
    checkRange(bytes, view, start, end);
    this.pos = start + (this.pos - this.start);
    this.bytes = bytes;
    this.view = view;
    this.start = start;
    this.end = end;
  }

  /** Ensures room for `more` bytes. */
  reserve(more: number): void {
    if (this.end - this.pos < more) this.grow(more);
  }

  private grow(more: number): void {
    this.sink.grow(this, more);
    if (!(this.end - this.pos >= more)) {
      throw new CodecError("oversized", `no room for ${more} more bytes`, { offset: this.pos - this.start });
    }
  }

  /** Writes a constant byte, after {@link reserve}. */
  put1(c: number): void {
    this.bytes[this.pos++] = c;
  }

  /** Writes two constant bytes, the first in the high bits, after {@link reserve}. */
  put2(c: number): void {
    this.view.setUint16(this.pos, c);
    this.pos += 2;
  }

  /** Writes three constant bytes, the first in the high bits, after {@link reserve}. */
  put3(c: number): void {
    this.view.setUint16(this.pos, c >> 8);
    this.view.setUint8(this.pos + 2, c);
    this.pos += 3;
  }

  /** Writes four constant bytes, the first in the high bits, after {@link reserve}. */
  put4(c: number): void {
    this.view.setUint32(this.pos, c);
    this.pos += 4;
  }

  /** Writes text as UTF-8 without a header. */
  utf8(v: string): void {
    if (typeof v !== "string") this.refuse("string", v);
    if (v.length <= MAX_LOOP) {
      this.reserve(v.length * 3);
      this.pos = writeUtf8(v, this.bytes, this.pos);
    } else {
      this.encode(v);
    }
  }

  /** Writes text in as few steps as the room at hand allows, so that ASCII text never asks for more than it needs. */
  private encode(text: string): void {
    const offset = this.pos - this.start;
    let rest = text;
    while (rest.length > 0) {
      // A non-empty text needs a byte a unit, and room for four to be sure of getting on.
      this.reserveFrom(offset, Math.max(rest.length, 4));
      const { read, written } = encodeInto(rest, this.bytes, this.pos, this.end);
      this.pos += written;
      if (read === rest.length) return;
      rest = rest.slice(read);
    }
  }

  /** Reserves; when that fails, leaves the position where the text began. */
  private reserveFrom(offset: number, more: number): void {
    try {
      this.reserve(more);
    } catch (error) {
      this.pos = this.start + offset;
      throw error;
    }
  }

  /** Writes bytes without a header. */
  raw(v: Uint8Array): void {
    if (!(v instanceof Uint8Array)) this.refuse("Uint8Array", v);
    this.reserve(v.length);
    this.bytes.set(v, this.pos);
    this.pos += v.length;
  }

  /** Fails because `v` isn't what the value at this place has to be. */
  refuse(expected: string, v: unknown): never {
    this.fault("type", `expected ${expected}, got ${describeValue(v)}`, expected, v);
  }

  /** Fails because `v` is none of the values of an enum. */
  notInEnum(expected: string, v: unknown): never {
    this.fault("enum", `expected ${expected}, got ${describeValue(v)}`, expected, v);
  }

  /** Fails because `v`, a number, isn't one that fits. */
  protected refuseNumber(expected: string, v: unknown): never {
    if (typeof v !== "number" && typeof v !== "bigint") this.refuse(expected, v);
    this.fault("range", `expected ${expected}, got ${describeValue(v)}`, expected, v);
  }

  protected fault(code: CodecErrorCode, detail: string, expected: string, v: unknown): never {
    const offset = this.pos - this.start;
    throw new CodecError(code, detail, { offset, expected, got: describeValue(v) });
  }
}

/** The memory of a reader or writer that has not been given any. */
export const NO_BYTES: Uint8Array = /* @__PURE__ */ new Uint8Array(0);
export const NO_VIEW: DataView = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(0));

/** Holds what all positions rest on: `start` to `end` lies in `bytes`, which is what `view` is over. */
export function checkRange(bytes: Uint8Array, view: DataView, start: number, end: number): void {
  // Written so that NaN fails, too.
  if (!(start >= 0 && start <= end && end <= bytes.length && end <= view.byteLength)) {
    throw new RangeError(`The range ${start} to ${end} doesn't lie in memory of ${bytes.length} bytes.`);
  }
}
