import { CodecError, pathAt, Reader, type Sink, Writer } from "@tenon/codec";
import type { DirectPort } from "../direct.js";
import { TenonError } from "../errors.js";
import type { PayloadReader, PayloadWriter } from "./payload.js";

/**
 * The writer and the reader that all typed calls of one plug-in share. One pair is enough: a value is written or read
 * in one go, and nothing else runs meanwhile.
 */
export class Exchange implements Sink {
  readonly writer = new Writer(this);
  readonly reader = new Reader();
  readonly #plugin: string;
  #port: DirectPort | undefined;
  #heap = new Uint8Array(1024);
  #heapView = new DataView(this.#heap.buffer);

  constructor(plugin: string) {
    this.#plugin = plugin;
  }

  /** Writes a value into the plug-in's own memory; afterwards the writer's `start` and `pos` are its range. */
  writeDirect<T>(port: DirectPort, payload: PayloadWriter<T>, value: T, name: string): void {
    this.#port = port;
    port.begin(this.writer);
    this.#write(payload, value, name);
    port.settle(this.writer);
  }

  /** Writes a value into memory of ours. The bytes are good until the next write. */
  writeHeap<T>(payload: PayloadWriter<T>, value: T, name: string): Uint8Array {
    const { writer } = this;
    this.#port = undefined;
    writer.target(this.#heap, this.#heapView, 0, this.#heap.length);
    this.#write(payload, value, name);
    return writer.bytes.subarray(0, writer.pos);
  }

  /** Reads a value, the whole of a range. The bytes come from the plug-in: nothing about them is taken on trust. */
  read<T>(
    bytes: Uint8Array,
    view: DataView,
    address: number,
    length: number,
    payload: PayloadReader<T>,
    name: string,
    into?: Uint8Array,
  ): T {
    const { reader } = this;
    reader.source(bytes, view, address, address + length);
    try {
      const value = payload.read(reader, into);
      reader.done();
      return value;
    } catch (thrown) {
      throw this.#misfit(
        "invalid-output",
        "what the plug-in sent does not fit the interface",
        payload,
        thrown,
        reader,
        name,
      );
    }
  }

  grow(writer: Writer, more: number): void {
    if (this.#port !== undefined) return this.#port.grow(writer, more);
    const heap = new Uint8Array(Math.max(this.#heap.length * 2, writer.pos + more));
    heap.set(this.#heap.subarray(0, writer.pos));
    this.#heap = heap;
    this.#heapView = new DataView(heap.buffer);
    writer.moveTo(heap, this.#heapView, 0, heap.length);
  }

  #write<T>(payload: PayloadWriter<T>, value: T, name: string): void {
    try {
      payload.write(this.writer, value);
    } catch (thrown) {
      throw this.#misfit(
        "invalid-input",
        "the value does not fit the interface",
        payload,
        thrown,
        this.writer,
        name,
      );
    }
  }

  /** Names the place of a misfit. MessagePack says where by walking the bytes once more, so that success pays nothing. */
  #misfit(
    code: "invalid-input" | "invalid-output",
    what: string,
    payload: { readonly encoding: string },
    thrown: unknown,
    side: Reader | Writer,
    name: string,
  ): unknown {
    if (!(thrown instanceof CodecError)) {
      // Not from the codec: a value of another type altogether, such as undefined for a record, or a getter that throws.
      const message = `${what}: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
      return new TenonError(code, message, { plugin: this.#plugin, function: name, cause: thrown });
    }
    if (payload.encoding === "messagepack" && thrown.path === undefined && thrown.offset >= 0) {
      const end = side instanceof Reader ? side.end : side.pos;
      thrown.path = pathAt(side.bytes, side.start, thrown.offset, end);
    }
    return new TenonError(code, `${what}: ${thrown.message}`, {
      plugin: this.#plugin,
      function: name,
      cause: thrown,
    });
  }
}
