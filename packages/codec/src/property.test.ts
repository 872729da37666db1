import { expect, it } from "vitest";
import { setProperty } from "./property.js";

it("sets an own property whatever its name, and never a prototype", () => {
  const o: object = {};
  for (const name of ["a", "__proto__", "constructor", "toString"]) setProperty(o, name, { polluted: name });
  expect(Object.keys(o)).toEqual(["a", "__proto__", "constructor", "toString"]);
  expect(Object.getPrototypeOf(o)).toBe(Object.prototype);
  expect("polluted" in o).toBe(false);
  setProperty(o, "__proto__", 2);
  expect(JSON.stringify(Object.entries(o)[1])).toBe('["__proto__",2]');
});
