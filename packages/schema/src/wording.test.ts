import { describe, expect, test } from "vitest";
import { didYouMean, show } from "./wording.js";

describe("show", () => {
  test.each([
    ["a", '"a"'],
    ["x".repeat(100), `"${"x".repeat(59)}…"`],
    ["\u001b[31m\u202e", '"\\u001b[31m\\u{202e}"'],
    [[], "[]"],
    [[1, 2], "an array of 2"],
    [{}, "{}"],
    [{ a: 1 }, "an object"],
    [null, "null"],
    [1.5, "1.5"],
  ])("writes %j", (value, text) => {
    expect(show(value)).toBe(text);
  });
});

describe("didYouMean", () => {
  const options = ["input", "output", "format", "integer"];
  test.each([
    ["ouput", "output"],
    ["Output", "output"],
    ["fromat", "format"],
    ["int", "integer"],
    ["inptu", "input"],
  ])("finds for %s", (word, option) => {
    expect(didYouMean(word, options)).toBe(`did you mean "${option}"?`);
  });

  test.each(["result", "x", "o".repeat(1000), 3])("finds nothing for %s", (word) => {
    expect(didYouMean(word, options)).toBeUndefined();
  });
});
