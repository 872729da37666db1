/** What a host function of a test does: bytes in, bytes out. */
export type HostFunction = (argument: Uint8Array) => Uint8Array;

/** How a call ended. */
export interface Ending {
  readonly status: number;
  readonly bytes: Uint8Array;
}

type Wasm = (...args: number[]) => number;

/**
 * A host that is as small as it can be, for plug-ins of tests: a block store in JavaScript in the place of the
 * kernel, and both ways to call.
 */
export class TestHost {
  readonly config = new Map<string, string>();
  readonly vars = new Map<string, Uint8Array>();
  readonly log: string[] = [];
  readonly #blocks = new Map<bigint, Uint8Array>();
  readonly #exports: WebAssembly.Exports;
  #nextHandle = 16n;
  #input = new Uint8Array();
  #output = new Uint8Array();
  #error: Uint8Array | undefined;
  // The block that was used last, which most accesses are to.
  #recent: readonly [bigint, DataView] | undefined;
  #calls = 0;
  #direct = false;
  #inDirect = false;

  constructor(bytes: Uint8Array, functions: Readonly<Record<string, HostFunction>> = {}) {
    const module = new WebAssembly.Module(new Uint8Array(bytes));
    const user = Object.fromEntries(
      Object.entries(functions).map(([name, run]) => [name, (handle: bigint) => this.#callHost(run, handle)]),
    );
    this.#exports = new WebAssembly.Instance(module, {
      "extism:host/env": this.#kernel(),
      "extism:host/user": user,
    }).exports;
  }

  get memory(): Uint8Array {
    const memory = this.#exports["memory"];
    if (!(memory instanceof WebAssembly.Memory)) throw new Error("no memory");
    return new Uint8Array(memory.buffer);
  }

  /** What `error_set` was given last, also by a plug-in that has trapped. */
  get errorText(): string {
    return text(this.#error ?? new Uint8Array());
  }

  /** Host functions take their argument from the result record from now on. */
  useDirectImports(): void {
    this.#direct = true;
    this.#function("tenon_direct")(1);
  }

  callKernel(name: string, input: Uint8Array): Ending {
    const outer = this.#inDirect;
    this.#inDirect = false;
    if (this.#calls++ === 0) {
      this.#blocks.clear();
      this.#recent = undefined;
    }
    this.#input = new Uint8Array(input);
    this.#output = new Uint8Array();
    this.#error = undefined;
    const status = this.#function(name)();
    this.#calls--;
    this.#inDirect = outer;
    return { status, bytes: this.#error ?? this.#output };
  }

  callDirect(name: string, input: Uint8Array): Ending {
    const outer = this.#inDirect;
    this.#inDirect = true;
    const status = this.#function(`tenon_call_${name}`)(this.place(input), input.length);
    this.#inDirect = outer;
    return { status, bytes: this.record().slice() };
  }

  /** Copies bytes into a reserved block, and answers its address. */
  place(bytes: Uint8Array): number {
    const address = this.#function("tenon_reserve")(bytes.length) >>> 0;
    if (address === 0) throw new Error("the plug-in has no memory left");
    this.memory.set(bytes, address);
    return address;
  }

  /** Calls an export as it stands. */
  raw(name: string, ...args: number[]): number {
    return this.#function(name)(...args);
  }

  /** The bytes that the result record names, in the plug-in's own memory. */
  record(): Uint8Array {
    const { memory } = this;
    const view = new DataView(memory.buffer);
    const at = this.#function("tenon_result")();
    return memory.subarray(view.getUint32(at, true), view.getUint32(at, true) + view.getUint32(at + 4, true));
  }

  #function(name: string): Wasm {
    const found = this.#exports[name];
    if (typeof found !== "function") throw new Error(`no export ${name}`);
    // Every export of a plug-in takes and returns i32 values, or nothing.
    return found as Wasm;
  }

  #callHost(run: HostFunction, handle: bigint): bigint {
    if (this.#direct && this.#inDirect) {
      const reply = run(this.record().slice());
      const address = this.place(reply);
      const view = new DataView(this.memory.buffer);
      const at = this.#function("tenon_result")();
      view.setUint32(at, address, true);
      view.setUint32(at + 4, reply.length, true);
      return 0n;
    }
    return this.#block(run(this.#blocks.get(handle) ?? new Uint8Array()));
  }

  #block(bytes: Uint8Array): bigint {
    if (bytes.length === 0) return 0n;
    const handle = this.#nextHandle;
    this.#nextHandle += BigInt(bytes.length + 16);
    this.#blocks.set(handle, bytes);
    return handle;
  }

  // The block that holds these bytes, and where in it they are.
  #find(address: bigint, length: number): [DataView, number] | undefined {
    if (this.#recent !== undefined) {
      const at = Number(address - this.#recent[0]);
      if (at >= 0 && at + length <= this.#recent[1].byteLength) return [this.#recent[1], at];
    }
    for (const [handle, bytes] of this.#blocks) {
      const at = Number(address - handle);
      if (at < 0 || at + length > bytes.length) continue;
      this.#recent = [handle, new DataView(bytes.buffer, bytes.byteOffset, bytes.length)];
      return [this.#recent[1], at];
    }
    return undefined;
  }

  #kernel(): WebAssembly.ModuleImports {
    const block = (handle: bigint): Uint8Array => this.#blocks.get(handle) ?? new Uint8Array();
    const log = (level: string) => (message: bigint) =>
      void this.log.push(`${level} ${text(block(message))}`);
    const inputView = (): DataView =>
      new DataView(this.#input.buffer, this.#input.byteOffset, this.#input.length);
    return {
      alloc: (length: bigint) => this.#block(new Uint8Array(Number(length))),
      free: (handle: bigint) => {
        this.#blocks.delete(handle);
        this.#recent = undefined;
      },
      length: (handle: bigint) => BigInt(block(handle).length),
      load_u8: (address: bigint) => {
        const found = this.#find(address, 1);
        return found ? found[0].getUint8(found[1]) : 0;
      },
      load_u64: (address: bigint) => {
        const found = this.#find(address, 8);
        return found ? found[0].getBigUint64(found[1], true) : 0n;
      },
      store_u8: (address: bigint, value: number) => {
        const found = this.#find(address, 1);
        if (found) found[0].setUint8(found[1], value);
      },
      store_u64: (address: bigint, value: bigint) => {
        const found = this.#find(address, 8);
        if (found) found[0].setBigUint64(found[1], value, true);
      },
      input_length: () => BigInt(this.#input.length),
      input_load_u8: (offset: bigint) => inputView().getUint8(Number(offset)),
      input_load_u64: (offset: bigint) => inputView().getBigUint64(Number(offset), true),
      output_set: (handle: bigint, length: bigint) => {
        this.#output = block(handle).slice(0, Number(length));
      },
      error_set: (handle: bigint) => {
        this.#error = block(handle).slice();
      },
      config_get: (key: bigint) => {
        const value = this.config.get(text(block(key)));
        return value === undefined ? 0n : this.#block(new TextEncoder().encode(value));
      },
      var_get: (key: bigint) => this.#block((this.vars.get(text(block(key))) ?? new Uint8Array()).slice()),
      var_set: (key: bigint, value: bigint) => {
        if (value === 0n) this.vars.delete(text(block(key)));
        else this.vars.set(text(block(key)), block(value).slice());
      },
      log_trace: log("trace"),
      log_debug: log("debug"),
      log_info: log("info"),
      log_warn: log("warn"),
      log_error: log("error"),
    };
  }
}

/** UTF-8 bytes as text. */
export function text(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

/** Text as UTF-8 bytes. */
export function utf8(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}
