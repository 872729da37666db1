import { normaliseInterface } from "@tenon/schema";
import { describe, expect, it } from "vitest";
import { everything } from "../testing/everything.js";
import { typescriptGuest } from "./target.js";

async function generate(document: object): Promise<string> {
  const [file] = await typescriptGuest.generate(normaliseInterface(document), {});
  return file?.content ?? "";
}

const BASE = { name: "small", version: "1.0.0", exports: {} };

describe("the typescript-guest target", () => {
  it("generates one module, the same on every run", async () => {
    const files = await typescriptGuest.generate(await everything(), {});
    expect(files.map(({ path }) => path)).toEqual(["everything.guest.ts"]);
    expect(await typescriptGuest.generate(await everything(), {})).toEqual(files);
    await expect(files[0]?.content).toMatchFileSnapshot("./golden/everything.guest.ts");
  });

  it("has dates as text, whatever the host makes of them", async () => {
    const [dates] = await typescriptGuest.generate(await everything({ dates: "Date" }), {});
    const [strings] = await typescriptGuest.generate(await everything(), {});
    expect(dates).toEqual(strings);
  });

  it("has no host where the interface imports nothing, and no failure where nothing fails", async () => {
    const text = await generate({ ...BASE, exports: { f: { output: { type: "string" } } } });
    expect(text).not.toMatch(/defineHost|PluginFailure|export const host/);
    expect(text).toContain('f: { output: ["json", "string"] }');
  });

  it("refers to named types by their place", async () => {
    const $defs = {
      Leaf: { type: "object", required: ["n"], properties: { n: { type: "integer", format: "int64" } } },
      Tree: {
        type: "object",
        properties: {
          kids: { type: "array", items: { $ref: "#/$defs/Tree" } },
          leaf: { $ref: "#/$defs/Leaf" },
        },
      },
    };
    const text = await generate({ ...BASE, exports: { f: { input: { $ref: "#/$defs/Tree" } } }, $defs });
    const body = text.slice(text.indexOf("const types")).replace(/\s+/g, " ");
    expect(body).toContain('// Leaf ["record", false, [["n", false, "int64"]]],');
    expect(body).toContain('["kids", true, ["list", ["ref", 1]]], ["leaf", true, ["ref", 0]]');
  });
});
