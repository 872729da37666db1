import { expect, it } from "vitest";
import { globals } from "./table.js";

// An export of another name would stand in for the global of that name.
it.each(Object.entries(globals))("the module of %s exports it, and nothing else", async (name, specifier) => {
  const file = specifier.replace("@tenon/pdk/globals/", "");
  expect(Object.keys(await import(`./${file}.ts`))).toEqual([name]);
});
