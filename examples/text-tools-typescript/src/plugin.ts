// The plug-in: one function for each export of the interface.

import { host, type Match, plugin, SearchFailure } from "./gen/text-tools.guest.js";

export default plugin({
  countVowels({ text }) {
    const vowels = text.match(/[aeiou]/gi) ?? [];
    return {
      count: vowels.length,
      perVowel: occurrences(vowels.map((vowel) => vowel.toLowerCase())),
      share: text.length === 0 ? 0 : vowels.length / text.length,
    };
  },

  wordFrequencies({ text, minLength = 1 }) {
    const words = text.match(WORD) ?? [];
    return occurrences(words.filter((word) => word.length >= minLength).map((word) => word.toLowerCase()));
  },

  slugify(title) {
    const words = title.match(LETTERS_AND_DIGITS) ?? [];
    // ASCII only: the letters of Latin-1 stay as they are.
    return words.join("-").replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  },

  search({ text, term, mode, limit = Number.POSITIVE_INFINITY }) {
    if (term === "") {
      throw new SearchFailure({ reason: "empty-term", message: "There is no term to search for." });
    }
    if (limit <= 0) {
      const message = "The limit must be 1 or more.";
      throw new SearchFailure({ reason: "limit-not-positive", message, limit });
    }

    // The application knows synonyms; the plug-in doesn't.
    const terms = [term, ...(host.lookup(term)?.synonyms ?? [])];
    const patterns = terms.map((one) => ({ one, pattern: patternOf(one, mode === "whole-word") }));

    const found: Match[] = [];
    for (const [index, line] of text.split("\n").entries()) {
      for (const { one, pattern } of patterns) {
        const at = line.search(pattern);
        if (at >= 0) found.push({ term: one, line: index + 1, column: at + 1, excerpt: line.trim() });
      }
    }
    return { total: found.length, terms, matches: found.slice(0, limit) };
  },
});

/** ASCII letters, and the letters of Latin-1. */
const LETTER = "A-Za-zÀ-ÖØ-öø-ÿ";
const WORD = new RegExp(`[${LETTER}]+`, "g");
const LETTERS_AND_DIGITS = new RegExp(`[${LETTER}0-9]+`, "g");

function patternOf(term: string, wholeWord: boolean): RegExp {
  const literal = term.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return new RegExp(wholeWord ? `(?<![${LETTER}])${literal}(?![${LETTER}])` : literal, "i");
}

function occurrences(items: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return Object.fromEntries(counts);
}
