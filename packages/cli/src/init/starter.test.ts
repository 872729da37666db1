import { loadInterface } from "@tenon/schema";
import { describe, expect, it } from "vitest";
import { FORMATS } from "./answers.js";
import { starterDefinition } from "./starter.js";

const load = (format: (typeof FORMATS)[number]) =>
  loadInterface({ text: starterDefinition("greeter", format), uri: `interface.${format}` });

describe("the starter definition", () => {
  it.each(FORMATS)("is valid in %s, and has something of everything", async (format) => {
    const { interface: contract } = await load(format);
    expect(contract).toMatchObject({ name: "greeter", version: "0.1.0" });
    expect(contract.exports.map(({ name }) => name)).toEqual(["greet", "shout"]);
    expect(contract.imports.map(({ name }) => name)).toEqual(["salutation"]);
    for (const operation of [...contract.exports, ...contract.imports]) {
      expect(operation.description).toBeDefined();
      expect(operation.examples).toHaveLength(1);
    }
  });

  it("has the same types and functions in both formats", async () => {
    const [json, yaml] = await Promise.all(FORMATS.map(load));
    const bare = (text: unknown) =>
      JSON.parse(JSON.stringify(text, (key, value) => (key === "description" ? undefined : value)));
    expect(bare(yaml?.interface)).toEqual(bare(json?.interface));
  });
});
