import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { versionsOf } from "./versions.js";

function manifest(path: string): { version: string; devDependencies: Record<string, string> } {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
}

describe("the versions that projects ask for", () => {
  it("are those of this command for Tenon's packages", () => {
    const { version } = manifest("../../package.json");
    expect(versionsOf(["@tenon/runtime", "@tenon/cli", "@tenon/pdk"])).toEqual({
      "@tenon/cli": version,
      "@tenon/pdk": version,
      "@tenon/runtime": version,
    });
  });

  it("are those that Tenon is built and tested with for the others", () => {
    const root = manifest("../../../../package.json").devDependencies;
    const own = manifest("../../package.json").devDependencies;
    const names = ["@types/node", "assemblyscript", "typescript", "vitest"];
    expect(versionsOf(names)).toEqual(
      Object.fromEntries(names.map((name) => [name, own[name] ?? root[name]])),
    );
  });
});
