// Calls the plug-in over the first 41 chapters of Moby-Dick: once built for MessagePack, once for JSON.

import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { lookup } from "./dictionary.js";
import { createTextTools as createJson } from "./gen/json/text-tools.host.js";
import { createTextTools as createMessagePack, isSearchError } from "./gen/messagepack/text-tools.host.js";

const folder = new URL("../", import.meta.url);
const text = await readFile(new URL("data/moby-dick.txt", folder), "utf8");
const clients = {
  messagepack: await createMessagePack(new URL("build/messagepack.wasm", folder), { functions: { lookup } }),
  json: await createJson(new URL("build/json.wasm", folder), { functions: { lookup } }),
};

const results = [];
for (const [encoding, tools] of Object.entries(clients)) {
  console.log(`\n${encoding}`);

  const vowels = await tools.countVowels({ text });
  console.log(
    `  vowels   ${vowels.count} (${(vowels.share * 100).toFixed(1)} % of the text)`,
    vowels.perVowel,
  );

  const frequencies = await tools.wordFrequencies({ text, minLength: 6 });
  const top = Object.entries(frequencies).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  console.log(`  words    ${top.length} of six letters or more; most often ${top.slice(0, 5).join(" ")}`);

  const slug = await tools.slugify("The Whiteness of the Whale — Chapter 42!");
  console.log(`  slug     ${slug}`);

  // The plug-in asks the host for synonyms while it searches. `sync`: the same call without a promise.
  const found = tools.sync.search({ text, term: "whale", mode: "whole-word", limit: 2 });
  console.log(`  search   ${found.total} lines with ${found.terms.join(", ")}; the first:`);
  for (const { line, column, term, excerpt } of found.matches) {
    console.log(`           ${line}:${column} ${term}: ${excerpt.slice(0, 60)}…`);
  }

  const problem = await tools.search({ text, term: "", mode: "anywhere" }).catch((error: unknown) => {
    if (isSearchError(error)) return error.detail;
    throw error;
  });
  console.log("  error   ", problem);

  results.push({ vowels, frequencies, slug, found, problem });
  await tools.close();
}

const [first, second] = results;
if (!isDeepStrictEqual(first, second)) throw new Error("the two encodings disagree");
console.log("\nBoth encodings gave the same results.");
