/**
 * Sets an own property, whatever its name: a plain assignment to `__proto__` would change the object's prototype
 * instead. Decoders use it wherever a key is data.
 */
export function setProperty(o: object, key: string, v: unknown): void {
  if (key === "__proto__") {
    Object.defineProperty(o, key, { value: v, writable: true, enumerable: true, configurable: true });
  } else {
    // Any object takes a string key; its declared type doesn't say so.
    (o as Record<string, unknown>)[key] = v;
  }
}
