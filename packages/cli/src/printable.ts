/**
 * Text from a plug-in, a document or the command line, made safe for a terminal and for one line: characters that
 * control, that are invisible, or that turn the direction of writing are shown by their code point.
 */
export function printable(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
  });
}

/** Control, format and surrogate characters, and the separators of lines and paragraphs. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
