import { describe, expect, it } from "vitest";
import { buildPlugin } from "../index.js";
import { TestHost } from "../testing/host.js";
import { build, project } from "../testing/project.js";

/** What a plug-in answers that writes the value of an expression. */
async function outputOf(expression: string, options: Parameters<typeof build>[1] = {}): Promise<unknown> {
  const code = `import { codec, write } from "tenon:host";\nexport default { f() { write(codec("json"), ${expression}); } };`;
  const { wasm, warnings } = await build(code, options);
  expect(warnings).toEqual([]);
  return JSON.parse(new TestHost(wasm).call("f").text);
}

describe("a global of the Web", () => {
  it.each([
    ["by its name", "new URL('b', 'http://h/a').href", "http://h/b"],
    [
      "as a property of the global object, by all its names",
      "[typeof globalThis.URL, new self.URL('x:y').href, window.URL === URL]",
      ["function", "x:y", true],
    ],
    [
      "where it is looked for first",
      "typeof TextEncoder === 'undefined' ? 'none' : new TextEncoder().encode('ü').length",
      2,
    ],
    ["but not in the place of an author's own", "(() => { const URL = 5; return URL; })()", 5],
    ["and stays away where nobody names it", "Object.keys(globalThis).includes('URL')", false],
  ])("is there %s", async (_, expression, expected) => {
    expect(await outputOf(expression)).toEqual(expected);
  });

  it("gives way to a module that the options inject, and to a definition", async () => {
    const cwd = await project({
      "plugin.ts": `import { codec, write } from "tenon:host";\nexport default { f() { write(codec("json"), [URL, console]); } };`,
      "mine.ts": "export const URL = 'mine';",
    });
    const { wasm } = await buildPlugin({
      entry: "plugin.ts",
      cwd,
      inject: ["./mine.ts"],
      define: { console: '"defined"' },
    });
    expect(JSON.parse(new TestHost(wasm).call("f").text)).toEqual(["mine", "defined"]);
  });

  it("may be assigned to, as packages do that bring a polyfill", async () => {
    expect(await outputOf("(globalThis.URL ??= 1, globalThis.URL = 2, typeof URL)")).toBe("function");
  });
});
