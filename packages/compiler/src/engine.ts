import { readFile } from "node:fs/promises";
import { type Module, readModule } from "@tenon/wasm";

/** The engine, as the package ships it: started, and waiting for a bundle. */
export interface Engine {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** For evaluating bundles: the compiled form of the bytes. */
  readonly compiled: WebAssembly.Module;
  /** The bytes, taken apart. */
  readonly module: Module;
  /** Where the bytes name functions: see `functionReferences` of `@tenon/wasm`. */
  readonly references: Uint32Array;
  /** Functions that only building needs. */
  readonly buildOnly: readonly number[];
  /** Functions that only `eval` needs: the parser, and what it alone calls. */
  readonly evalOnly: readonly number[];
  /** The parser's entry, which the function table has. */
  readonly parser: number;
  /** Where the C stack is, which holds nothing while nothing runs. It grows from its start down. */
  readonly stack: { readonly start: number; readonly end: number };
}

let engine: Promise<Engine> | undefined;

/** Reads the engine. It is read and compiled once for the process. */
export function loadEngine(): Promise<Engine> {
  engine ??= readEngine();
  return engine;
}

/** As scripts/build-engine.mjs writes it. */
interface EngineFacts {
  /** Each offset as the distance from the one before. */
  readonly references: number[];
  readonly buildOnly: number[];
  readonly evalOnly: number[];
  readonly parser: number;
  readonly stack: { readonly start: number; readonly end: number };
}

async function readEngine(): Promise<Engine> {
  // From src/ and from dist/ alike, this leads to dist/.
  const directory = new URL("../dist/", import.meta.url);
  const [file, json] = await Promise.all([
    readFile(new URL("engine.wasm", directory)),
    readFile(new URL("engine.json", directory), "utf8"),
  ]);
  const bytes = new Uint8Array(file);
  const compiled = await WebAssembly.compile(bytes);
  // The package's own file, written by its own script.
  const facts = JSON.parse(json) as EngineFacts;
  return { ...facts, bytes, compiled, module: readModule(bytes), references: absolute(facts.references) };
}

function absolute(distances: readonly number[]): Uint32Array {
  const offsets = new Uint32Array(distances.length);
  let offset = 0;
  distances.forEach((distance, i) => {
    offset += distance;
    offsets[i] = offset;
  });
  return offsets;
}
