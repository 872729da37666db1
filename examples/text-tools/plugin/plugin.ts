// The plug-in: one function for each export of the interface.

import {
  Box,
  FrequencyQuery,
  host,
  Match,
  SearchMode,
  SearchOutcome,
  SearchProblem,
  SearchProblemReason,
  SearchQuery,
  SearchReport,
  Text,
  VowelReport,
} from "./gen/text-tools.guest";

export function countVowels(input: Text): VowelReport {
  const text = input.text;
  const perVowel = new Map<string, i32>();
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const letter = String.fromCharCode(lower(text.charCodeAt(i)));
    if (!"aeiou".includes(letter)) continue;
    perVowel.set(letter, (perVowel.has(letter) ? perVowel.get(letter) : 0) + 1);
    count++;
  }
  return new VowelReport(count, perVowel, text.length == 0 ? 0 : f64(count) / f64(text.length));
}

export function wordFrequencies(input: FrequencyQuery): Map<string, i32> {
  const text = input.text;
  const minLength = input.minLength;
  const least = minLength === null ? 1 : minLength.value;
  const counts = new Map<string, i32>();
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && isLetter(text.charCodeAt(i))) continue;
    if (i - start >= least && i > start) {
      const word = text.substring(start, i).toLowerCase();
      counts.set(word, (counts.has(word) ? counts.get(word) : 0) + 1);
    }
    start = i + 1;
  }
  return counts;
}

export function slugify(title: string): string {
  // Codes, and one string at the end: adding to a string makes a new one each time, and memory is freed between calls.
  const slug: i32[] = [];
  let pending = false;
  for (let i = 0; i < title.length; i++) {
    const code = lower(title.charCodeAt(i));
    if (isLetter(code) || (code >= 0x30 && code <= 0x39)) {
      if (pending && slug.length > 0) slug.push(0x2d);
      slug.push(code);
      pending = false;
    } else {
      pending = true;
    }
  }
  return String.fromCharCodes(slug);
}

export function search(input: SearchQuery): SearchOutcome {
  const limit = input.limit;
  if (input.term.length == 0) {
    return SearchOutcome.fail(
      new SearchProblem(SearchProblemReason.emptyTerm, "There is no term to search for."),
    );
  }
  if (limit != null && limit.value <= 0) {
    const problem = new SearchProblem(SearchProblemReason.limitNotPositive, "The limit must be 1 or more.");
    problem.limit = new Box(limit.value);
    return SearchOutcome.fail(problem);
  }

  // The application knows synonyms; the plug-in doesn't.
  const terms = [input.term];
  const entry = host.lookup(input.term);
  if (entry != null) for (let i = 0; i < entry.synonyms.length; i++) terms.push(entry.synonyms[i]);

  const report = new SearchReport(0, terms, []);
  const lines = input.text.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at].toLowerCase();
    for (let i = 0; i < terms.length; i++) {
      const column = find(line, terms[i].toLowerCase(), input.mode == SearchMode.wholeWord);
      if (column < 0) continue;
      report.total++;
      if (limit === null || report.matches.length < limit.value) {
        report.matches.push(new Match(terms[i], at + 1, column + 1, lines[at].trim()));
      }
    }
  }
  return SearchOutcome.ok(report);
}

function find(line: string, term: string, wholeWord: bool): i32 {
  for (let at = line.indexOf(term); at >= 0; at = line.indexOf(term, at + 1)) {
    const end = at + term.length;
    if (!wholeWord) return at;
    const before = at > 0 && isLetter(line.charCodeAt(at - 1));
    const after = end < line.length && isLetter(line.charCodeAt(end));
    if (!before && !after) return at;
  }
  return -1;
}

function lower(code: i32): i32 {
  return code >= 0x41 && code <= 0x5a ? code + 32 : code;
}

/** ASCII letters, and the letters of Latin-1. */
function isLetter(code: i32): bool {
  const small = lower(code);
  return (small >= 0x61 && small <= 0x7a) || (code >= 0xc0 && code <= 0xff && code != 0xd7 && code != 0xf7);
}
