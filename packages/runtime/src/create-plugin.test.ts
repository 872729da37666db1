import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPlugin } from "./create-plugin.js";
import type { PluginSource } from "./manifest.js";
import { ECHO, plugin } from "./testing/wat.js";

const ECHO_WASM = plugin(ECHO);
let folder = "";
let path = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenon-source-"));
  path = join(folder, "echo.wasm");
  await writeFile(path, ECHO_WASM);
  await writeFile(join(folder, "manifest.json"), JSON.stringify({ wasm: [{ path }] }));
});

afterAll(() => rm(folder, { recursive: true }));

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("hex");
}

function wasmResponse(init?: ResponseInit): Response {
  return new Response(ECHO_WASM, { headers: { "content-type": "application/wasm" }, ...init });
}

describe("createPlugin takes a plug-in from", () => {
  const sources: [string, () => PluginSource | PromiseLike<PluginSource> | Promise<PluginSource>][] = [
    ["a path", () => path],
    ["a file URL", () => pathToFileURL(path)],
    ["the text of a file URL", () => pathToFileURL(path).href],
    ["bytes", () => ECHO_WASM],
    ["an ArrayBuffer", () => ECHO_WASM.buffer],
    ["a Buffer", () => Buffer.from(ECHO_WASM)],
    ["a module", () => new WebAssembly.Module(ECHO_WASM)],
    ["a response", () => wasmResponse()],
    ["a promise of a source", () => Promise.resolve(ECHO_WASM)],
    ["the path of a manifest", () => join(folder, "manifest.json")],
    ["a manifest with a path", () => ({ wasm: [{ path }] })],
    ["a manifest with a URL", () => ({ wasm: [{ url: pathToFileURL(path).href }] })],
    ["a manifest with bytes", () => ({ wasm: [{ data: ECHO_WASM }] })],
    ["a manifest with base64", () => ({ wasm: [{ data: Buffer.from(ECHO_WASM).toString("base64") }] })],
    ["a manifest with a module", () => ({ wasm: [{ module: new WebAssembly.Module(ECHO_WASM) }] })],
    ["a manifest with a response", () => ({ wasm: [{ response: wasmResponse() }] })],
    ["a manifest as JSON", () => JSON.stringify({ wasm: [{ path }], config: { a: "b" } })],
    ["a manifest with the right hash", async () => ({ wasm: [{ path, hash: await sha256(ECHO_WASM) }] })],
  ];

  it.each(sources)("%s", async (_, source) => {
    await using loaded = await createPlugin(await source());
    expect((await loaded.call("echo", "hello"))?.text()).toBe("hello");
  });

  it("a URL, by the fetch that it is given", async () => {
    const seen: string[] = [];
    const loaded = await createPlugin("https://example.test/a/echo.wasm?x", {
      fetch: async (url) => {
        seen.push(String(url));
        return wasmResponse();
      },
    });
    expect(seen).toEqual(["https://example.test/a/echo.wasm?x"]);
    expect(loaded.name).toBe("echo.wasm");
  });
});

describe("createPlugin refuses", () => {
  const refusals: [string, () => unknown, string, RegExp][] = [
    [
      "a path without a file",
      () => join(folder, "nope.wasm"),
      "source-not-found",
      /nope\.wasm.*can't be read/,
    ],
    ["a folder", () => folder, "source-not-found", /can't be read/],
    ["an empty string", () => "", "source-invalid", /empty string/],
    [
      "text that isn't Wasm",
      () => new TextEncoder().encode("hello"),
      "not-wasm",
      /not a valid WebAssembly module/,
    ],
    ["a truncated module", () => ECHO_WASM.slice(0, 60), "not-wasm", /not a valid WebAssembly module/],
    ["no bytes at all", () => new Uint8Array(), "not-wasm", /not a valid/],
    ["a number", () => 7, "source-invalid", /a source is a path/],
    ["null", () => null, "source-invalid", /a source is a path/],
    ["broken JSON", () => "{", "source-invalid", /the manifest is not JSON/],
    ["a manifest without modules", () => ({ wasm: [] }), "source-invalid", /list "wasm"/],
    ["a manifest of another shape", () => ({ wasm: {} }), "source-invalid", /list "wasm"/],
    ["a module in no form", () => ({ wasm: [{ name: "x" }] }), "source-invalid", /exactly one of/],
    [
      "a module in two forms",
      () => ({ wasm: [{ path, data: ECHO_WASM }] }),
      "source-invalid",
      /path and data/,
    ],
    [
      "a wrong hash",
      () => ({ wasm: [{ path, hash: "0".repeat(64) }] }),
      "hash-mismatch",
      /SHA-256 is [0-9a-f]{64}/,
    ],
    [
      "a hash on a module",
      () => ({ wasm: [{ module: new WebAssembly.Module(ECHO_WASM), hash: "0".repeat(64) }] }),
      "source-invalid",
      /can't be checked/,
    ],
    ["a limit it can't keep yet", () => ({ wasm: [{ path }], timeout_ms: 5 }), "unsupported", /timeoutMs/],
    ["an answer of 404", () => wasmResponse({ status: 404 }), "source-not-found", /404/],
    [
      "a wrong content type",
      () => wasmResponse({ headers: { "content-type": "text/html; charset=utf-8" } }),
      "source-invalid",
      /content type text\/html/,
    ],
  ];

  it.each(refusals)("%s", async (_, source, code, message) => {
    // The point of the cases is that their types are wrong.
    const promise = createPlugin(source() as PluginSource);
    await expect(promise).rejects.toMatchObject({ name: "TenonError", code });
    await expect(promise).rejects.toThrow(message);
  });

  it("a URL that can't be fetched, with the reason", async () => {
    const cause = new TypeError("no route");
    const fetch = () => Promise.reject(cause);
    await expect(createPlugin("http://example.test/x.wasm", { fetch })).rejects.toMatchObject({
      code: "source-not-found",
      cause,
    });
  });

  it.each([
    ["timeoutMs", { timeoutMs: 10 }, "unsupported"],
    ["memory.maxPages", { memory: { maxPages: 10 } }, "unsupported"],
    ["wasi, of the wrong shape", { wasi: { args: 1 } }, "option-invalid"],
    ["a misspelt option", { confg: {} }, "option-invalid"],
    ["a config value that isn't text", { config: { a: 1 } }, "option-invalid"],
    ["an unknown log level", { logLevel: "loud" }, "option-invalid"],
    ["a negative limit", { memory: { maxVarBytes: -1 } }, "option-invalid"],
    ["a host function that isn't one", { functions: { env: { f: 1 } } }, "option-invalid"],
  ])("the option %s", async (_, options, code) => {
    await expect(createPlugin(ECHO_WASM, options as object)).rejects.toMatchObject({ code });
  });
});
