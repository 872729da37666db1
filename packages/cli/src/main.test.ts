import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { TEXT_TOOLS } from "./testing/plugins.js";

const MAIN = fileURLToPath(new URL("../bin/tenon.js", import.meta.url));

describe("the built command", () => {
  it("inspects what is piped into it, without colours", async () => {
    const { code, stdout, stderr } = await spawnTenon(["inspect", "-", "--json"], TEXT_TOOLS);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ file: "-", size: TEXT_TOOLS.length });
  });

  it("fails with a line on standard error and an exit code", async () => {
    expect(await spawnTenon(["inspect"])).toEqual({
      code: 2,
      stdout: "",
      stderr: "tenon: missing required argument 'plugin.wasm'; see `tenon inspect --help`\n",
    });
  });
});

function spawnTenon(args: string[], stdin: Uint8Array = new Uint8Array()) {
  return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(process.execPath, [MAIN, ...args], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
    child.stdin?.end(stdin);
  });
}
