/** Throws a TypeError unless the value is a string: the engine would make one of whatever it is given. */
export function checkString(value: unknown, what: string): asserts value is string {
  if (typeof value !== "string") throw new TypeError(`expected ${what} to be a string, got ${nameOf(value)}`);
}

/** Throws a TypeError unless the value is a string or bytes. */
export function checkData(value: unknown, what: string): asserts value is string | Uint8Array {
  if (typeof value === "string" || value instanceof Uint8Array) return;
  throw new TypeError(`expected ${what} to be a string or a Uint8Array, got ${nameOf(value)}`);
}

/** What a value is, for a message: its contents stay out of it. */
export function nameOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  if (typeof value !== "object") return `a ${typeof value}`;
  const name: unknown = value.constructor?.name;
  return typeof name === "string" && name !== "" && name !== "Object" ? `a value of ${name}` : "an object";
}
