import { distance } from "fastest-levenshtein";
import { isObject } from "./json.js";

/** Longest excerpt of a document that a message carries, in characters. */
const excerpt = 60;

/** Writes a value of a document into a message: as JSON, cut short, with control characters escaped. */
export function show(value: unknown): string {
  // A string is cut before it is quoted, and a container is not serialised whole: either may be very large.
  if (typeof value === "string") return visible(JSON.stringify(cut(value)));
  if (Array.isArray(value)) return value.length === 0 ? "[]" : `an array of ${value.length}`;
  if (isObject(value)) return Object.keys(value).length === 0 ? "{}" : "an object";
  return visible(cut(String(value)));
}

/** Cuts a text to what fits into a message. */
export function cut(text: string, length: number = excerpt): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/**
 * Escapes the characters that could repaint a terminal or reorder the text around them. Names in a document may
 * hold any of them.
 */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** Writes choices as a list for a sentence: `"a", "b" or "c"`. */
export function choices(options: readonly string[]): string {
  const quoted = options.map((option) => JSON.stringify(option));
  const last = quoted.pop();
  return quoted.length === 0 ? (last ?? "nothing") : `${quoted.join(", ")} or ${last}`;
}

/** Says which of the options was probably meant, or undefined when none is near. */
export function didYouMean(word: unknown, options: readonly string[]): string | undefined {
  const near = typeof word === "string" ? nearest(word, options) : undefined;
  return near === undefined ? undefined : `did you mean ${show(near)}?`;
}

function nearest(word: string, options: readonly string[]): string | undefined {
  // Bounds the work: a document can hold many misspelt names, each compared with every good one.
  if (word.length > 64) return undefined;
  const lower = word.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.length * 0.4)) + 1;
  for (const option of options.slice(0, 1000)) {
    if (option === word || option.length > 64) continue;
    const prefix = lower.length >= 3 && option.toLowerCase().startsWith(lower);
    const away = prefix ? 1 : mistakes(lower, option.toLowerCase());
    if (away < least) {
      least = away;
      best = option;
    }
  }
  return best;
}

/** Counts typing mistakes. Two letters that changed places are one, where the edit distance has two. */
function mistakes(word: string, option: string): number {
  const edits = distance(word, option);
  const sorted = (text: string) => [...text].sort().join("");
  return edits === 2 && word.length === option.length && sorted(word) === sorted(option) ? 1 : edits;
}
