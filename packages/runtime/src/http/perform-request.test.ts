import { describe, expect, it } from "vitest";
import { hostMatcher } from "./allowed-hosts.js";
import { type HttpPolicy, performRequest } from "./perform-request.js";
import { readRequest } from "./request.js";

interface Sent {
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
}

/** Answers each URL with a response; what was sent is kept. */
function server(answers: Record<string, () => Response>): { sent: Sent[]; send: typeof fetch } {
  const sent: Sent[] = [];
  const send: typeof fetch = async (input, init = {}) => {
    const url = String(input);
    sent.push({
      url,
      method: init.method ?? "GET",
      headers: Object.fromEntries(new Headers(init.headers)),
      // performRequest sends bytes.
      body: init.body === undefined ? undefined : new TextDecoder().decode(init.body as Uint8Array),
    });
    expect(init.redirect).toBe("manual");
    return answers[url]?.() ?? new Response("nothing here", { status: 404 });
  };
  return { sent, send };
}

function policy(send: typeof fetch, more: Partial<HttpPolicy> = {}): HttpPolicy {
  return {
    allowsHost: hostMatcher(["a.test", "b.test", "127.0.0.1", "[::1]"]),
    maxResponseBytes: 1000,
    allowPrivateAddresses: true,
    send,
    ...more,
  };
}

const request = (url: string, more: object = {}, body?: string) =>
  readRequest(
    JSON.stringify({ url, ...more }),
    body === undefined ? undefined : new TextEncoder().encode(body),
  );

const redirect = (status: number, location: string) => () =>
  new Response(null, { status, headers: { location } });

describe("a request", () => {
  it("is sent with its method, its headers and its body", async () => {
    const { sent, send } = server({ "http://a.test/x": () => new Response("done", { status: 201 }) });
    const headers = { "X-Key": "1", Authorization: "me" };
    const response = await performRequest(
      policy(send),
      request("http://a.test/x", { method: "put", headers }, "data"),
    );
    expect(response.status).toBe(201);
    expect(new TextDecoder().decode(response.body)).toBe("done");
    expect(sent).toEqual([
      { url: "http://a.test/x", method: "PUT", headers: { "x-key": "1", authorization: "me" }, body: "data" },
    ]);
  });

  it.each(["GET", "HEAD", undefined])("has no body with the method %s", async (method) => {
    const { sent, send } = server({});
    await performRequest(policy(send), request("http://a.test/", { method }, "data"));
    expect(sent[0]?.body).toBeUndefined();
  });

  it("is answered by whatever status there is", async () => {
    const { send } = server({});
    expect((await performRequest(policy(send), request("http://a.test/none"))).status).toBe(404);
  });

  it.each([
    ["another host", "http://c.test/", /no entry of allowedHosts fits "c.test"/],
    ["a host with a dot more", "http://a.test./", /allowedHosts/],
    ["a file", "file:///etc/passwd", /only http and https/],
    ["data", "data:text/plain,x", /only http and https/],
    ["a URL with a password", "http://me:secret@a.test/", /credentials/],
  ])("is denied to %s", async (_, url, message) => {
    const { sent, send } = server({});
    const promise = performRequest(policy(send), request(url));
    await expect(promise).rejects.toMatchObject({ code: "http-denied" });
    await expect(promise).rejects.toThrow(message);
    await expect(promise).rejects.not.toThrow(/secret/);
    expect(sent).toEqual([]);
  });

  it.each(["CONNECT", "trace", "TRACK"])("is denied the method %s", async (method) => {
    const { send } = server({});
    await expect(performRequest(policy(send), request("http://a.test/", { method }))).rejects.toMatchObject({
      code: "http-denied",
    });
  });

  it.each(["http://127.0.0.1/", "http://2130706433/", "http://[::1]/"])(
    "is denied to the private address %s, when those are not allowed",
    async (url) => {
      const { sent, send } = server({});
      await expect(
        performRequest(policy(send, { allowPrivateAddresses: false }), request(url)),
      ).rejects.toMatchObject({ code: "http-denied" });
      expect(sent).toEqual([]);
      expect((await performRequest(policy(send), request(url))).status).toBe(404);
    },
  );

  it("that fails says why, and not with which query", async () => {
    const send = () => Promise.reject(new TypeError("fetch failed", { cause: new Error("no route") }));
    const promise = performRequest(policy(send), request("http://a.test/path?token=secret"));
    await expect(promise).rejects.toMatchObject({ code: "http-failed" });
    await expect(promise).rejects.toThrow("http://a.test failed: fetch failed (no route)");
    await expect(promise).rejects.not.toThrow(/secret/);
  });
});

