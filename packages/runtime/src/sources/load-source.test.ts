import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PluginSource } from "../manifest.js";
import { ECHO, plugin } from "../testing/wat.js";
import { loadSource } from "./load-source.js";

const ECHO_WASM = plugin(ECHO);
const DATA = Buffer.from(ECHO_WASM).toString("base64");
const noFetch = () => Promise.reject(new Error("nothing is to be fetched here"));
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenon-manifest-"));
  await writeFile(join(folder, "echo.wasm"), ECHO_WASM);
});
afterAll(() => rm(folder, { recursive: true }));

describe("a manifest's settings", () => {
  const expected = {
    config: new Map([["a", "b"]]),
    allowedHosts: ["x.test"],
    allowedPaths: new Map([["/a", "ro:/b"]]),
    maxPages: 1,
    maxHttpResponseBytes: 2,
    maxVarBytes: 3,
    timeoutMs: 4,
  };
  const camelCase = {
    wasm: [{ data: DATA }],
    config: { a: "b" },
    allowedHosts: ["x.test"],
    allowedPaths: { "/a": "ro:/b" },
    memory: { maxPages: 1, maxHttpResponseBytes: 2, maxVarBytes: 3 },
    timeoutMs: 4,
  };
  const snakeCase = {
    wasm: [{ data: DATA }],
    config: { a: "b" },
    allowed_hosts: ["x.test"],
    allowed_paths: { "/a": "ro:/b" },
    memory: { max_pages: 1, max_http_response_bytes: 2, max_var_bytes: 3 },
    timeout_ms: 4,
  };

  it.each<[string, PluginSource]>([
    ["an object", camelCase],
    ["an object in snake_case", snakeCase],
    ["JSON", JSON.stringify(camelCase)],
    ["JSON in snake_case", JSON.stringify(snakeCase)],
    ["the bytes of JSON", new TextEncoder().encode(`\n ${JSON.stringify(snakeCase)}`)],
    [
      "a response",
      new Response(JSON.stringify(camelCase), { headers: { "content-type": "application/json" } }),
    ],
  ])("are read from %s", async (_, source) => {
    expect((await loadSource(source, noFetch)).settings).toEqual(expected);
  });

  it("may be null, which is the same as none", async () => {
    const source = JSON.stringify({
      wasm: [{ data: DATA, name: null }],
      allowed_hosts: null,
      timeout_ms: null,
    });
    const { settings } = await loadSource(source, noFetch);
    expect(Object.values(settings ?? { missing: true })).toEqual(Array(7).fill(undefined));
  });
});

describe("the modules of a manifest", () => {
  it.each<[string, object[], string | undefined, string[], string]>([
    ["one without a name", [{}], undefined, ["main"], "main"],
    ["one with a name", [{ name: "only" }], undefined, ["only"], "only"],
    ["several, the last of which is main", [{ name: "a" }, {}], undefined, ["a", "main"], "main"],
    [
      "several, one of which is called main",
      [{ name: "main" }, { name: "b" }],
      undefined,
      ["main", "b"],
      "main",
    ],
    ["several with names", [{ name: "a" }, { name: "b" }], undefined, ["a", "b"], "b"],
    ["several, with main given", [{ name: "a" }, { name: "b" }], "a", ["a", "b"], "a"],
    ["several without names", [{}, {}, {}], undefined, ["0", "1", "main"], "main"],
  ])("are named: %s", async (_, items, main, names, expected) => {
    const wasm = items.map((item) => ({ ...item, data: DATA }));
    const loaded = await loadSource({ wasm, main }, noFetch);
    expect(loaded.modules.map(({ name }) => name)).toEqual(names);
    expect(loaded.main.name).toBe(expected);
    expect(loaded.modules).toContain(loaded.main);
  });

  it("are asked for with the manifest's method and headers", async () => {
    const seen: unknown[] = [];
    const fetcher = async (url: string | URL | Request, init?: RequestInit) => {
      seen.push([String(url), init?.method, init?.headers]);
      return new Response(ECHO_WASM);
    };
    const url = "https://x.test/a.wasm";
    await loadSource({ wasm: [{ url, method: "POST", headers: { "x-key": "1" } }] }, fetcher);
    expect(seen).toEqual([[url, "POST", { "x-key": "1" }]]);
  });

  it("are no longer waited for when one of them fails", async () => {
    let aborted = false;
    const fetcher = async (url: string | URL | Request, init?: RequestInit) => {
      if (String(url).endsWith("bad")) return new Response("", { status: 500 });
      return new Promise<Response>((_, reject) => {
        init?.signal?.addEventListener("abort", () => {
          aborted = true;
          reject(new Error("aborted"));
        });
      });
    };
    const wasm = [{ url: "https://x.test/slow" }, { url: "https://x.test/bad" }];
    await expect(loadSource({ wasm }, fetcher)).rejects.toThrow(/answered 500/);
    expect(aborted).toBe(true);
  });

  it("leave no response open that nobody reads", async () => {
    let cancelled = false;
    const body = new ReadableStream({
      cancel() {
        cancelled = true;
      },
    });
    const response = new Response(body, { headers: { "content-type": "text/html" } });
    await expect(loadSource(response, noFetch)).rejects.toMatchObject({ code: "source-invalid" });
    expect(cancelled).toBe(true);
  });
});

