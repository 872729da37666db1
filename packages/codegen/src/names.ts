/**
 * Gives every name an identifier of its own in some language. A name that already is a usable identifier keeps its
 * spelling; the others are rewritten (`foo-bar` becomes `fooBar`, `class` becomes `class_`, `2d` becomes `_2d`), and
 * a result that is taken gets the first free number (`fooBar2`). The result depends on the names' order only.
 */
export function assignIdentifiers(
  names: readonly string[],
  reserved: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const assigned = new Map<string, string>();
  const taken = new Set<string>();
  const claim = (name: string, identifier: string): void => {
    assigned.set(name, identifier);
    taken.add(identifier);
  };
  // Two rounds, so that `fooBar` keeps its name even where `foo-bar` comes first.
  const odd: string[] = [];
  for (const name of new Set(names)) {
    if (IDENTIFIER.test(name) && !reserved.has(name)) claim(name, name);
    else odd.push(name);
  }
  for (const name of odd) {
    const base = toIdentifier(name, reserved);
    let identifier = base;
    for (let n = 2; taken.has(identifier) || reserved.has(identifier); n++) identifier = `${base}${n}`;
    claim(name, identifier);
  }
  return assigned;
}

/** `count_vowels`, `count-vowels` and `countVowels` all become `CountVowels`; never empty, never starts with a digit. */
export function pascalCase(name: string): string {
  const joined = words(name)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
  return /^[A-Za-z]/.test(joined) ? joined : `T${joined}`;
}

// ASCII only, although most languages take more: the same spelling must work in every target.
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

function toIdentifier(name: string, reserved: ReadonlySet<string>): string {
  if (IDENTIFIER.test(name)) return `${name}_`;
  const [first = "", ...rest] = words(name);
  const joined = first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  const identifier = /^[A-Za-z]/.test(joined) ? joined : `_${joined}`;
  return reserved.has(identifier) ? `${identifier}_` : identifier;
}

function words(name: string): string[] {
  return name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
}
