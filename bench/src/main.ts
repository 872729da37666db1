import { readFile, writeFile } from "node:fs/promises";
import { typedCalls } from "./typed-calls.js";

const results = await typedCalls(
  new Uint8Array(await readFile(new URL("../../build/bench.wasm", import.meta.url))),
);

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
if (process.argv.includes("--json")) {
  await writeFile(new URL("../../results.json", import.meta.url), `${JSON.stringify(results, null, 2)}\n`);
}

function figure(ns: number): string {
  return ns < 10_000 ? `${ns.toFixed(0)} ns` : `${(ns / 1000).toFixed(1)} us`;
}
