/** The longest text, in UTF-16 code units, that is worth looking through here: measured with V8 11.3. */
const MAX_LOOP = 48;

/** Text as a JSON string. A lone surrogate, which UTF-8 can't carry, becomes U+FFFD. */
export function quoteJson(text: string): string {
  if (text.length > MAX_LOOP) return quoteAny(text);
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 0x20 || c === 0x22 || c === 0x5c || c >= 0xd800) return quoteAny(text);
  }
  return `"${text}"`;
}

function quoteAny(text: string): string {
  const quoted = JSON.stringify(text);
  // JSON.stringify writes a lone surrogate as an escape, \ud800 to \udfff.
  if (!quoted.includes("\\ud")) return quoted;
  // With the u flag a pair is one character: only lone surrogates match.
  return JSON.stringify(text.replace(/\p{Surrogate}/gu, "\ufffd"));
}
