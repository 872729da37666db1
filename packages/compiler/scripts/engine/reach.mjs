import { Reader } from "@tenon/wasm";

/**
 * The functions of a module that nothing reaches from the exports whose name matches, or from the function table.
 * Nothing is reached through the function `without`. They have indexes like any other function, so that they can't go; but they can be empty.
 */
export function unreachedFunctions(bytes, module, references, roots, without = -1) {
  const callees = calleesByFunction(bytes, module, references);
  const reached = new Set();
  const waiting = [...callees.elsewhere];
  for (const { name, kind, index } of module.exports)
    if (kind === "function" && roots.test(name)) waiting.push(index);
  while (waiting.length > 0) {
    const index = waiting.pop();
    if (index === without || reached.has(index)) continue;
    reached.add(index);
    waiting.push(...(callees.byFunction.get(index) ?? []));
  }
  const imports = module.functions.length - module.bodies.length;
  return module.bodies.map((_, i) => i + imports).filter((index) => !reached.has(index));
}

function calleesByFunction(bytes, module, references) {
  const imports = module.functions.length - module.bodies.length;
  const byFunction = new Map();
  const elsewhere = [];
  let body = 0;
  for (const offset of references) {
    while (body < module.bodies.length && module.bodies[body].end <= offset) body += 1;
    const callee = new Reader(bytes, { start: offset, end: bytes.length }).u32("a function index");
    const inBody = body < module.bodies.length && module.bodies[body].start <= offset;
    if (!inBody) elsewhere.push(callee);
    else byFunction.set(body + imports, [...(byFunction.get(body + imports) ?? []), callee]);
  }
  return { byFunction, elsewhere };
}
