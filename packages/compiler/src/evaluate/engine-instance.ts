import type { Evaluation } from "./messages.js";

/** What came of a step: the bytes or text it answered, or the error it ended with. */
export type Outcome =
  | { readonly failed: false; readonly bytes: Uint8Array<ArrayBuffer>; readonly text: string }
  | { readonly failed: true; readonly code: number; readonly text: string };

// What to ask the prelude for: see engine/prelude.js.
const ASK_HOSTS = 0;
const ASK_BIND = 1;
const ASK_MAP = 2;
const ASK_EVAL = 3;

/** The exports of assembly/engine.ts that the builder calls. Their answers are where the result record says. */
interface EngineExports {
  readonly memory: WebAssembly.Memory;
  tenon_result(): number;
  build_alloc(length: number): number;
  build_free(pointer: number): void;
  build_compile(text: number, length: number, name: number, isScript: number): number;
  build_evaluate(bytes: number, length: number): number;
  build_ask(what: number, text: number, length: number): number;
  build_limit_stack(bytes: number): void;
  build_finish(count: number): number;
}

/** One instance of the engine, while a plug-in is built in it. */
export class EngineInstance {
  readonly #exports: EngineExports;
  readonly #globals: readonly (readonly [index: number, global: WebAssembly.Global])[];
  #readClock = false;
  #readRandom = false;

  constructor(engine: WebAssembly.Module) {
    const { exports } = new WebAssembly.Instance(engine, this.#imports(engine));
    // The engine is this package's own.
    this.#exports = exports as unknown as EngineExports;
    this.#globals = Object.entries(exports).flatMap(([name, value]) =>
      value instanceof WebAssembly.Global && name.startsWith(GLOBAL)
        ? [[Number(name.slice(GLOBAL.length)), value]]
        : [],
    );
  }

  /** Compiles the bundle, and answers bytecode. */
  compile(code: string): Outcome {
    const text = this.#put(code);
    const name = this.#put(BUNDLE_NAME);
    return this.#outcome(this.#exports.build_compile(text.at, text.length, name.at, 0));
  }

  /** Evaluates bytecode, to the end of its job queue. */
  run(bytecode: Uint8Array): Outcome {
    const { at, length } = this.#put(bytecode);
    const outcome = this.#outcome(this.#exports.build_evaluate(at, length));
    this.#exports.build_free(at);
    return outcome;
  }

  setStackLimit(bytes: number): void {
    this.#exports.build_limit_stack(bytes);
  }

  setHostFunctions(names: readonly string[]): void {
    this.#ask(ASK_HOSTS, JSON.stringify(names));
  }

  /** Whether eval and its relatives fail, as they will in the plug-in. */
  refuseEval(refused: boolean): void {
    this.#ask(ASK_EVAL, refused ? "refuse" : "allow");
  }

  setSourceMap(map: string): void {
    this.#ask(ASK_MAP, map);
  }

  /** Takes the functions of the default export; answers JSON text. */
  bind(names: readonly string[] | null): Outcome {
    return this.#ask(ASK_BIND, JSON.stringify(names));
  }

  /** Ends the building. The instance is in the state that the plug-in begins in. */
  finish(functions: number): Omit<Evaluation, "names"> {
    if (this.#exports.build_finish(functions) !== 0)
      throw new Error("the engine could not be brought to rest");
    return {
      memory: new Uint8Array(this.#exports.memory.buffer).slice(),
      globals: new Map(this.#globals.map(([index, global]) => [index, global.value])),
      readClock: this.#readClock,
      readRandom: this.#readRandom,
    };
  }

  #ask(what: number, text: string): Outcome {
    const { at, length } = this.#put(text);
    const outcome = this.#outcome(this.#exports.build_ask(what, at, length));
    this.#exports.build_free(at);
    return outcome;
  }

  #outcome(code: number): Outcome {
    const { buffer } = this.#exports.memory;
    const [at = 0, length = 0] = new Uint32Array(buffer, this.#exports.tenon_result(), 2);
    const bytes = new Uint8Array(buffer, at, length).slice();
    const text = new TextDecoder().decode(bytes);
    return code === 0 ? { failed: false, bytes, text } : { failed: true, code, text };
  }

  /** Puts bytes into the engine's memory, and a zero behind them: QuickJS wants one after source text. */
  #put(data: string | Uint8Array): { readonly at: number; readonly length: number } {
    const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
    const at = this.#exports.build_alloc(bytes.length + 1);
    if (at === 0) throw new Error("the engine has no memory left for the bundle");
    const room = new Uint8Array(this.#exports.memory.buffer, at, bytes.length + 1);
    room.set(bytes);
    room[bytes.length] = 0;
    return { at, length: bytes.length };
  }

  /** The glue lets no code ask the host while it is evaluated, except for the time and for random bytes. */
  #imports(engine: WebAssembly.Module): WebAssembly.Imports {
    const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {};
    for (const { module, name } of WebAssembly.Module.imports(engine)) {
      imports[module] ??= {};
      imports[module][name] = () => {
        throw new Error(`the engine called ${module} ${name} while the bundle was evaluated`);
      };
    }
    imports["wasi_snapshot_preview1"] = {
      clock_time_get: (_clock: number, _precision: bigint, result: number) => {
        this.#readClock = true;
        new DataView(this.#exports.memory.buffer).setBigUint64(result, BigInt(Date.now()) * 1_000_000n, true);
        return 0;
      },
      random_get: (at: number, length: number) => {
        this.#readRandom = true;
        crypto.getRandomValues(new Uint8Array(this.#exports.memory.buffer, at, length));
        return 0;
      },
    };
    return imports;
  }
}

const GLOBAL = "global:";
/** What stack traces call the bundle: engine/prelude.js looks for it. */
const BUNDLE_NAME = "plugin.js";
