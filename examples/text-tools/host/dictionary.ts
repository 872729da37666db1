import type { Entry } from "./gen/messagepack/text-tools.host.js";

/** The host function of the interface: what the plug-in may ask the application. */
export function lookup(word: string): Entry | null {
  const synonyms = SYNONYMS.get(word.toLowerCase());
  return synonyms === undefined ? null : { word, synonyms };
}

const SYNONYMS: ReadonlyMap<string, string[]> = new Map([
  ["whale", ["leviathan", "cetacean"]],
  ["ship", ["vessel", "craft"]],
  ["sea", ["ocean", "main"]],
]);
