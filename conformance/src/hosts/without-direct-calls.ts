import { Encoder, readModule, rewriteSections } from "@tenon/wasm";

/** The same module without the exports of the direct convention, so that a host has to use kernel calls. */
export function withoutDirectCalls(wasm: Uint8Array): Uint8Array<ArrayBuffer> {
  const kept = readModule(wasm).exports.filter(({ name }) => !name.startsWith("tenon_"));
  const payload = new Encoder();
  payload.unsigned(kept.length);
  for (const { range } of kept) payload.bytes(wasm.subarray(range.start, range.end));
  return rewriteSections(wasm, ({ kind }) => (kind === "export" ? payload.finish() : "keep"));
}
