// RFC 3492, with the parameters of its section 5.

const BASE = 36;
const FIRST_BIAS = 72;
const FIRST_POINT = 128;
const LARGEST = 0x7fffffff;

/** The ASCII form of a label, without `xn--`. */
export function encodePunycode(label: string): string {
  const points = Array.from(label, (character) => character.codePointAt(0) ?? 0);
  const basic = points.filter((point) => point < FIRST_POINT);
  let output = String.fromCodePoint(...basic) + (basic.length > 0 ? "-" : "");
  let handled = basic.length;
  let last = FIRST_POINT;
  let delta = 0;
  let bias = FIRST_BIAS;
  while (handled < points.length) {
    const next = Math.min(...points.filter((point) => point >= last));
    delta += (next - last) * (handled + 1);
    last = next;
    for (const point of points) {
      if (point < last) delta++;
      if (point !== last) continue;
      output += encodeNumber(delta, bias);
      bias = adapt(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled++;
    }
    delta++;
    last++;
  }
  return output;
}

/** The label of an ASCII form in lower case; undefined for what is none. */
export function decodePunycode(text: string): string | undefined {
  const split = text.lastIndexOf("-");
  const output = Array.from(text.slice(0, Math.max(split, 0)), (character) => character.charCodeAt(0));
  let point = FIRST_POINT;
  let index = 0;
  let bias = FIRST_BIAS;
  for (let at = split + 1; at < text.length; ) {
    const before = index;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      const digit = DIGITS.indexOf(text[at++] ?? " ");
      if (digit < 0) return undefined;
      index += digit * weight;
      if (index > LARGEST) return undefined;
      const threshold = thresholdAt(k, bias);
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    bias = adapt(index - before, output.length + 1, before === 0);
    point += Math.floor(index / (output.length + 1));
    index %= output.length + 1;
    if (point > 0x10ffff) return undefined;
    output.splice(index++, 0, point);
  }
  return output.map((code) => String.fromCodePoint(code)).join("");
}

const DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";

function encodeNumber(value: number, bias: number): string {
  let text = "";
  let rest = value;
  for (let k = BASE; ; k += BASE) {
    const threshold = thresholdAt(k, bias);
    if (rest < threshold) return text + (DIGITS[rest] ?? "");
    text += DIGITS[threshold + ((rest - threshold) % (BASE - threshold))] ?? "";
    rest = Math.floor((rest - threshold) / (BASE - threshold));
  }
}

function thresholdAt(k: number, bias: number): number {
  return Math.min(26, Math.max(1, k - bias));
}

function adapt(delta: number, points: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? 700 : 2));
  rest += Math.floor(rest / points);
  let k = 0;
  for (; rest > 455; k += BASE) rest = Math.floor(rest / 35);
  return k + Math.floor((36 * rest) / (rest + 38));
}
