import { WasmFormatError } from "./errors.js";
import { type ByteSource, readS64, readSigned, readU32, readU64 } from "./leb128.js";

/** A stretch of a module's bytes: from `start` up to, not including, `end`; both count from the module's first byte. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The most entries that a list may have. Engines that follow the implementation limits of the WebAssembly
 * JavaScript Interface accept no more, and an entry takes far more room read than in the file.
 */
export const MAX_ENTRIES = 1_000_000;

/**
 * A cursor over one stretch of a module. Nothing is read outside of the stretch, and every method that takes
 * `what`, a name for the thing it reads, throws a {@link WasmFormatError} that names it.
 */
export class Reader implements ByteSource {
  readonly bytes: Uint8Array;
  readonly end: number;
  /** The position of the next byte, from the start of the module. */
  offset: number;
  /** What the stretch is, for messages: "file", "import section". */
  readonly place: string;

  constructor(bytes: Uint8Array, range?: ByteRange, place = "file") {
    this.bytes = bytes;
    this.offset = range?.start ?? 0;
    this.end = range?.end ?? bytes.length;
    this.place = place;
  }

  get remaining(): number {
    return this.end - this.offset;
  }

  byte(what: string): number {
    const value = this.offset < this.end ? this.bytes[this.offset] : undefined;
    if (value === undefined) this.#endsBefore(what);
    this.offset += 1;
    return value;
  }

  u32(what: string): number {
    return readU32(this, what);
  }

  u64(what: string): bigint {
    return readU64(this, what);
  }

  s32(what: string): number {
    return readSigned(this, 32, what);
  }

  s33(what: string): number {
    return readSigned(this, 33, what);
  }

  s64(what: string): bigint {
    return readS64(this, what);
  }

  /**
   * The length of a list whose entries take at least `entrySize` bytes each. A length that the bytes left cannot
   * hold, or one past `limit`, is refused before anything is allocated for it.
   */
  count(what: string, entrySize = 1, limit = MAX_ENTRIES): number {
    const start = this.offset;
    const count = this.u32(`the number of ${what}`);
    if (count * entrySize > this.remaining) {
      this.fail(
        start,
        `${count} ${what} declared at offset ${start}, but only ${this.remaining} bytes follow`,
      );
    }
    if (count > limit) {
      const message = `${count} ${what} declared at offset ${start}; at most ${limit} are supported`;
      throw new WasmFormatError("unsupported", start, message);
    }
    return count;
  }

  /** Steps over `length` bytes, and tells where they are. */
  take(length: number, what: string): ByteRange {
    const start = this.offset;
    if (length > this.remaining) {
      const message = `expected ${what}, ${length} bytes from offset ${start}, but only ${this.remaining} follow`;
      throw new WasmFormatError(this.#shortage, start, `${message} in the ${this.place}`);
    }
    this.offset += length;
    return { start, end: this.offset };
  }

  /** Steps over bytes that stand behind their length, and tells where they are. */
  sized(what: string): ByteRange {
    return this.take(this.u32(`the length of ${what}`), what);
  }

  /** A name: UTF-8 behind its length. Bytes that are not UTF-8 are refused, never replaced. */
  name(what: string): string {
    const range = this.sized(what);
    try {
      // A copy, because decoders refuse bytes of shared memory.
      return utf8.decode(new Uint8Array(this.bytes.subarray(range.start, range.end)));
    } catch {
      return this.fail(range.start, `expected ${what} at offset ${range.start} to be UTF-8, but it is not`);
    }
  }

  /** Refuses bytes after the last thing that belongs here. */
  finish(): void {
    if (this.remaining === 0) return;
    this.fail(
      this.offset,
      `expected the ${this.place} to end at offset ${this.offset}, but ${this.remaining} more bytes belong to it`,
    );
  }

  fail(offset: number, message: string): never {
    throw new WasmFormatError("malformed", offset, message);
  }

  /** To pass the end of the file is to be cut off; to pass the end of a part is a wrong length somewhere. */
  get #shortage(): "truncated" | "malformed" {
    return this.place === "file" ? "truncated" : "malformed";
  }

  #endsBefore(what: string): never {
    const message = `expected ${what} at offset ${this.offset}, but the ${this.place} ends there`;
    throw new WasmFormatError(this.#shortage, this.offset, message);
  }
}

// ignoreBOM keeps a leading U+FEFF: it is part of the name.
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
