import { expect, test } from "vitest";
import { driverHost } from "./driver.js";
import type { Batch } from "./host.js";

const batch: Batch = { plugin: "driver-test", wasm: "/none.wasm", wasi: false, scenarios: [] };

/** A driver that is a script of Node's. */
const host = (script: string, timeLimit?: number) =>
  driverHost("extism-go", { ready: true, command: [process.execPath, "-e", script] }, timeLimit);

test("a driver gets the request on stdin, and answers on stdout", async () => {
  const script = `
    const request = JSON.parse(require("fs").readFileSync(0));
    console.log(JSON.stringify({ scenarios: request.wasm === "/none.wasm" ? [] : [0] }))`;
  await expect(host(script).run(batch)).resolves.toEqual([]);
});

test.each([
  ["ends with a code", "console.error('no luck'); process.exit(3)", /ended with the code 3[\s\S]*no luck/],
  ["answers nonsense", "console.log('hello')", /answered nonsense: .*hello/],
  ["says nothing", "", /answered nonsense/],
  ["is ended by a signal", "process.kill(process.pid, 'SIGKILL')", /was ended by SIGKILL/],
])("a driver that %s is reported, with how to run it by hand", async (_, script, problem) => {
  const error = await host(script).run(batch).catch(String);
  expect(error).toMatch(problem);
  expect(error).toMatch(/run it by hand: .*driver-test\.extism-go\.json/);
});

test("a driver that hangs is stopped", async () => {
  await expect(host("setInterval(() => {}, 1000)", 300).run(batch)).rejects.toThrow(
    "took longer than 300 ms",
  );
});

test("a driver that is not there is reported", async () => {
  const absent = driverHost("extism-go", { ready: true, command: ["no-such-program-of-tenon"] });
  await expect(absent.run(batch)).rejects.toThrow("could not be started");
});

test("a host that the setup left out says why", async () => {
  const left = driverHost("extism-go", { ready: false, reason: "install Go" });
  expect(left.unavailable).toBe("install Go");
  await expect(left.run(batch)).rejects.toThrow("install Go");
});
