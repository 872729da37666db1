import { readFile, writeFile } from "node:fs/promises";
import { typedCalls } from "./typed-calls.js";
import { typescriptBuilds } from "./typescript-builds.js";
import { typescriptPlugins } from "./typescript-plugins.js";

const typescript = await typescriptPlugins();
const results = [
  ...(await typedCalls(new Uint8Array(await readFile(new URL("../../build/bench.wasm", import.meta.url))))),
  ...typescript.results,
];
const figures = [...typescript.figures, ...(await typescriptBuilds())];

console.table(
  results.map(({ name, subject, peer, subjectNs, peerNs, ratio, aim }) => ({
    name,
    subject: `${subject} ${figure(subjectNs)}`,
    peer: `${peer} ${figure(peerNs)}`,
    ratio: Number(ratio.toPrecision(3)),
    aim: aim === undefined ? "" : `<= ${Number(aim.toPrecision(3))}`,
    met: aim === undefined ? "" : ratio <= aim,
  })),
);
console.table(
  figures.map(({ name, value, unit, aim }) => ({
    name,
    value: `${unit === "ms" ? value.toFixed(1) : value} ${unit}`,
    aim: aim === undefined ? "" : `<= ${aim} ${unit}`,
    met: aim === undefined ? "" : value <= aim,
  })),
);
if (process.argv.includes("--json")) {
  const rows = JSON.stringify([...results, ...figures], null, 2);
  await writeFile(new URL("../../results.json", import.meta.url), `${rows}\n`);
}

function figure(ns: number): string {
  return ns < 10_000 ? `${ns.toFixed(0)} ns` : `${(ns / 1000).toFixed(1)} us`;
}
