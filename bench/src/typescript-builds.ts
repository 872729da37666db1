import { spawn } from "node:child_process";
import { cp, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type BuildOptions, type WatchEvent, watchPlugin } from "@tenon/compiler";
import { EXAMPLE, exampleOptions } from "./example.js";
import { type Figure, median } from "./figure.js";

/** Builds that are measured, of each kind; the first of all is not. */
const BUILDS = 7;

/** What it takes to build the example plug-in, and how large it is. */
export async function typescriptBuilds(): Promise<Figure[]> {
  const wasm = await readFile(new URL("build/messagepack.wasm", EXAMPLE));
  return [
    ...(await coldBuilds()),
    ...(await watchedBuilds()),
    await firstOfProcess(),
    { name: "size of the example plug-in", value: wasm.length, unit: "bytes", aim: 700_000 },
    {
      name: "size of the example plug-in, gzip",
      value: gzipSync(wasm, { level: 9 }).length,
      unit: "bytes",
      aim: 310_000,
    },
  ];
}

/** Each build is a process of its own, from its start to its end. The operating system has the files in its cache. */
async function coldBuilds(): Promise<Figure[]> {
  const output = fileURLToPath(new URL("../../build/cold.wasm", import.meta.url));
  const build = [tenonCommand(), "build", "src/plugin.ts", "--minify", "-o", output];
  const commands = {
    "node, doing nothing": ["--eval", "0"],
    "tenon build --no-check, cold": [...build, "--no-check"],
    "tenon build with the type check, cold": build,
  };
  const times = new Map<string, number[]>();
  for (let round = 0; round <= BUILDS; round++) {
    for (const [name, args] of Object.entries(commands)) {
      const took = await timeProcess(args);
      if (round > 0) times.set(name, [...(times.get(name) ?? []), took]);
    }
  }
  return [...times].map(([name, all]) => ({
    name,
    value: median(all),
    unit: "ms",
    ...(name === "tenon build --no-check, cold" ? { aim: 500 } : {}),
  }));
}

function tenonCommand(): string {
  const manifest = createRequire(import.meta.url).resolve("@tenon/cli/package.json");
  return join(dirname(manifest), "bin", "tenon.js");
}

async function timeProcess(args: readonly string[]): Promise<number> {
  const started = performance.now();
  await run(args);
  return performance.now() - started;
}

/** What the first plug-in of a process costs: its module is compiled, and none of its code is optimised. */
async function firstOfProcess(): Promise<Figure> {
  const script = fileURLToPath(new URL("first-call.js", import.meta.url));
  const times: number[] = [];
  for (let round = 0; round <= BUILDS; round++) times.push(Number(await run([script])));
  return {
    name: "the first plug-in of a process: compiled, instantiated and called",
    value: median(times.slice(1)),
    unit: "ms",
  };
}

/** Runs Node to its end, in the example's folder, and answers what it printed. */
async function run(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, args, {
    cwd: fileURLToPath(EXAMPLE),
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== 0) throw new Error(`node ${args.join(" ")} ended with the code ${code}`);
  return output;
}

/**
 * A copy of the example is watched, and changed again and again. A build takes from the moment when the bundler begins
 * to the moment when the module is there; from the change on, it also takes until the bundler has seen it, which looks
 * for changes every so often.
 */
async function watchedBuilds(): Promise<Figure[]> {
  const folder = new URL("../../build/watched/", import.meta.url);
  await mkdir(folder, { recursive: true });
  await cp(new URL("src/", EXAMPLE), new URL("src/", folder), { recursive: true });
  const options = await exampleOptions(folder);
  const entry = new URL("src/plugin.ts", folder);
  const draft = new URL("draft.ts", folder);
  const source = await readFile(entry, "utf8");

  const builds: number[] = [];
  const saves: number[] = [];
  const watched = await watch(options);
  await watched.next();
  for (let round = 0; round <= BUILDS; round++) {
    // At once, as editors do it: a half-written file would be a build of its own.
    await writeFile(draft, source.replaceAll("The limit must be", `${round}: the limit must be`));
    const changed = performance.now();
    await rename(draft, entry);
    const { begun, ended } = await watched.next();
    if (round === 0) continue;
    builds.push(ended - begun);
    saves.push(ended - changed);
  }
  await watched.close();
  return [
    { name: "a build in watch mode", value: median(builds), unit: "ms", aim: 200 },
    { name: "a build in watch mode, from the change of the file", value: median(saves), unit: "ms" },
  ];
}

interface Watched {
  /** Waits for the next build. */
  next(): Promise<{ readonly begun: number; readonly ended: number }>;
  close(): Promise<void>;
}

async function watch(options: BuildOptions): Promise<Watched> {
  let begun = 0;
  let waiting: ((event: WatchEvent) => void) | undefined;
  const early: WatchEvent[] = [];
  const timer = {
    name: "timer",
    setup(esbuild: { onStart(callback: () => void): void }) {
      esbuild.onStart(() => {
        begun = performance.now();
      });
    },
  };
  const watcher = await watchPlugin({ ...options, plugins: [timer] }, (event) => {
    if (waiting === undefined) early.push(event);
    else waiting(event);
  });
  return {
    async next() {
      const event =
        early.shift() ??
        (await new Promise<WatchEvent>((resolve) => {
          waiting = resolve;
        }));
      waiting = undefined;
      if (event.kind === "failed") throw event.error;
      return { begun, ended: performance.now() };
    },
    close: () => watcher.close(),
  };
}
