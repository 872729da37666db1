import { CodecError } from "../errors.js";

/** How deep a JSON text may nest. */
export const MAX_JSON_DEPTH = 512;

/**
 * Refuses a text whose arrays and objects nest too deep. It only counts brackets outside strings: on a text that
 * isn't JSON its answer means nothing, but the parser then refuses the text anyway.
 */
export function checkJsonDepth(text: string): void {
  // As many opening as closing brackets: no shorter text can be too deep.
  if (text.length <= MAX_JSON_DEPTH * 2) return;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22:
        i = closingQuote(text, i);
        break;
      case 0x5b:
      case 0x7b:
        if (++depth > MAX_JSON_DEPTH) throw tooDeep(i);
        break;
      case 0x5d:
      case 0x7d:
        depth--;
        break;
    }
  }
}

/** The error for a bracket, at `offset`, that opens a level too many. */
export function tooDeep(offset: number): CodecError {
  return new CodecError("depth", `nested deeper than ${MAX_JSON_DEPTH} levels`, { offset });
}

/** The index of the quote that ends the string begun at `open`; the text's length when none does. */
function closingQuote(text: string, open: number): number {
  let close = text.indexOf('"', open + 1);
  while (close >= 0 && isEscaped(text, close, open)) close = text.indexOf('"', close + 1);
  return close < 0 ? text.length : close;
}

/** Whether an odd number of backslashes stands before `at`. */
function isEscaped(text: string, at: number, open: number): boolean {
  let i = at - 1;
  while (i > open && text.charCodeAt(i) === 0x5c) i--;
  return (at - 1 - i) % 2 === 1;
}
