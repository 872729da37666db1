import { limits } from "../limits.js";
import type { Report } from "../problem.js";

/**
 * Makes sure that a document is no deeper and no larger than the later stages, which recurse, can take. Returns
 * whether it is. A value that contains itself counts as too deep.
 */
export function checkSize(document: unknown, report: Report): boolean {
  let values = 0;
  const stack: { readonly value: unknown; readonly depth: number }[] = [{ value: document, depth: 1 }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    values += 1;
    if (values > limits.values) {
      report({ pointer: "", message: `the document has more than ${limits.values} values` });
      return false;
    }
    if (typeof top.value !== "object" || top.value === null) continue;
    if (top.depth > limits.depth) {
      report({ pointer: "", message: `the document is nested more than ${limits.depth} deep` });
      return false;
    }
    for (const value of Object.values(top.value)) stack.push({ value, depth: top.depth + 1 });
  }
  return true;
}
