/**
 * Whether an object is data with string keys: a literal, one without a prototype, or an instance of a class of the
 * user's. Built-in objects that keep their contents elsewhere (Map, Set, Promise, Error, typed arrays …) aren't:
 * their properties don't say what they hold.
 */
export function isPlainObject(v: object): v is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(v);
  if (prototype === Object.prototype || prototype === null) return true;
  return Object.prototype.toString.call(v) === "[object Object]";
}
