import type { Sink, Writer } from "@tenon/codec";
import { TenonError } from "./errors.js";

/** The version of the direct convention that this host speaks. */
const ABI_VERSION = 1;

// Room for a small record, so that most calls reserve once.
const FIRST_RESERVATION = 256;

type Reserve = (length: number) => number;
type DirectCall = (address: number, length: number) => number;

/**
 * The direct convention of one instance (docs/abi.md, section 2): values are written into the plug-in's own memory and
 * read out of it. Everything that the plug-in answers is checked against the memory that it really has. Its errors
 * don't say whose they are: the call that they end does.
 */
export class DirectPort implements Sink {
  readonly #memory: WebAssembly.Memory;
  readonly #exports: WebAssembly.Exports;
  readonly #reserve: Reserve;
  readonly #result: number;
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView<ArrayBuffer>;
  /** How much to reserve at first: what the last call needed. */
  #expected = FIRST_RESERVATION;

  /** Where the range that the result record names begins; set by {@link readResult}. */
  address = 0;
  length = 0;

  /** The port of an instance that speaks the convention's version 1 completely; otherwise `undefined`. */
  static of(instance: WebAssembly.Instance): DirectPort | undefined {
    const { tenon_abi, tenon_reserve, tenon_result, tenon_direct, memory } = instance.exports;
    const complete =
      typeof tenon_abi === "function" &&
      typeof tenon_reserve === "function" &&
      typeof tenon_result === "function" &&
      typeof tenon_direct === "function" &&
      memory instanceof WebAssembly.Memory;
    if (!complete || tenon_abi() !== ABI_VERSION) return undefined;
    return new DirectPort(instance.exports, memory, tenon_reserve as Reserve, tenon_result());
  }

  private constructor(
    exports: WebAssembly.Exports,
    memory: WebAssembly.Memory,
    reserve: Reserve,
    result: unknown,
  ) {
    this.#exports = exports;
    this.#memory = memory;
    this.#reserve = reserve;
    this.#bytes = new Uint8Array(memory.buffer as ArrayBuffer);
    this.#view = new DataView(this.#bytes.buffer);
    this.#result = Number(result) >>> 0;
    // Checked once: the address is constant, and a memory never shrinks.
    if (this.#result % 4 !== 0 || this.#result + 8 > this.#bytes.length) {
      throw lie(`tenon_result() answered ${this.#result}, where no result record can be`);
    }
  }

  /** Says whether host functions may use the result record in direct calls. */
  announceHostFunctions(direct: boolean): void {
    (this.#exports["tenon_direct"] as (on: number) => void)(direct ? 1 : 0);
  }

  /** The function behind `tenon_call_<name>`, or `undefined` when the plug-in has none. */
  call(name: string): DirectCall | undefined {
    const call = this.#exports[`tenon_call_${name}`];
    return typeof call === "function" ? (call as DirectCall) : undefined;
  }

  /** The plug-in's memory as it is now. */
  get bytes(): Uint8Array<ArrayBuffer> {
    // A memory that grew has detached its old buffer: the view's length is 0 then, and never otherwise.
    if (this.#bytes.length === 0) this.#refresh();
    return this.#bytes;
  }

  get view(): DataView<ArrayBuffer> {
    if (this.#bytes.length === 0) this.#refresh();
    return this.#view;
  }

  /** Points a writer at a fresh block of the plug-in's memory. */
  begin(writer: Writer): void {
    const length = this.#expected;
    const address = this.reserve(length);
    writer.target(this.#bytes, this.#view, address, address + length);
  }

  /** Remembers how much a value took. Call it when the writer is done. */
  settle(writer: Writer): void {
    const used = writer.pos - writer.start;
    // Half of a rare giant is forgotten at every call: the plug-in isn't asked for megabytes for ever.
    this.#expected = Math.max(FIRST_RESERVATION, used, this.#expected >>> 1);
  }

  /** A block of at least `length` bytes in the plug-in's memory. */
  reserve(length: number): number {
    const address = this.#reserve(length) >>> 0;
    if (this.#bytes.length === 0) this.#refresh();
    if (address === 0) {
      throw new TenonError("out-of-memory", `the plug-in has no memory for ${length} bytes`);
    }
    if (address + length > this.#bytes.length) {
      throw lie(`tenon_reserve(${length}) answered ${address}, which is not inside its memory`);
    }
    return address;
  }

  grow(writer: Writer, more: number): void {
    const used = writer.pos - writer.start;
    const length = used + Math.max(more, used);
    const address = this.reserve(length);
    this.#bytes.copyWithin(address, writer.start, writer.pos);
    writer.moveTo(this.#bytes, this.#view, address, address + length);
  }

  /** Reads the result record into {@link address} and {@link length}. */
  readResult(): void {
    const { view } = this;
    this.address = view.getUint32(this.#result, true);
    this.length = view.getUint32(this.#result + 4, true);
    if (this.address + this.length > view.byteLength) {
      throw lie(`its result record names ${this.length} bytes at ${this.address}, beyond its memory`);
    }
  }

  /** The range that {@link readResult} found, as UTF-8 text. */
  text(): string {
    return decoder.decode(this.bytes.subarray(this.address, this.address + this.length));
  }

  writeResult(address: number, length: number): void {
    const { view } = this;
    view.setUint32(this.#result, address, true);
    view.setUint32(this.#result + 4, length, true);
  }

  #refresh(): void {
    this.#bytes = new Uint8Array(this.#memory.buffer as ArrayBuffer);
    this.#view = new DataView(this.#bytes.buffer);
  }
}

function lie(message: string): TenonError {
  return new TenonError("abi-violation", `the plug-in breaks the direct convention: ${message}`);
}

const decoder = new TextDecoder();
