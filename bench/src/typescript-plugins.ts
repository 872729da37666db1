import { readFile } from "node:fs/promises";
import { buildPlugin } from "@tenon/compiler";
import { createBench, type Entry } from "../gen/bench.host.js";
import { createTextTools } from "../gen/text-tools.host.js";
import { compare, compareEach, type Result } from "./compare.js";
import { EXAMPLE, exampleOptions } from "./example.js";
import type { Figure } from "./figure.js";
import { echoInQuickJs, firstCallInQuickJs } from "./quickjs-peer.js";

/** The record of every small call: that of typed-calls.ts. */
const ENTRY: Entry = {
  id: 123_456,
  name: "Ada Lovelace",
  tags: ["alpha", "beta"],
  score: 98.6,
  active: true,
};

/** Plug-ins in TypeScript, whose engine is QuickJS, against QuickJS as an application would embed it. */
export async function typescriptPlugins(): Promise<{ results: Result[]; figures: Figure[] }> {
  const first = await firstCall();
  const figure: Figure = {
    name: "an instance of the example and its first call",
    value: first.subjectNs / 1e6,
    unit: "ms",
    aim: 1.5,
  };
  return { results: [first, ...(await echoes())], figures: [figure] };
}

async function firstCall(): Promise<Result> {
  const module = await WebAssembly.compile(await readFile(new URL("build/messagepack.wasm", EXAMPLE)));
  const bundle = await exampleBundle();
  const callInQuickJs = await firstCallInQuickJs(bundle);
  const input = { text: "hello" };
  const report = { count: 2, perVowel: { e: 1, o: 1 }, share: 0.4 };
  const callPlugin = async () => {
    const tools = await createTextTools(module, { functions: { lookup: () => null } });
    const output = tools.sync.countVowels(input);
    await tools.plugin.close();
    return output;
  };
  same(await callPlugin(), report);
  same(callInQuickJs("countVowels", input), report);
  return compareEach(
    "TypeScript: an instance and its first call",
    { name: "compiled plug-in", run: callPlugin },
    {
      name: "quickjs-emscripten, the same bundle evaluated",
      run: () => callInQuickJs("countVowels", input),
    },
    1 / 10,
  );
}

async function echoes(): Promise<Result[]> {
  const wasm = new Uint8Array(await readFile(new URL("../../build/typescript.wasm", import.meta.url)));
  const bench = await createBench(wasm);
  const echoRecord = await echoInQuickJs();
  same(bench.sync.echo(ENTRY), ENTRY);
  same(bench.sync.echoJson(ENTRY), ENTRY);
  same(echoRecord(ENTRY), ENTRY);
  const peer = { name: "quickjs-emscripten, JSON", run: () => echoRecord(ENTRY) };
  const messagePack = await compare(
    "TypeScript: a record, MessagePack",
    { name: "typed call, MessagePack", run: () => bench.sync.echo(ENTRY) },
    peer,
  );
  const json = await compare(
    "TypeScript: a record, JSON",
    { name: "typed call, JSON", run: () => bench.sync.echoJson(ENTRY) },
    peer,
  );
  await bench.plugin.close();
  // The aim is for the better one.
  const better = messagePack.ratio <= json.ratio ? messagePack : json;
  return [messagePack, json].map((result) => (result === better ? { ...result, aim: 1 } : result));
}

/** What the compiler evaluates, and the peer has to evaluate as well. */
async function exampleBundle(): Promise<string> {
  let bundle: string | undefined;
  await buildPlugin({
    ...(await exampleOptions()),
    plugins: [
      {
        name: "bundle",
        setup(esbuild) {
          esbuild.onEnd(({ outputFiles }) => {
            bundle = outputFiles?.find(({ path }) => path.endsWith(".js"))?.text;
          });
        },
      },
    ],
  });
  if (bundle === undefined) throw new Error("the build has left no bundle");
  return bundle;
}

function same(actual: unknown, expected: unknown): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    throw new Error(`expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
  }
}
