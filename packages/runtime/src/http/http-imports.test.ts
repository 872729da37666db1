import { describe, expect, it } from "vitest";
import { CallContext } from "../call-context.js";
import { CAPABILITIES } from "../capabilities.js";
import { createPlugin } from "../create-plugin.js";
import { KernelMemory } from "../kernel-memory.js";
import { plugin } from "../testing/wat.js";
import { Vars } from "../vars.js";
import { httpImports } from "./http-imports.js";
import { httpPolicy } from "./policy.js";

const answer: typeof fetch = async (url, init) => {
  if (String(url).includes("fail")) throw new TypeError("no route");
  return new Response(`${init?.method} ${new TextDecoder().decode(init?.body as Uint8Array)}`, {
    status: 201,
    headers: { "x-a": "b" },
  });
};

const OPTIONS = {
  allowedHosts: ["a.test"],
  maxHttpResponseBytes: undefined,
  allowPrivateAddresses: true,
  fetch: answer,
};

async function functions(showHeaders = true) {
  const context = new CallContext(new KernelMemory(), new Vars(0), "silent", () => undefined);
  const policy = await httpPolicy(OPTIONS);
  return { context, http: httpImports({ context, policy, showHeaders, signal: () => undefined }) };
}

const request = JSON.stringify({ url: "http://a.test/", method: "POST" });

describe("the HTTP functions", () => {
  it("answer with a block of the body, the status and the headers of the last request", async () => {
    const { context, http } = await functions();
    expect([http.http_status_code(), context.read(http.http_headers())?.text()]).toEqual([0, "{}"]);
    const block = await http.http_request(context.store(request), context.store("data"));
    expect(context.read(block)?.text()).toBe("POST data");
    expect(http.http_status_code()).toBe(201);
    expect(context.read(http.http_headers())?.json()).toMatchObject({ "x-a": "b" });

    const failing = context.store(JSON.stringify({ url: "http://a.test/fail" }));
    await expect(http.http_request(failing, 0n)).rejects.toMatchObject({ code: "http-failed" });
    expect([http.http_status_code(), context.read(http.http_headers())?.text()]).toEqual([0, "{}"]);
  });

  it("show no headers unless they are allowed", async () => {
    const { context, http } = await functions(false);
    await http.http_request(context.store(request), 0n);
    expect(http.http_headers()).toBe(0n);
  });

  it.each([0n, 12345n, -1n])("refuse %i as a request: it is no block", async (handle) => {
    const { http } = await functions();
    await expect(http.http_request(handle, 0n)).rejects.toMatchObject({ code: "http-invalid" });
  });
});

describe("a policy that allows public addresses only", () => {
  it("has the user's fetch asked for public names only", async () => {
    const policy = await httpPolicy({ ...OPTIONS, allowPrivateAddresses: false });
    await expect(policy.send("http://localhost/")).rejects.toMatchObject({ code: "http-denied" });
    await expect(policy.send("http://127.0.0.1/")).rejects.toMatchObject({ code: "http-denied" });
    expect((await policy.send("http://8.8.8.8/")).status).toBe(201);
  });

  it("connects by itself when there is no such fetch", async () => {
    const policy = await httpPolicy({ ...OPTIONS, allowPrivateAddresses: false, fetch: undefined });
    await expect(policy.send("http://localhost/")).rejects.toMatchObject({ code: "http-denied" });
  });

  it("refuses entries of allowedHosts that are no hosts", async () => {
    await expect(httpPolicy({ ...OPTIONS, allowedHosts: ["http://a.test"] })).rejects.toMatchObject({
      code: "option-invalid",
    });
  });
});

describe("a plug-in that sends a request", () => {
  const WASM = plugin(
    `(func (export "get") (result i32) (local $body i64)
      (local.set $body (call $http_request (call $input_offset) (i64.const 0)))
      (call $output_set (local.get $body) (call $length (local.get $body)))
      (i32.sub (call $http_status_code) (i32.const 201)))`,
    `(import "extism:host/env" "http_request" (func $http_request (param i64 i64) (result i64)))
     (import "extism:host/env" "http_status_code" (func $http_status_code (result i32)))`,
  );
  const get = JSON.stringify({ url: "http://a.test/" });

  it("is refused when no host is allowed", async () => {
    await using loaded = await createPlugin(WASM, { fetch: answer });
    await expect(loaded.call("get", get)).rejects.toMatchObject({ code: "http-denied", function: "get" });
  });

  // The claims are about both kinds of engine: each test run checks those about the one that it runs on.
  const CAN_WAIT = CAPABILITIES.supportsJSPromiseInterface;

  it("waits for the answer, or is told that the engine can't let it wait", async () => {
    await using loaded = await createPlugin(WASM, { fetch: answer, allowedHosts: ["a.test"] });
    const call = loaded.call("get", get).then((output) => output?.text());
    if (!CAN_WAIT) return expect(call).rejects.toMatchObject({ code: "unsupported", function: "get" });
    expect(await call).toBe("GET ");
    const other = JSON.stringify({ url: "http://b.test/" });
    await expect(loaded.call("get", other)).rejects.toMatchObject({ code: "http-denied", function: "get" });
    expect((await loaded.call("get", get))?.text()).toBe("GET ");
  });

  it("is given up when it is closed", async () => {
    const fetch: typeof globalThis.fetch = (_, init) =>
      new Promise((_, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)));
    const loaded = await createPlugin(WASM, { fetch, allowedHosts: ["a.test"] });
    const code = CAN_WAIT ? "closed" : "unsupported";
    const failure = expect(loaded.call("get", get)).rejects.toMatchObject({ code });
    await new Promise((resolve) => setImmediate(resolve));
    await loaded.close();
    await failure;
  });
});
