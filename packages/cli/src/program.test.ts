import { describe, expect, it } from "vitest";
import { runTenon } from "./testing/io.js";

describe("tenon", () => {
  it.each([[[]], [["--help"]], [["help"]]])("prints help for %j", async (args) => {
    const { code, stdout, stderr } = await runTenon(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^Usage: tenon /);
    expect(stdout).toContain("inspect [options] <plugin.wasm>");
  });

  it("prints its version", async () => {
    expect(await runTenon(["--version"])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
  });

  it("prints the help of one command", async () => {
    const { code, stdout } = await runTenon(["inspect", "--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: tenon inspect /);
  });

  it.each([
    [["inspct"], "unknown command 'inspct'; did you mean inspect?"],
    [["frobnicate"], "unknown command 'frobnicate'; see `tenon --help`"],
    [["help", "frobnicate"], "unknown command 'frobnicate'; see `tenon --help`"],
    [["--verison"], "unknown option '--verison'; did you mean --version?"],
    [["inspect", "a", "--jsn"], "unknown option '--jsn'; did you mean --json?"],
    [["inspect", "a", "--frobnicate"], "unknown option '--frobnicate'; see `tenon inspect --help`"],
    [["inspect"], "missing required argument 'plugin.wasm'; see `tenon inspect --help`"],
    [
      ["inspect", "a", "b"],
      "too many arguments for 'inspect'. Expected 1 argument but got 2; see `tenon inspect --help`",
    ],
    [["two\nlines"], "unknown command 'two\\u{a}lines'; see `tenon --help`"],
  ])("answers the wrong use %j with one line and exit code 2", async (args, message) => {
    expect(await runTenon(args)).toEqual({ code: 2, stdout: "", stderr: `tenon: ${message}\n` });
  });
});
