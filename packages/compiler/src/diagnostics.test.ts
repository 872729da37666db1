import { describe, expect, it } from "vitest";
import { buildPlugin } from "./build-plugin.js";
import { BuildError, formatDiagnostic } from "./diagnostic.js";
import type { BuildOptions } from "./options.js";
import { build, project } from "./testing/project.js";

async function failure(
  files: Record<string, string>,
  options: Partial<BuildOptions> = {},
): Promise<BuildError> {
  try {
    await buildPlugin({ entry: "plugin.ts", cwd: await project(files), ...options });
  } catch (error) {
    if (error instanceof BuildError) return error;
    throw error;
  }
  throw new Error("expected the build to fail");
}

const GOOD = `export default { f() {} };`;

describe("a build fails with its place", () => {
  it("for a syntax error", async () => {
    const error = await failure({ "plugin.ts": `const ünder = 1;\nconst x = ünder ünder;\n` });
    expect(error.diagnostics).toMatchObject([
      {
        severity: "error",
        code: "syntax",
        message: 'Expected ";" but found "ünder"',
        place: { file: "plugin.ts", line: 2, column: 17, excerpt: "const x = ünder ünder;" },
      },
    ]);
    expect(error.message).toBe(
      [
        'plugin.ts:2:17: Expected ";" but found "ünder"',
        "  2 | const x = ünder ünder;",
        "    |                 ^^^^^",
      ].join("\n"),
    );
  });

  it("for a file that isn't there", async () => {
    const error = await failure({ "plugin.ts": `import "./other.js";\n${GOOD}` });
    expect(error.diagnostics).toMatchObject([
      { code: "resolve", place: { file: "plugin.ts", line: 1, column: 8 }, hint: "There is no such file." },
    ]);
  });

  it("for a package that isn't installed", async () => {
    const error = await failure({ "plugin.ts": `import x from "@some/where/deep";\nx;\n${GOOD}` });
    expect(error.diagnostics).toMatchObject([
      { code: "resolve", hint: "Is the package installed? npm install @some/where" },
    ]);
  });

  it("for an entry that isn't there", async () => {
    expect((await failure({}, { entry: "none.ts" })).message).toContain("none.ts");
  });

  it.each([
    ["node:fs", "no files"],
    ["fs/promises", "no files"],
    ["node:timers/promises", "no timers"],
    ["http", "fetch"],
    ["node:child_process", "host function"],
    ["crypto", "getRandomValues"],
    ["node:test", "do this part in the host"],
  ])("for %s, a part of Node, with what to use instead", async (name, hint) => {
    const error = await failure({
      "plugin.ts": `import "./lib.js";\n${GOOD}`,
      "lib.ts": `import * as x from "${name}";\nconsole.log(x);`,
    });
    expect(error.diagnostics).toMatchObject([
      {
        code: "built-in",
        message: `"${name}" is a part of Node, and a plug-in doesn't run in Node`,
        place: { file: "lib.ts", line: 1 },
        hint: expect.stringContaining(hint),
      },
    ]);
  });

  it("for timers in the author's files", async () => {
    const error = await failure({
      "plugin.ts": `import "./wait.js";\n${GOOD}`,
      "wait.ts": `setTimeout(() => {}, 5);`,
    });
    expect(error.diagnostics).toMatchObject([
      { code: "timer", place: { file: "wait.ts", line: 1, column: 1 } },
    ]);
  });

  it("for a module that the engine doesn't have", async () => {
    const error = await failure({ "plugin.ts": `import { a } from "tenon:files";\na();\n${GOOD}` });
    expect(error.diagnostics).toMatchObject([
      { code: "resolve", message: expect.stringContaining("tenon:host") },
    ]);
  });
});

describe("a build fails for an entry", () => {
  it.each([
    [`export const f = 1;`, {}, "the entry has no default export"],
    [`export default 5;`, {}, "expected the default export to be an object of functions, got number"],
    [`export default null;`, {}, "expected the default export to be an object of functions, got null"],
    [
      `export default () => {};`,
      {},
      "expected the default export to be an object of functions, got function",
    ],
    [
      `export default { f() {}, x: 1 };`,
      {},
      `expected the default export to have functions only, but "x" is something else`,
    ],
    [GOOD, { exports: ["f", "g", "h"] }, `the default export lacks "g", "h"`],
    [
      `export default { f() {}, i() {} };`,
      { exports: ["f", "g"] },
      `the default export lacks "g", and has "i", which the interface doesn't have`,
    ],
    [GOOD, { interface: { exports: { g: {} } } }, `lacks "g"`],
  ])("like %s", async (source, options, message) => {
    const error = await failure({ "plugin.ts": source }, options);
    expect(error.diagnostics).toMatchObject([
      { code: "exports", message: expect.stringContaining(message), place: { file: "plugin.ts" } },
    ]);
  });

  it.each([
    ["memory", "has a meaning to hosts"],
    ["tenon_call_f", "has a meaning to hosts"],
    ["\ud800", "half a surrogate pair"],
  ])("with a function called %j", async (name, message) => {
    const source = `export default { ${JSON.stringify(name)}() {} };`;
    expect((await failure({ "plugin.ts": source })).message).toContain(message);
    expect((await failure({ "plugin.ts": GOOD }, { exports: [name] })).message).toContain(message);
  });

  it("with the same name twice", async () => {
    expect((await failure({ "plugin.ts": GOOD }, { imports: ["a", "a"] })).message).toContain(
      '"a" is there twice',
    );
  });
});

