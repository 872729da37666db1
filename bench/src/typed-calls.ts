import createExtismPlugin from "@extism/extism";
import { createPlugin } from "@tenon/runtime";
import { createBench, type Entry } from "../gen/bench.host.js";
import { compare, type Result } from "./compare.js";
import { handWrittenEcho } from "./hand-written.js";

/** The record of every small call. */
const ENTRY: Entry = {
  id: 123_456,
  name: "Ada Lovelace",
  tags: ["alpha", "beta"],
  score: 98.6,
  active: true,
};

const MIB = 1 << 20;

/** Typed calls into one plug-in: against the floor, a JSON clone, copies of memory, and Extism's SDK. */
export async function typedCalls(wasm: Uint8Array<ArrayBuffer>): Promise<Result[]> {
  const bench = await createBench(wasm);
  const floor = handWrittenEcho(
    new WebAssembly.Instance(new WebAssembly.Module(wasm), await floorImports(wasm)),
  );
  const extism = await createExtismPlugin({ wasm: [{ data: wasm }] }, { useWasi: false });
  const json = JSON.stringify(ENTRY);
  const big = new Uint8Array(MIB).map((_, at) => at * 31);
  const memory = new Uint8Array(MIB);
  const copy = new Uint8Array(MIB);
  const into = new Uint8Array(MIB);
  const kernelOnly = await createPlugin(withoutDirectCalls(wasm));

  same(bench.sync.echo(ENTRY), ENTRY);
  same(bench.sync.echoJson(ENTRY), ENTRY);
  same(floor(ENTRY), ENTRY);
  same((await extism.call("echoJson", json))?.json(), ENTRY);
  same(bench.sync.echoBytes(big).length, MIB);
  same((await kernelOnly.call("echoBytes", big))?.byteLength, MIB);
  same((await extism.call("echoBytes", big))?.bytes().length, MIB);

  const typed = { name: "typed call, MessagePack", run: () => bench.sync.echo(ENTRY) };
  return [
    await compare("record: the floor", typed, { name: "hand-written", run: () => floor(ENTRY) }, 1.6),
    await compare(
      "record: a clone",
      typed,
      { name: "JSON clone", run: () => JSON.parse(JSON.stringify(ENTRY)) },
      1,
    ),
    await compare(
      "record: a clone, JSON",
      { name: "typed call, JSON", run: () => bench.sync.echoJson(ENTRY) },
      { name: "JSON clone", run: () => JSON.parse(JSON.stringify(ENTRY)) },
    ),
    await compare(
      "record: Extism",
      typed,
      {
        name: "@extism/extism, JSON",
        run: async () => (await extism.call("echoJson", JSON.stringify(ENTRY)))?.json(),
      },
      1 / 20,
    ),
    await compare(
      "1 MiB: copies of memory",
      { name: "typed call, bytes into memory of the caller's", run: () => bench.sync.echoBytes(big, into) },
      {
        name: "two memcpys",
        run: () => {
          memory.set(big);
          copy.set(memory);
        },
      },
      1.5,
    ),
    await compare(
      "1 MiB: copies of memory, the second into new memory",
      { name: "typed call, bytes", run: () => bench.sync.echoBytes(big) },
      {
        name: "memcpy and slice",
        run: () => {
          memory.set(big);
          return memory.slice();
        },
      },
    ),
    await compare(
      "1 MiB through the kernel: Extism",
      { name: "kernel call", run: () => kernelOnly.call("echoBytes", big) },
      { name: "@extism/extism", run: () => extism.call("echoBytes", big) },
      1 / 8,
    ),
  ];
}

/** The same plug-in for a host that knows kernel calls only: under other names the direct exports are nothing. */
function withoutDirectCalls(wasm: Uint8Array<ArrayBuffer>): Uint8Array {
  const text = Buffer.from(wasm).toString("latin1").replaceAll("tenon_abi", "other_abi");
  return Buffer.from(text, "latin1");
}

/** A hand-written host of this plug-in has no kernel: no import is called on the way of an echo. */
async function floorImports(wasm: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Imports> {
  const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {};
  for (const { module, name } of WebAssembly.Module.imports(await WebAssembly.compile(wasm))) {
    imports[module] ??= {};
    imports[module][name] = () => {
      throw new Error(`${name} was called`);
    };
  }
  return imports;
}

function same(actual: unknown, expected: unknown): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    throw new Error(`expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
  }
}