describe("a redirect", () => {
  it.each([
    ["another host", "http://c.test/"],
    ["a private address", "http://10.0.0.1/"],
    ["another scheme", "file:///etc/passwd"],
    ["a URL with a password", "http://u:p@b.test/"],
    ["a host without a scheme", "//c.test/"],
  ])("to %s is denied", async (_, location) => {
    const { sent, send } = server({ "http://a.test/": redirect(302, location) });
    await expect(performRequest(policy(send), request("http://a.test/"))).rejects.toMatchObject({
      code: "http-denied",
    });
    expect(sent.length).toBe(1);
  });

  it("to another allowed host is followed, without credentials", async () => {
    const { sent, send } = server({
      "http://a.test/1": redirect(307, "/2"),
      "http://a.test/2": redirect(307, "http://b.test/3"),
      "http://b.test/3": redirect(307, "http://a.test/4"),
      "http://a.test/4": () => new Response("end"),
    });
    const headers = { authorization: "me", cookie: "a=b", "x-key": "1" };
    await performRequest(policy(send), request("http://a.test/1", { headers }));
    expect(
      sent.map(({ url, headers: { authorization, cookie, "x-key": key } }) => [
        url,
        authorization,
        cookie,
        key,
      ]),
    ).toEqual([
      ["http://a.test/1", "me", "a=b", "1"],
      ["http://a.test/2", "me", "a=b", "1"],
      ["http://b.test/3", undefined, undefined, "1"],
      ["http://a.test/4", undefined, undefined, "1"],
    ]);
  });

  it("to another scheme or port of the host takes no credentials along either", async () => {
    const { sent, send } = server({ "https://a.test/": redirect(302, "http://a.test/x") });
    await performRequest(policy(send), request("https://a.test/", { headers: { authorization: "me" } }));
    expect(sent[1]?.headers["authorization"]).toBeUndefined();
  });

  it.each([
    [301, "POST", "GET", undefined],
    [302, "POST", "GET", undefined],
    [303, "POST", "GET", undefined],
    [303, "PUT", "GET", undefined],
    [303, "HEAD", "HEAD", undefined],
    [301, "PUT", "PUT", "data"],
    [307, "POST", "POST", "data"],
    [308, "DELETE", "DELETE", "data"],
  ])("with %i makes of a %s a %s with the body %s", async (status, method, then, body) => {
    const { sent, send } = server({ "http://a.test/": redirect(status, "http://a.test/x") });
    const headers = { "content-type": "text/plain" };
    await performRequest(policy(send), request("http://a.test/", { method, headers }, "data"));
    expect(sent[1]).toMatchObject({ method: then, body });
    expect(sent[1]?.headers["content-type"]).toBe(then === method ? "text/plain" : undefined);
  });

  it("without a place to go to is the answer", async () => {
    const { send } = server({ "http://a.test/": () => new Response("here", { status: 302 }) });
    expect((await performRequest(policy(send), request("http://a.test/"))).status).toBe(302);
  });

  it("is followed twenty times, and no more", async () => {
    const { sent, send } = server({ "http://a.test/": redirect(302, "http://a.test/") });
    await expect(performRequest(policy(send), request("http://a.test/"))).rejects.toThrow(
      /more than 20 times/,
    );
    expect(sent.length).toBe(21);
  });

  it.each([
    ["that was followed against orders", { redirected: true }],
    ["that doesn't say where to", { type: "opaqueredirect" }],
  ])("%s is denied", async (_, properties) => {
    const { send } = server({
      "http://a.test/": () =>
        Object.defineProperties(new Response("there"), Object.getOwnPropertyDescriptors(properties)),
    });
    await expect(performRequest(policy(send), request("http://a.test/"))).rejects.toMatchObject({
      code: "http-denied",
    });
  });

  it("to what is not a URL fails", async () => {
    const { send } = server({ "http://a.test/": redirect(302, "http://[") });
    await expect(performRequest(policy(send), request("http://a.test/"))).rejects.toMatchObject({
      code: "http-failed",
    });
  });
});

describe("a response", () => {
  it("may have as many bytes as are allowed", async () => {
    const { send } = server({ "http://a.test/": () => new Response("x".repeat(1000)) });
    expect((await performRequest(policy(send), request("http://a.test/"))).body.length).toBe(1000);
  });

  it("that never ends is given up at the limit", async () => {
    let pulled = 0;
    let cancelled = false;
    const endless = () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            pulled++;
            controller.enqueue(new Uint8Array(100));
          },
          cancel() {
            cancelled = true;
          },
        }),
      );
    const { send } = server({ "http://a.test/": endless });
    await expect(performRequest(policy(send), request("http://a.test/"))).rejects.toMatchObject({
      code: "http-limit",
    });
    expect(pulled).toBeLessThan(20);
    expect(cancelled).toBe(true);
  });
});

it("a request is given up when its signal says so, with the reason of that", async () => {
  const reason = new Error("too late");
  const controller = new AbortController();
  const send: typeof fetch = (_, init) =>
    new Promise((_, reject) => {
      init?.signal?.addEventListener("abort", () => reject(new Error("aborted by fetch")));
      controller.abort(reason);
    });
  await expect(performRequest(policy(send), request("http://a.test/"), controller.signal)).rejects.toBe(
    reason,
  );
});
