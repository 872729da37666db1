import { instantiateKernel, type KernelExports, kernelImports } from "@tenon/kernel";

/** A host function of a test: text to text. */
export type HostFunction = (argument: string) => string;

/** What an export answered: its code, and the text of the output or the error. */
export interface Answer {
  readonly code: number;
  readonly text: string;
  readonly bytes: Uint8Array;
}

export interface HostOptions {
  readonly functions?: Readonly<Record<string, HostFunction>>;
  readonly config?: Readonly<Record<string, string>>;
  /** Answers for WASI, by name. */
  readonly wasi?: (memory: () => WebAssembly.Memory) => Record<string, WebAssembly.ImportValue>;
}

/** The exports that docs/abi.md gives every plug-in; those of its functions come by name. */
interface GuestExports {
  readonly memory: WebAssembly.Memory;
  tenon_abi(): number;
  tenon_reserve(length: number): number;
  tenon_result(): number;
  tenon_direct(on: number): void;
}

/** As little of a host as docs/abi.md allows, on the real kernel: what is tested is the plug-in. */
export class TestHost {
  readonly kernel: KernelExports = instantiateKernel();
  readonly log: string[] = [];
  readonly guest: GuestExports;
  readonly #exports: WebAssembly.Exports;
  readonly #options: HostOptions;
  readonly #variables = new Map<string, Uint8Array>();
  #direct = false;

  constructor(wasm: Uint8Array<ArrayBuffer>, options: HostOptions = {}) {
    this.#options = options;
    const module = new WebAssembly.Module(wasm);
    const instance = new WebAssembly.Instance(module, {
      "extism:host/env": this.#environment(),
      "extism:host/user": this.#userFunctions(),
      wasi_snapshot_preview1: options.wasi?.(() => this.guest.memory) ?? {},
    });
    this.#exports = instance.exports;
    // What the builder promises; a missing one fails the test that calls it.
    this.guest = instance.exports as unknown as GuestExports;
  }

  /** Lets host functions use the result record: docs/abi.md, section 2.2. */
  useRecord(): this {
    this.guest.tenon_direct(1);
    this.#direct = true;
    return this;
  }

  /** A kernel call. */
  call(name: string, input: string | Uint8Array = ""): Answer {
    const bytes = bytesOf(input);
    const at = this.kernel.begin(bytes.length);
    new Uint8Array(this.kernel.memory.buffer).set(bytes, at);
    const code = this.#function(name)();
    const results = new Uint32Array(this.kernel.memory.buffer, this.kernel.results(), 4);
    const [output = 0, outputLength = 0, error = 0, errorLength = 0] = results;
    return code === 0
      ? this.#answer(code, this.kernel.memory, output, outputLength)
      : this.#answer(code, this.kernel.memory, error, errorLength);
  }

  /** A direct call. */
  callDirect(name: string, input: string | Uint8Array = ""): Answer {
    const { at, length } = this.#reserve(bytesOf(input));
    const code = this.#function(`tenon_call_${name}`)(at, length);
    return this.#answer(code, this.guest.memory, ...this.#record());
  }

  #function(name: string): (...args: number[]) => number {
    // Every export that is asked for is a function of numbers.
    return this.#exports[name] as (...args: number[]) => number;
  }

  #answer(code: number, { buffer }: WebAssembly.Memory, at: number, length: number): Answer {
    const bytes = new Uint8Array(buffer, at, length).slice();
    return { code, bytes, text: new TextDecoder().decode(bytes) };
  }

  #record(): [at: number, length: number] {
    const [at = 0, length = 0] = new Uint32Array(this.guest.memory.buffer, this.guest.tenon_result(), 2);
    return [at, length];
  }

  #reserve(bytes: Uint8Array): { at: number; length: number } {
    const at = this.guest.tenon_reserve(bytes.length);
    new Uint8Array(this.guest.memory.buffer).set(bytes, at);
    return { at, length: bytes.length };
  }

  #environment(): WebAssembly.ModuleImports {
    const { kernel } = this;
    const logger = (level: string) => (handle: bigint) => {
      this.log.push(`${level}: ${new TextDecoder().decode(this.#read(handle))}`);
    };
    return {
      ...Object.fromEntries(kernelImports.map((name) => [name, kernel[name]])),
      config_get: (key: bigint) => {
        const value = this.#options.config?.[this.#text(key)];
        return value === undefined ? 0n : this.#store(bytesOf(value));
      },
      var_get: (key: bigint) => {
        const value = this.#variables.get(this.#text(key));
        return value === undefined ? 0n : this.#store(value);
      },
      var_set: (key: bigint, value: bigint) => {
        if (value === 0n) this.#variables.delete(this.#text(key));
        else this.#variables.set(this.#text(key), this.#read(value));
      },
      log_trace: logger("trace"),
      log_debug: logger("debug"),
      log_info: logger("info"),
      log_warn: logger("warn"),
      log_error: logger("error"),
      get_log_level: () => 2,
      http_request: (request: bigint, body: bigint) =>
        this.#store(bytesOf(`${this.#text(request)}|${this.#text(body)}`)),
      http_status_code: () => 418,
      http_headers: () => this.#store(bytesOf('{"a":"b"}')),
    };
  }

  #userFunctions(): WebAssembly.ModuleImports {
    const entries = Object.entries(this.#options.functions ?? {});
    return Object.fromEntries(
      entries.map(([name, run]) => [name, (handle: bigint) => this.#callHost(run, handle)]),
    );
  }

  #callHost(run: HostFunction, handle: bigint): bigint {
    if (!this.#direct || handle !== 0n) return this.#store(bytesOf(run(this.#text(handle))));
    const argument = this.#answer(0, this.guest.memory, ...this.#record()).text;
    const reply = this.#reserve(bytesOf(run(argument)));
    new Uint32Array(this.guest.memory.buffer, this.guest.tenon_result(), 2).set([reply.at, reply.length]);
    return 0n;
  }

  #text(handle: bigint): string {
    return new TextDecoder().decode(this.#read(handle));
  }

  #read(handle: bigint): Uint8Array {
    const length = Number(this.kernel.length(handle));
    return new Uint8Array(this.kernel.memory.buffer, Number(handle), length).slice();
  }

  #store(bytes: Uint8Array): bigint {
    const handle = this.kernel.alloc(BigInt(bytes.length));
    new Uint8Array(this.kernel.memory.buffer).set(bytes, Number(handle));
    return handle;
  }
}

function bytesOf(data: string | Uint8Array): Uint8Array {
  return typeof data === "string" ? new TextEncoder().encode(data) : data;
}
