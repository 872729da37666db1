/**
 * What the kernel promises, as plainly as it can be said: a list of blocks, each a byte array of its own. The model
 * doesn't decide where a block lies; `adopt` takes the kernel's answer after the fact. Arguments are any 64-bit
 * numbers, as a guest would pass them.
 */
export class KernelModel {
  readonly blocks = new Map<number, Uint8Array<ArrayBuffer>>();
  input = { address: 0, length: 0 };
  output = { address: 0, length: 0 };
  error = 0;

  adopt(address: number, length: number): void {
    this.blocks.set(address, new Uint8Array(length));
  }

  free(handle: bigint): void {
    const address = Number(handle);
    if (!this.blocks.delete(address)) return;
    if (this.input.address === address) this.input = { address: 0, length: 0 };
    if (this.output.address === address) this.output = { address: 0, length: 0 };
    if (this.error === address) this.error = 0;
  }

  length(handle: bigint): bigint {
    return BigInt(this.#at(handle)?.length ?? 0);
  }

  load(address: bigint, size: 1 | 8): bigint {
    const bytes = this.#slice(address, size);
    return bytes === undefined ? 0n : readInteger(bytes);
  }

  store(address: bigint, size: 1 | 8, value: bigint): void {
    const bytes = this.#slice(address, size);
    if (bytes === undefined) return;
    for (let i = 0; i < size; i++) bytes[i] = Number((value >> BigInt(8 * i)) & 0xffn);
  }

  loadInput(offset: bigint, size: 1 | 8): bigint {
    if (offset + BigInt(size) > BigInt(this.input.length)) return 0n;
    return this.load(BigInt(this.input.address) + offset, size);
  }

  setInput(handle: bigint, length: bigint): void {
    if (this.#isRange(handle, length)) this.input = { address: Number(handle), length: Number(length) };
  }

  setOutput(handle: bigint, length: bigint): void {
    if (this.#isRange(handle, length)) this.output = { address: Number(handle), length: Number(length) };
  }

  setError(handle: bigint): void {
    if (handle === 0n || this.#at(handle) !== undefined) this.error = Number(handle);
  }

  reset(): void {
    this.blocks.clear();
    this.input = { address: 0, length: 0 };
    this.output = { address: 0, length: 0 };
    this.error = 0;
  }

  #at(handle: bigint): Uint8Array<ArrayBuffer> | undefined {
    return this.blocks.get(Number(handle));
  }

  #isRange(handle: bigint, length: bigint): boolean {
    const block = this.#at(handle);
    return block === undefined ? handle === 0n && length === 0n : length <= BigInt(block.length);
  }

  #slice(address: bigint, size: number): Uint8Array | undefined {
    for (const [start, bytes] of this.blocks) {
      const offset = address - BigInt(start);
      if (offset >= 0n && offset + BigInt(size) <= BigInt(bytes.length)) {
        return bytes.subarray(Number(offset), Number(offset) + size);
      }
    }
    return undefined;
  }
}

function readInteger(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
