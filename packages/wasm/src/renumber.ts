import type { ByteRange } from "./reader.js";
import { Reader } from "./reader.js";
import type { FunctionTarget, RelinkEdit } from "./relink.js";
import type { Module } from "./types.js";
import { Encoder } from "./writer.js";

/** The indexes of functions, after the edit. */
export class Numbering {
  /** Of the imports that are kept. */
  readonly #imports: number;
  /** Of everything but the added functions. */
  readonly #functions: number;
  readonly #moved: Uint32Array;

  constructor(module: Module, edit: RelinkEdit) {
    const replaced = edit.replaced ?? new Map<number, FunctionTarget>();
    const imports = importedFunctions(module).length;
    this.#imports = imports - [...replaced.keys()].filter((index) => index < imports).length;
    const shift = this.#imports + (edit.addedImports?.length ?? 0) - imports;
    this.#functions = module.functions.length + shift;
    this.#moved = new Uint32Array(module.functions.length);
    let next = 0;
    for (let i = 0; i < module.functions.length; i += 1) {
      if (i >= imports) this.#moved[i] = i + shift;
      else if (!replaced.has(i)) this.#moved[i] = next++;
    }
    for (const [index, target] of replaced) this.#moved[index] = this.of(target);
  }

  of(target: FunctionTarget): number {
    if ("addedImport" in target) return this.#imports + target.addedImport;
    if ("added" in target) return this.#functions + target.added;
    const moved = this.#moved[target.existing];
    if (moved === undefined) throw new RangeError(`expected the index of a function, got ${target.existing}`);
    return moved;
  }
}

/** Copies parts of the module, with the functions that they name renumbered. */
export class References {
  readonly #bytes: Uint8Array;
  readonly #offsets: Uint32Array;
  /** By reference: the index that it has afterwards, and where it ends in the module. */
  readonly #targets: Uint32Array;
  readonly #ends: Uint32Array;

  constructor(bytes: Uint8Array, offsets: Uint32Array, numbers: Numbering) {
    this.#bytes = bytes;
    this.#offsets = offsets;
    this.#targets = new Uint32Array(offsets.length);
    this.#ends = new Uint32Array(offsets.length);
    const reader = new Reader(bytes);
    for (const [i, offset] of offsets.entries()) {
      reader.offset = offset;
      this.#targets[i] = numbers.of({ existing: reader.u32("a function index") });
      this.#ends[i] = reader.offset;
    }
  }

  rewrite(range: ByteRange): Uint8Array<ArrayBuffer> {
    const encoder = new Encoder();
    this.copy(range, encoder);
    return encoder.finish();
  }

  /** How long the copy of a range is. */
  lengthOf({ start, end }: ByteRange): number {
    let length = end - start;
    for (let i = lowerBound(this.#offsets, start); this.#isBefore(i, end); i += 1) {
      length += unsignedLength(this.#targets[i] ?? 0) - ((this.#ends[i] ?? 0) - (this.#offsets[i] ?? 0));
    }
    return length;
  }

  copy({ start, end }: ByteRange, to: Encoder): void {
    let copied = start;
    for (let i = lowerBound(this.#offsets, start); this.#isBefore(i, end); i += 1) {
      to.bytes(this.#bytes.subarray(copied, this.#offsets[i]));
      to.unsigned(this.#targets[i] ?? 0);
      copied = this.#ends[i] ?? end;
    }
    to.bytes(this.#bytes.subarray(copied, end));
  }

  #isBefore(index: number, end: number): boolean {
    const offset = this.#offsets[index];
    return offset !== undefined && offset < end;
  }
}

/** The length of a 32-bit number in LEB128. */
function unsignedLength(value: number): number {
  return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x20_0000 ? 3 : value < 0x1000_0000 ? 4 : 5;
}

/** The place of the first number that is not below `value`. */
function lowerBound(sorted: Uint32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The imports that the function indexes begin with. */
export function importedFunctions(module: Module): Module["imports"] {
  return module.imports.filter(({ kind }) => kind === "function");
}
