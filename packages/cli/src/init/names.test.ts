import { describe, expect, it } from "vitest";
import { nameProblem } from "./names.js";

describe("a project's name", () => {
  it.each(["a", "my-plugin", "v2-of-2", "@acme/my-plugin", "@a-1/b"])("may be %s", (name) => {
    expect(nameProblem(name)).toBeUndefined();
  });

  it.each([
    ["My Plugin", /as in my-plugin$/],
    ["myPlugin", /as in my-plugin$/],
    ["my_plugin", /as in my-plugin$/],
    ["my--plugin", /as in my-plugin$/],
    ["-a", /as in a$/],
    ["../up", /as in up$/],
    ["", /letter$/],
    ["2d", /begins with a letter$/],
    ["été", /lower-case letters/],
    ["@acme", /as in acme$/],
    ["@/x", /as in x$/],
    ["@acme/a/b", /as in acme-a-b$/],
    ["a\nb", /as in a-b$/],
    ["x".repeat(215), /at most 214/],
    ["fs", /is there already/],
    ["vitest", /is there already/],
  ])("is not %j", (name, problem) => {
    expect(nameProblem(name)).toMatch(problem);
  });
});
