import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { completeAnswers, type InitFlags } from "./answers.js";
import type { Prompter } from "./prompter.js";

/** Answers the questions in their order; an undefined answer is the one that the question suggests. */
function person(...given: (string | undefined)[]): Prompter & { readonly asked: string[] } {
  const asked: string[] = [];
  const next = (message: string): string | undefined => {
    asked.push(message);
    if (given.length === 0) throw new Error(`nobody expects the question ${message}`);
    return given.shift();
  };
  return {
    asked,
    async select({ message, options }) {
      const answer = next(message);
      const option = options.find(({ value }) => answer === undefined || value === answer);
      if (option === undefined) throw new Error(`there is no option ${answer}`);
      return option.value;
    },
    async text({ message, otherwise, check }) {
      const answer = next(message) ?? otherwise;
      const problem = answer === otherwise ? undefined : check?.(answer);
      if (problem !== undefined) throw new Error(problem);
      return answer;
    },
  };
}

/** A file that exists. */
const HERE = fileURLToPath(import.meta.url);

const complete = (flags: InitFlags, folder?: string, prompter?: Prompter) =>
  completeAnswers(folder, flags, "/home/ada", prompter);

const PLUGIN = { kind: "plugin", language: "typescript", format: "json" };

describe("the answers of tenon init", () => {
  it("come from the terminal, in the order of the questions", async () => {
    const ada = person("plugin", "greeter", "assemblyscript", HERE);
    expect(await complete({}, undefined, ada)).toEqual({
      kind: "plugin",
      name: "greeter",
      folder: "greeter",
      language: "assemblyscript",
      format: "json",
      interface: HERE,
    });
    expect(ada.asked).toEqual([
      "What do you want to make?",
      "Its name?",
      "The plug-in's language?",
      "A file with an interface definition?",
    ]);
  });

  it("come from the terminal only where no flag has given them", async () => {
    const ada = person(undefined, undefined);
    const flags: InitFlags = { kind: "host", name: "@acme/app", language: "typescript" };
    expect(await complete(flags, undefined, ada)).toEqual({
      ...PLUGIN,
      kind: "host",
      name: "@acme/app",
      folder: "app",
    });
    expect(ada.asked).toEqual(["A file with an interface definition?", "The definition's format?"]);
  });

  it("are refused at once when they can't be", async () => {
    const language = "typescript";
    const file = complete({ kind: "plugin", name: "a", language }, undefined, person("nope.json"));
    await expect(file).rejects.toThrow("there is no such file");
    await expect(complete({ kind: "plugin", language }, undefined, person("A b"))).rejects.toThrow(
      "as in a-b",
    );
    await expect(complete({}, undefined, person("interface", "@a/b"))).rejects.toThrow("no scope");
  });

  it("for an interface are its name and its format", async () => {
    const ada = person("interface", "contract", "yaml");
    expect(await complete({}, undefined, ada)).toMatchObject({ name: "contract", format: "yaml" });
  });

  it("need no name where the folder's will do", async () => {
    expect(await complete({ kind: "plugin", language: "typescript" }, "work/greeter")).toMatchObject({
      name: "greeter",
      folder: "work/greeter",
    });
    expect(await complete({ kind: "interface" }, ".")).toMatchObject({ name: "ada", folder: "." });
    const ada = person("greeter");
    expect(
      await complete({ kind: "plugin", language: "typescript", format: "json" }, "My Work", ada),
    ).toMatchObject({ name: "greeter", folder: "My Work" });
    expect(ada.asked).toEqual(["Its name?"]);
  });

  it("are the defaults for --yes, also on a terminal", async () => {
    expect(await complete({ yes: true }, undefined, person())).toEqual({
      ...PLUGIN,
      name: "my-plugin",
      folder: "my-plugin",
    });
    expect(await complete({ yes: true, kind: "host" })).toMatchObject({ name: "my-host" });
  });

  it.each<[InitFlags, string | undefined, RegExp]>([
    [{}, undefined, /--kind interface\|host\|plugin and --name <name> are missing; .*--yes/],
    [{}, "x", /--kind interface\|host\|plugin is missing/],
    [{ kind: "plugin" }, "x", /--language typescript\|assemblyscript is missing/],
    [{ kind: "host" }, undefined, /--name <name> is missing/],
    [{ kind: "interface" }, "My Work", /name My Work .*as in my-work; give a --name/],
    [{ kind: "plugin", name: "My", language: "typescript" }, "x", /^--name My: .*as in my;/],
    [{ kind: "interface", language: "typescript" }, "x", /--language is for --kind host and plugin/],
    [{ kind: "interface", interface: "a.json" }, "x", /--interface is for --kind host and plugin/],
    [{ kind: "interface", name: "@a/b" }, undefined, /has no scope; use --name b/],
    [{ kind: "host", interface: "a.json", format: "yaml" }, "x", /--format is for a new definition/],
  ])("%j in the folder %j are a wrong use without a terminal", async (flags, folder, message) => {
    await expect(complete(flags, folder)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(message),
    });
  });
});
