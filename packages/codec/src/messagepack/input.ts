import { CodecError, type CodecErrorCode } from "../errors.js";
import { decodeUtf8, utf8Fault } from "../utf8.js";
import { describeItem } from "./describe.js";
import { checkRange, NO_BYTES, NO_VIEW } from "./output.js";

/** From how many bytes on a slice of the buffer is the faster copy: measured with V8 11.3. */
const LARGE = 4096;

/**
 * The memory that a {@link Reader} reads, its place there, and how it fails. Positions are absolute indices into
 * `bytes`; `view` is over the same memory. Nothing outside `start` to `end` is ever looked at.
 */
export class Input {
  bytes: Uint8Array;
  view: DataView;
  /** Where the value begins. */
  start: number;
  /** Where the next byte is. */
  pos: number;
  /** Where the bytes end. */
  end: number;

  constructor() {
    this.bytes = NO_BYTES;
    this.view = NO_VIEW;
    this.start = 0;
    this.pos = 0;
    this.end = 0;
  }

  /** Takes the bytes from `start` to `end` to read. Throws a RangeError when those aren't all in `bytes`. */
  source(bytes: Uint8Array, view: DataView, start: number, end: number): void {
    checkRange(bytes, view, start, end);
    this.bytes = bytes;
    this.view = view;
    this.start = start;
    this.pos = start;
    this.end = end;
  }

  /** Takes all of these bytes to read. */
  open(bytes: Uint8Array): this {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.source(bytes, view, 0, bytes.length);
    return this;
  }

  /** Ends a value: bytes that are left over are an error. */
  done(): void {
    if (this.pos !== this.end) this.trailing();
  }

  private trailing(): never {
    this.fault("trailing", `${count(this.end - this.pos, "byte")} left over after the value`, this.pos);
  }

  /** The rest of the bytes as UTF-8, read strictly. A byte order mark is kept. */
  text(): string {
    const text = this.decodeText(this.pos, this.end);
    this.pos = this.end;
    return text;
  }

  /**
   * The rest of the bytes, as a copy: in `into`, where it is given and long enough (then what is returned is the part of
   * it that was used), and otherwise in memory of its own.
   */
  rest(into?: Uint8Array): Uint8Array {
    const { pos, end } = this;
    this.pos = end;
    if (into === undefined || into.length < end - pos) return this.copy(pos, end);
    into.set(this.bytes.subarray(pos, end));
    return into.subarray(0, end - pos);
  }

  protected copy(start: number, end: number): Uint8Array {
    const { buffer, byteOffset } = this.bytes;
    // A new array is filled with zeros before it is copied into, and a slice of a buffer is not: for a large value,
    // that is half of the time.
    if (end - start > LARGE && buffer instanceof ArrayBuffer) {
      return new Uint8Array(buffer.slice(byteOffset + start, byteOffset + end));
    }
    // Not the array's own slice(): a Buffer's shares its memory.
    const copy = new Uint8Array(end - start);
    copy.set(this.bytes.subarray(start, end));
    return copy;
  }

  protected decodeText(start: number, end: number): string {
    return decodeUtf8(this.bytes, this.view, start, end) ?? this.illFormed(start, end);
  }

  private illFormed(start: number, end: number): never {
    const at = utf8Fault(this.view, start, end);
    this.fault("utf8", "expected UTF-8, got an ill-formed sequence", at < 0 ? start : at, "UTF-8");
  }

  /** Passes a constant byte when it comes next. */
  key1(a: number): boolean {
    const pos = this.pos;
    if (this.end - pos < 1 || this.view.getUint8(pos) !== a) return false;
    this.pos = pos + 1;
    return true;
  }

  /** Passes two constant bytes, the first in the high bits, when they come next; so do the methods after it. */
  key2(a: number): boolean {
    const pos = this.pos;
    if (this.end - pos < 2 || this.view.getUint16(pos) !== a) return false;
    this.pos = pos + 2;
    return true;
  }

  key3(a: number): boolean {
    const pos = this.pos;
    if (this.end - pos < 3 || ((this.view.getUint16(pos) << 8) | this.view.getUint8(pos + 2)) !== a)
      return false;
    this.pos = pos + 3;
    return true;
  }

  key4(a: number): boolean {
    const pos = this.pos;
    if (this.end - pos < 4 || this.view.getInt32(pos) !== (a | 0)) return false;
    this.pos = pos + 4;
    return true;
  }

  /** Passes four constant bytes in `a` and one in `b`. */
  key5(a: number, b: number): boolean {
    const pos = this.pos;
    const { view } = this;
    if (this.end - pos < 5 || view.getInt32(pos) !== (a | 0) || view.getUint8(pos + 4) !== b) return false;
    this.pos = pos + 5;
    return true;
  }

  key6(a: number, b: number): boolean {
    const pos = this.pos;
    const { view } = this;
    if (this.end - pos < 6 || view.getInt32(pos) !== (a | 0) || view.getUint16(pos + 4) !== b) return false;
    this.pos = pos + 6;
    return true;
  }

  key7(a: number, b: number): boolean {
    const pos = this.pos;
    const { view } = this;
    if (this.end - pos < 7 || view.getInt32(pos) !== (a | 0)) return false;
    if (((view.getUint16(pos + 4) << 8) | view.getUint8(pos + 6)) !== b) return false;
    this.pos = pos + 7;
    return true;
  }

  key8(a: number, b: number): boolean {
    const pos = this.pos;
    const { view } = this;
    if (this.end - pos < 8 || view.getInt32(pos) !== (a | 0) || view.getInt32(pos + 4) !== (b | 0))
      return false;
    this.pos = pos + 8;
    return true;
  }

  /** Passes constant bytes, however many, when they come next. */
  keyBytes(k: Uint8Array): boolean {
    const { bytes, pos } = this;
    const length = k.length;
    if (this.end - pos < length) return false;
    for (let i = 0; i < length; i++) if (bytes[pos + i] !== k[i]) return false;
    this.pos = pos + length;
    return true;
  }

  /** Fails because the value at this place isn't what it has to be, and says what is there. */
  fail(expected: string): never {
    this.wrong(expected, this.pos);
  }

  /** Fails because of the item at `at`: it has the wrong type, or isn't all there. */
  protected wrong(expected: string, at: number): never {
    const { kind, got } = describeItem(this.view, at, this.end);
    this.fault(kind, `expected ${expected}, got ${got}`, at, expected, got);
  }

  /** Fails because the number at `at` doesn't fit. */
  protected outOfRange(expected: string, at: number): never {
    const { got } = describeItem(this.view, at, this.end);
    this.fault("range", `expected ${expected}, got ${got}`, at, expected, got);
  }

  /** Fails because the item at `at` says that it is longer than the bytes that are left. */
  protected cutOff(what: string, at: number): never {
    this.fault("truncated", `expected ${what}, but the data ends inside it`, at, what, "end of data");
  }

  protected fault(code: CodecErrorCode, detail: string, at: number, expected?: string, got?: string): never {
    throw new CodecError(code, detail, { offset: at - this.start, expected, got });
  }
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
