/** What a value is, in the words of the engine's codec: its type, and a number's value. */
export function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (typeof value === "number") return String(value);
  if (typeof value !== "object") return `a ${typeof value}`;
  if (Array.isArray(value)) return "an array";
  return value instanceof Uint8Array ? "a Uint8Array" : "an object";
}