describe("a hash", async () => {
  const right = Buffer.from(await crypto.subtle.digest("SHA-256", ECHO_WASM)).toString("hex");
  const wrong = right.replace(/^./, (digit) => (digit === "0" ? "1" : "0"));
  const forms: [string, (hash: string) => object][] = [
    ["a path", (hash) => ({ path: join(folder, "echo.wasm"), hash })],
    ["a URL", (hash) => ({ url: "https://x.test/a.wasm", hash })],
    ["bytes", (hash) => ({ data: ECHO_WASM, hash })],
    ["base64", (hash) => ({ data: DATA, hash })],
    ["a response", (hash) => ({ response: new Response(ECHO_WASM), hash })],
  ];
  it.each(forms)("is checked for %s", async (_, item) => {
    const load = (hash: string) =>
      // Each case is one of the forms of a module.
      loadSource({ wasm: [item(hash) as { path: string }] }, async () => new Response(ECHO_WASM));
    await expect(load(right)).resolves.toBeDefined();
    await expect(load(right.toUpperCase())).resolves.toBeDefined();
    await expect(load(wrong)).rejects.toMatchObject({ code: "hash-mismatch" });
  });
});

describe("a manifest is refused", () => {
  const item = { data: DATA };
  it.each<[string, object, string, RegExp]>([
    [
      "with a misspelt key",
      { wasm: [item], allowedHost: [] },
      "source-invalid",
      /"allowedHost".*did you mean "allowedHosts"/,
    ],
    [
      "with a misspelt key of a module",
      { wasm: [{ ...item, nmae: "a" }] },
      "source-invalid",
      /"wasm\[0\]\.nmae".*"wasm\[0\]\.name"/,
    ],
    [
      "with a misspelt limit",
      { wasm: [item], memory: { max_page: 1 } },
      "source-invalid",
      /"memory\.max_page".*"memory\.max/,
    ],
    [
      "with a key that is like no other",
      { wasm: [item], banana: 1 },
      "source-invalid",
      /known are .*allowedHosts/,
    ],
    [
      "with two spellings of one key",
      { wasm: [item], timeoutMs: 1, timeout_ms: 1 },
      "source-invalid",
      /two spellings/,
    ],
    [
      "with two modules of a name",
      {
        wasm: [
          { ...item, name: "a" },
          { ...item, name: "a" },
        ],
      },
      "source-invalid",
      /two modules have the name "a"/,
    ],
    [
      "with a main that there is not",
      { wasm: [item], main: "x" },
      "source-invalid",
      /"main" is "x", and the modules are "main"/,
    ],
    ["with base64 that isn't", { wasm: [{ data: "?" }] }, "source-invalid", /base64/],
    ["with a URL that isn't", { wasm: [{ url: "x" }] }, "source-invalid", /"x" is not a URL/],
    [
      "with a hash that isn't",
      { wasm: [{ ...item, hash: "not a good hash" }] },
      "hash-mismatch",
      /hash mismatch.*64 hexadecimal/,
    ],
    [
      "with a module that isn't one",
      { wasm: [{ module: {} }] },
      "source-invalid",
      /wasm\[0\]\.module is a WebAssembly\.Module; got object/,
    ],
    [
      "with a config value that isn't text",
      { wasm: [item], config: { a: 1 } },
      "source-invalid",
      /config\["a"\] is text; got number/,
    ],
    [
      "with a limit that isn't a number",
      { wasm: [item], memory: { maxPages: "1" } },
      "source-invalid",
      /memory\.maxPages is a whole number, 1 to 65536; got string/,
    ],
    [
      "with hosts that aren't a list",
      { wasm: [item], allowedHosts: "x" },
      "source-invalid",
      /allowedHosts is a list of texts; got string/,
    ],
  ])("%s", async (_, manifest, code, message) => {
    // The point of the cases is that their types are wrong.
    const promise = loadSource(manifest as PluginSource, noFetch);
    await expect(promise).rejects.toMatchObject({ code });
    await expect(promise).rejects.toThrow(message);
  });
});
