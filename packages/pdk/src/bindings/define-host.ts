import { hostFunction } from "tenon:host";
import { codecOf } from "./codec-of.js";
import type { OperationShape, Shape } from "./shape.js";

/**
 * The functions of the host, for generated code: each encodes its argument, calls the import of its name, and
 * decodes the result. An argument that doesn't fit throws a TypeError that names the place. `H` is the interface of
 * the same functions that the generator wrote.
 */
export function defineHost<H>(
  operations: Readonly<Record<string, OperationShape>>,
  types: readonly Shape[],
): H {
  const functions = Object.entries(operations).map(([name, { input, output }]) => [
    name,
    hostFunction(name, codecOf(input, types), codecOf(output, types)),
  ]);
  // The generator wrote H and the operations from the same document.
  return Object.freeze(Object.fromEntries(functions)) as H;
}