describe("a build fails for code that, while it is evaluated,", () => {
  it("throws: with the place in the author's file", async () => {
    const error = await failure(
      {
        "plugin.ts": `import { config } from "./config.js";\nconsole;\nexport default { f() { return config; } };`,
        "config.ts": `type A = string;\nfunction parse(text: A): never {\n  throw new SyntaxError("bad " + text);\n}\nexport const config = parse("x");\n`,
      },
      { define: { console: "0" } },
    );
    expect(error.diagnostics).toMatchObject([
      {
        code: "evaluate",
        message: expect.stringContaining("SyntaxError: bad x\n      at parse (config.ts:3:"),
        place: { file: "config.ts", line: 3, excerpt: '  throw new SyntaxError("bad " + text);' },
      },
    ]);
  });

  it("doesn't end", async () => {
    const error = await failure({ "plugin.ts": `for (;;) {}\n${GOOD}` }, { evaluationLimit: 300 });
    expect(error.diagnostics).toMatchObject([
      { code: "endless", message: expect.stringContaining("300 ms"), place: { file: "plugin.ts" } },
    ]);
  });

  it("awaits what never comes", async () => {
    const error = await failure({ "plugin.ts": `await new Promise(() => {});\n${GOOD}` });
    expect(error.message).toContain("a top-level await waits for a promise that never settles");
  });

  it("rejects a promise", async () => {
    const error = await failure({ "plugin.ts": `Promise.reject(new Error("lost"));\n${GOOD}` });
    expect(error.message).toContain("Error: lost");
  });

  it.each([
    [`import { read } from "tenon:host"; read(0);`, "there is no call"],
    [
      `import { get } from "tenon:config"; get("x");`,
      "the host can be asked only while a function of the plug-in runs",
    ],
    [
      `import { info } from "tenon:log"; info("x");`,
      "the host can be asked only while a function of the plug-in runs",
    ],
    [
      `import { hostFunction } from "tenon:host"; hostFunction("a")();`,
      "can be called only while a function",
    ],
    [
      `import { hostFunction } from "tenon:host"; hostFunction("b");`,
      'the plug-in has no import "b": it declares a',
    ],
    [`import { codec } from "tenon:host"; codec("xml");`, "expected an encoding"],
    [`import { codec } from "tenon:host"; codec("json", "int");`, "expected the name of a scalar"],
    [
      `import { codec } from "tenon:host"; codec("json", ["ref", 3], []);`,
      "expected the index of a type below 0",
    ],
  ])("misuses the engine: %s", async (source, message) => {
    expect((await failure({ "plugin.ts": `${source}\n${GOOD}` }, { imports: ["a"] })).message).toContain(
      message,
    );
  });
});

describe("a build warns", () => {
  it.each([
    ["export const t = Date.now();", "the time was asked for"],
    ["export const r = Math.random();", "a random number was asked for"],
  ])("of values that are frozen: %s", async (source, message) => {
    const { warnings } = await build(`${source}\n${GOOD}`);
    expect(warnings).toMatchObject([{ code: "frozen", message: expect.stringContaining(message) }]);
  });

  it("of packages that use timers", async () => {
    const cwd = await project({
      "plugin.ts": `import { later } from "waiter";\nexport default { f() { later(); } };`,
      "node_modules/waiter/package.json": `{"name":"waiter","main":"index.js"}`,
      "node_modules/waiter/index.js": `exports.later = () => setTimeout(() => {}, 1);`,
    });
    const { warnings } = await buildPlugin({ entry: "plugin.ts", cwd });
    expect(warnings).toMatchObject([{ code: "timer", place: { file: "node_modules/waiter/index.js" } }]);
  });
});

describe("formatDiagnostic", () => {
  it("keeps long lines short, with the mark in its place", () => {
    const text = formatDiagnostic({
      severity: "error",
      code: "syntax",
      message: "no",
      place: {
        file: "a.ts",
        line: 1,
        column: 501,
        excerpt: `${"x".repeat(500)}!${"y".repeat(500)}`,
        length: 1,
      },
    });
    const [, line = "", mark = ""] = text.split("\n");
    expect(line.length).toBeLessThan(140);
    expect(line[mark.indexOf("^")]).toBe("!");
  });
});
