/**
 * Checks that an object has the functions of an interface. They may be methods of a class, and there may be other
 * properties, which they reach by `this`; but a function of its own that the interface doesn't have is a mistake.
 *
 * @throws TypeError that names every function that is missing, too much, or no function.
 */
export function checkFunctions(functions: object, names: readonly string[]): void {
  if (typeof functions !== "object" || functions === null) {
    throw new TypeError(`expected an object with the plug-in's functions, got ${String(functions)}`);
  }
  // Any object can be asked for properties; each is checked below.
  const found = functions as Readonly<Record<string, unknown>>;
  const missing = names.filter((name) => found[name] === undefined || !isOwn(functions, name));
  const wrong = names.filter((name) => !missing.includes(name) && typeof found[name] !== "function");
  const extra = Object.keys(found).filter(
    (name) => !names.includes(name) && typeof found[name] === "function",
  );
  const problems = [
    ...(missing.length > 0 ? [`lacks ${list(missing)}`] : []),
    ...(extra.length > 0 ? [`has ${list(extra)}, which the interface doesn't have`] : []),
    ...wrong.map((name) => `has ${JSON.stringify(name)} as ${typeof found[name]}, not as a function`),
  ];
  if (problems.length > 0) throw new TypeError(`the plug-in ${problems.join(", and ")}`);
}

/** Whether a property is the author's, and not one that every object has, such as toString. */
function isOwn(functions: object, name: string): boolean {
  for (let at: unknown = functions; at !== Object.prototype && at !== null; at = Object.getPrototypeOf(at)) {
    if (Object.hasOwn(at as object, name)) return true;
  }
  return false;
}

function list(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(", ");
}
