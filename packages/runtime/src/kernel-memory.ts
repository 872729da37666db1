import { instantiateKernel, type KernelExports } from "@tenon/kernel";

/** A range of bytes in some memory. */
export interface Range {
  readonly address: number;
  readonly length: number;
}

/** The host's side of one kernel instance: the memory of a call, by handle. */
export class KernelMemory {
  readonly exports: KernelExports = instantiateKernel();
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView<ArrayBuffer>;
  readonly #results: number;

  constructor() {
    this.#bytes = new Uint8Array(this.exports.memory.buffer as ArrayBuffer);
    this.#view = new DataView(this.#bytes.buffer);
    this.#results = this.exports.results();
  }

  /** The whole memory. Take it anew after anything that may have allocated. */
  get bytes(): Uint8Array<ArrayBuffer> {
    // Growing a memory detaches its old buffer, which leaves views of length 0. Asking a view for its length is far
    // cheaper than asking the memory for its buffer.
    if (this.#bytes.length === 0) this.#refresh();
    return this.#bytes;
  }

  get view(): DataView<ArrayBuffer> {
    if (this.#bytes.length === 0) this.#refresh();
    return this.#view;
  }

  /** Forgets the last call. */
  reset(): void {
    this.exports.reset();
  }

  /** Forgets the last call and makes room for the next one's input; `undefined` when there is no memory for it. */
  begin(length: number): number | undefined {
    const address = this.exports.begin(length);
    return address === -1 ? undefined : address >>> 0;
  }

  get output(): Range {
    const { view } = this;
    return { address: view.getUint32(this.#results, true), length: view.getUint32(this.#results + 4, true) };
  }

  /** The text that the plug-in set as its error, or `undefined` when it set none. */
  get error(): string | undefined {
    const { view } = this;
    const address = view.getUint32(this.#results + 8, true);
    const length = view.getUint32(this.#results + 12, true);
    return address === 0 ? undefined : decoder.decode(this.bytes.subarray(address, address + length));
  }

  /** The block that starts at a handle; `undefined` when no live block does. */
  block(handle: bigint | number): Range | undefined {
    const address = Number(handle);
    if (!(address > 0 && address <= 0xffff_ffff)) return undefined;
    const length = this.exports.host_length(address) >>> 0;
    return length === 0 ? undefined : { address, length };
  }

  /** A copy of the block that starts at a handle. */
  read(handle: bigint | number): ArrayBuffer | undefined {
    const block = this.block(handle);
    return block && this.copy(block);
  }

  /** The UTF-8 text of the block that starts at a handle. */
  text(handle: bigint | number): string | undefined {
    const block = this.block(handle);
    return block && decoder.decode(this.bytes.subarray(block.address, block.address + block.length));
  }

  copy({ address, length }: Range): ArrayBuffer {
    return this.bytes.buffer.slice(address, address + length);
  }

  /** A new block's address, or 0: no bytes, or no memory left. */
  alloc(length: number): number {
    return this.exports.host_alloc(length) >>> 0;
  }

  /** Puts bytes into a new block; answers its address, or 0 when they are empty or don't fit. */
  store(bytes: Uint8Array): number {
    const address = this.alloc(bytes.length);
    if (address !== 0) this.bytes.set(bytes, address);
    return address;
  }

  #refresh(): void {
    this.#bytes = new Uint8Array(this.exports.memory.buffer as ArrayBuffer);
    this.#view = new DataView(this.#bytes.buffer);
  }
}

const decoder = new TextDecoder();
