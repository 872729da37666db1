import { TenonError } from "../errors.js";

/**
 * Compiles `allowedHosts` into the question of whether a plug-in may talk to a host. An entry is a host name or a
 * pattern of one, as in Extism: `*` stands for any characters, `?` for one, `[a-z]` and `[!0-9]` for one of a kind.
 * The host is compared as `URL.hostname` spells it: in lower case, in Punycode, an IPv6 address in brackets.
 *
 * @throws TenonError `option-invalid` for an entry that could never fit.
 */
export function hostMatcher(entries: readonly string[]): (hostname: string) => boolean {
  const patterns = entries.map(normalise);
  const exact = new Set(patterns);
  const globs = patterns.filter((pattern) => /[*?[]/.test(pattern)).map(parse);
  return (hostname) => exact.has(hostname) || globs.some((glob) => fits(glob, hostname));
}

function normalise(entry: string): string {
  if (entry === "" || /[\s/@\\]|:\d+$/.test(entry.replace(/^\[[\da-f:.]+\]$/i, "ipv6"))) {
    throw new TenonError(
      "option-invalid",
      `allowedHosts has "${entry}", and an entry is the name of a host alone, such as "api.example.com" or "*.example.com"`,
    );
  }
  return entry.split(".").map(toAscii).join(".");
}

function toAscii(label: string): string {
  const ascii = [...label].every((char) => char < "\u0080");
  // An invalid label is an exception of URL, and stays as it is: no host has it.
  return ascii || !URL.canParse(`http://${label}`)
    ? label.toLowerCase()
    : new URL(`http://${label}`).hostname;
}

/** One step of a pattern: any number of characters, or one that passes a test. */
type Step = "any" | ((char: string) => boolean);

function parse(pattern: string): Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at];
    const set = char === "[" ? /^\[(!?)(\]?[^\]]*)\]/.exec(pattern.slice(at)) : null;
    if (set !== null) {
      steps.push(inSet(set[2] ?? "", set[1] === "!"));
      at += set[0].length - 1;
    } else if (char === "*") {
      if (steps.at(-1) !== "any") steps.push("any");
    } else {
      steps.push(char === "?" ? () => true : (other) => other === char);
    }
  }
  return steps;
}

function inSet(set: string, negated: boolean): (char: string) => boolean {
  const ranges: [low: string, high: string][] = [];
  for (const [, low = "", high = low] of set.matchAll(/(.)(?:-(.))?/gs)) ranges.push([low, high]);
  return (char) => ranges.some(([low, high]) => low <= char && char <= high) !== negated;
}

/** Goes back to the last `*` only, so that a long host name costs at most its length times the pattern's. */
function fits(steps: readonly Step[], hostname: string): boolean {
  let at = 0;
  let step = 0;
  let star = -1;
  let starAt = 0;
  while (at < hostname.length) {
    const current = steps[step];
    if (current === "any") {
      star = step;
      starAt = at;
      step++;
    } else if (current?.(hostname.charAt(at))) {
      at++;
      step++;
    } else if (star !== -1) {
      starAt++;
      at = starAt;
      step = star + 1;
    } else {
      return false;
    }
  }
  return steps.slice(step).every((rest) => rest === "any");
}
