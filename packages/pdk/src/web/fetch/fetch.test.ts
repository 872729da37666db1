import { beforeEach, describe, expect, it } from "vitest";
import { engineState, resetEngine } from "../../testing/engine/state.js";
import { URLSearchParams } from "../url/search-params.js";
import { URL } from "../url/url.js";
import { fetch } from "./fetch.js";
import { Request } from "./request.js";
import { Response } from "./response.js";

beforeEach(resetEngine);

const bytes = (text: string) => new Uint8Array(Buffer.from(text));

describe("fetch", () => {
  it("answers what the host got", async () => {
    engineState.response = {
      status: 404,
      headers: '{"Content-Type":"text/plain","x":["1","2"]}',
      body: bytes("none"),
    };
    const response = await fetch("http://h/a b#f");
    expect(engineState.requests).toEqual([
      { description: { url: "http://h/a%20b#f", method: "GET", headers: {} }, body: null },
    ]);
    expect([
      response.status,
      response.ok,
      response.url,
      response.headers.get("content-type"),
      response.headers.get("x"),
    ]).toEqual([404, false, "http://h/a%20b", "text/plain", "1, 2"]);
    expect(await response.text()).toBe("none");
  });

  it.each([
    ["text", "grüße", "grüße", "text/plain;charset=UTF-8"],
    ["bytes", bytes("abc"), "abc", undefined],
    ["an ArrayBuffer", bytes("abc").buffer, "abc", undefined],
    ["a part of a buffer", new DataView(bytes("abc").buffer, 1, 1), "b", undefined],
    [
      "URLSearchParams",
      new URLSearchParams("a=1 2"),
      "a=1+2",
      "application/x-www-form-urlencoded;charset=UTF-8",
    ],
  ])("sends %s", async (_, body, sent, type) => {
    await fetch(new URL("https://h"), { method: "post", body });
    expect(engineState.requests).toEqual([
      {
        description: {
          url: "https://h/",
          method: "POST",
          headers: type === undefined ? {} : { "content-type": type },
        },
        body: bytes(sent),
      },
    ]);
  });

  it("sends a Request, changed by the options", async () => {
    const request = new Request("http://h", { method: "PUT", headers: { a: "1" }, body: "x" });
    await fetch(request, { headers: { b: "2" } });
    expect(engineState.requests).toMatchObject([
      { description: { method: "PUT", headers: { b: "2" } }, body: bytes("x") },
    ]);
    expect(await request.text()).toBe("x");
  });

  it.each<[string, () => Promise<unknown>, RegExp]>([
    ["a relative URL", () => fetch("/a"), /not a URL/],
    [
      "a URL with credentials",
      () => fetch("http://u:secret@h"),
      /^a URL must not hold credentials: http:\/\/h$/,
    ],
    ["another scheme", () => fetch("ftp://h/x"), /http and https/],
    ["a body with GET", () => fetch("http://h", { body: "x" }), /GET can't have a body/],
    ["a method that is none", () => fetch("http://h", { method: "a b" }), /not a method/],
    ["a forbidden method", () => fetch("http://h", { method: "Trace" }), /not allowed/],
    ["a bad header", () => fetch("http://h", { headers: { "a b": "1" } }), /header/],
    [
      "an object as a body",
      () => fetch("http://h", { method: "POST", body: {} as unknown as string }),
      /JSON\.stringify/,
    ],
  ])("rejects %s with a TypeError, and asks nobody", async (_, send, message) => {
    await expect(send()).rejects.toThrow(
      expect.objectContaining({ name: "TypeError", message: expect.stringMatching(message) }),
    );
    expect(engineState.requests).toEqual([]);
  });

  it("rejects with the reason of a signal that is aborted already", async () => {
    await expect(fetch("http://h", { signal: AbortSignal.abort("late") })).rejects.toBe("late");
  });

  it("rejects when the host answers with no response", async () => {
    engineState.response = { status: 0, headers: undefined, body: undefined };
    await expect(fetch("http://h")).rejects.toThrow(TypeError);
  });

  it.each([204, 304])("answers %i without a body", async (status) => {
    engineState.response = { status, headers: "{}", body: new Uint8Array(0) };
    expect(await (await fetch("http://h")).bytes()).toEqual(new Uint8Array(0));
  });
});

describe("Request and Response", () => {
  it("can be read once, and a clone again", async () => {
    for (const body of [new Response("ü"), new Request("http://h", { method: "POST", body: "ü" })]) {
      const clone = body.clone();
      expect(await body.text()).toBe("ü");
      expect(body.bodyUsed).toBe(true);
      await expect(body.text()).rejects.toThrow(TypeError);
      expect(() => body.clone()).toThrow(TypeError);
      expect(new Uint8Array(await clone.arrayBuffer())).toEqual(bytes("ü"));
    }
  });

  it("keep their bytes, whatever becomes of those that they were made of", async () => {
    const source = bytes("abc");
    const response = new Response(source);
    source.fill(0);
    const clone = response.clone();
    (await response.bytes()).fill(0);
    expect(await clone.text()).toBe("abc");
  });

  it("leave a byte order mark out of their text, and throw a SyntaxError for JSON that is none", async () => {
    expect(await new Response("\ufeffa").text()).toBe("a");
    await expect(new Response("{").json()).rejects.toThrow(SyntaxError);
  });

  it("Response has the shorthands of the standard", async () => {
    const json = Response.json({ a: 1 }, { status: 201 });
    expect([json.status, json.headers.get("content-type"), await json.json()]).toEqual([
      201,
      "application/json",
      { a: 1 },
    ]);
    const redirect = Response.redirect("http://h/a b", 308);
    expect([redirect.status, redirect.headers.get("location")]).toEqual([308, "http://h/a%20b"]);
    expect([Response.error().type, Response.error().status, Response.error().clone().type]).toEqual([
      "error",
      0,
      "error",
    ]);
  });

  it.each<[string, () => unknown, string]>([
    ["a status out of range", () => new Response("", { status: 99 }), "RangeError"],
    ["a body where there is none", () => new Response("x", { status: 204 }), "TypeError"],
    ["a redirection by another status", () => Response.redirect("http://h", 200), "RangeError"],
    ["a redirection to nowhere", () => Response.redirect("/x"), "TypeError"],
    ["what has no JSON", () => Response.json(undefined), "TypeError"],
  ])("Response refuses %s", (_, make, name) => {
    expect(make).toThrow(expect.objectContaining({ name }));
  });
});
