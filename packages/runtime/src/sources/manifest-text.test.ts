import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ECHO, plugin } from "../testing/wat.js";
import { loadSource } from "./load-source.js";

const DATA = Buffer.from(plugin(ECHO)).toString("base64");
const TOML = `
allowed_hosts = ["*.example.com"]
timeout_ms = 1000

[[wasm]]
name = "dictionary"
data = "${DATA}"

[[wasm]]
name = "main" # the one that is called
data = "${DATA}"

[config]
vowels = "aeiouy"
__proto__ = "a key like any other"

[memory]
max_pages = 4
`;
const noFetch = () => Promise.reject(new Error("nothing is to be fetched here"));
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenon-toml-"));
  await writeFile(join(folder, "manifest.toml"), TOML);
});
afterAll(() => rm(folder, { recursive: true }));

function respond(text: string, type: string) {
  return async () => new Response(text, { headers: { "content-type": type } });
}

describe("a TOML manifest", () => {
  it.each<[string, string | URL, typeof fetch]>([
    ["its file's name", "", noFetch],
    [
      "its content type",
      new URL("https://x.test/manifest"),
      respond(TOML, "application/toml; charset=utf-8"),
    ],
    ["its URL", new URL("https://x.test/manifest.TOML?v=1"), respond(TOML, "application/octet-stream")],
  ])("is known by %s, and says the same as JSON", async (_, source, fetcher) => {
    const loaded = await loadSource(source || join(folder, "manifest.toml"), fetcher);
    expect(loaded.modules.map(({ name }) => name)).toEqual(["dictionary", "main"]);
    expect(loaded.settings).toMatchObject({
      allowedHosts: ["*.example.com"],
      timeoutMs: 1000,
      maxPages: 4,
      config: new Map([
        ["vowels", "aeiouy"],
        ["__proto__", "a key like any other"],
      ]),
    });
  });

  it.each([
    ["a line that isn't TOML", "a = = 1", /"manifest\.toml" is not TOML: .*\n1: {2}a = = 1/s],
    ["a misspelt key", "[[wasm]]\npth = 'a'", /"wasm\[0\]\.pth"; did you mean "wasm\[0\]\.path"/],
    ["no modules", "", /list "wasm"/],
  ])("with %s is refused", async (_, text, message) => {
    const promise = loadSource(new URL("https://x.test/manifest.toml"), respond(text, "text/toml"));
    await expect(promise).rejects.toMatchObject({ code: "source-invalid" });
    await expect(promise).rejects.toThrow(message);
  });

  it("is not what a module is taken for", async () => {
    await expect(loadSource(new TextEncoder().encode("a = 1"), noFetch)).rejects.toMatchObject({
      code: "not-wasm",
    });
  });
});
