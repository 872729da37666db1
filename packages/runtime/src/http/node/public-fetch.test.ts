import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { hostMatcher } from "../allowed-hosts.js";
import { performRequest } from "../perform-request.js";
import { readRequest } from "../request.js";
import { checkPublicHost, type Lookup, publicFetch } from "./public-fetch.js";

let server: Server;
let base = "";
const seen: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(`${request.method} ${request.headers.host}${request.url}`);
    if (request.url === "/redirect") {
      response.writeHead(302, { location: "http://elsewhere.test/" }).end();
    } else if (request.url === "/gzip") {
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("x".repeat(100_000)));
    } else if (request.url === "/endless") {
      response.writeHead(200);
      const write = (): void => {
        while (!response.destroyed && response.write("x".repeat(10_000)));
      };
      response.on("drain", write);
      write();
    } else if (request.url === "/silent") {
      seen.push("silent");
    } else if (request.url === "/odd") {
      response.socket?.end("HTTP/1.1 999 Odd\r\ncontent-length: 0\r\n\r\n");
    } else if (request.url === "/cut") {
      response.writeHead(200, { "content-length": "100" });
      response.write("x", () => response.destroy());
    } else if (request.url === "/empty") {
      response.writeHead(204).end();
    } else {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => response.end(`got ${Buffer.concat(chunks)}`));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // It listens on a port, so that the address is not a path.
  base = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Resolves every name to these addresses. */
function resolvesTo(...addresses: string[]): Lookup {
  const answer = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  const resolve = (_: string, __: object, callback: (error: null, found: typeof answer) => void) =>
    callback(null, answer);
  // Has the one of dns.lookup's signatures that is used.
  return resolve as unknown as Lookup;
}

const request = (path: string, more: object = {}, body?: string) =>
  readRequest(
    JSON.stringify({ url: `http://${base}${path}`, ...more }),
    body === undefined ? undefined : new TextEncoder().encode(body),
  );

const open = {
  allowsHost: hostMatcher(["127.0.0.1"]),
  maxResponseBytes: 1_000_000,
  allowPrivateAddresses: true,
};

describe.each([
  ["the platform's fetch", () => fetch],
  ["our own connections", () => publicFetch({ judge: () => true })],
])("over the network, by %s,", (_, makeFetch) => {
  const policy = { ...open, send: makeFetch() };

  it("a request is sent and its answer read", async () => {
    const response = await performRequest(policy, request("/echo", { method: "POST" }, "hello"));
    expect(response.status).toBe(200);
    expect(new TextDecoder().decode(response.body)).toBe("got hello");
  });

  it.each([
    ["/gzip", 100_000],
    ["/empty", 0],
  ])("the answer of %s has %i bytes", async (path, length) => {
    expect((await performRequest(policy, request(path))).body.length).toBe(length);
  });

  it("a redirect to a host that is not allowed is not followed", async () => {
    await expect(performRequest(policy, request("/redirect"))).rejects.toThrow(/fits "elsewhere.test"/);
  });

  it.each(["/endless", "/gzip"])("%s is given up at the limit", async (path) => {
    await expect(
      performRequest({ ...policy, maxResponseBytes: 50_000 }, request(path)),
    ).rejects.toMatchObject({
      code: "http-limit",
    });
  });

  it("a server that doesn't answer is given up by the signal", async () => {
    const controller = new AbortController();
    const promise = performRequest(policy, request("/silent"), controller.signal);
    await vi.waitFor(() => expect(seen.at(-1)).toBe("silent"));
    const reason = new Error("too late");
    controller.abort(reason);
    await expect(promise).rejects.toBe(reason);
  });

  it("an answer that breaks off is a failure", async () => {
    await expect(performRequest(policy, request("/cut"))).rejects.toMatchObject({ code: "http-failed" });
  });

  it("a server that isn't there is a failure", async () => {
    const nowhere = readRequest('{"url":"http://127.0.0.1:1/"}', undefined);
    await expect(performRequest(policy, nowhere)).rejects.toMatchObject({ code: "http-failed" });
  });
});

describe("publicFetch", () => {
  const port = () => base.split(":")[1];

  it.each(["127.0.0.1", "::1", "::ffff:127.0.0.1", "169.254.169.254", "fd00::1", "10.0.0.1"])(
    "doesn't connect to a name that leads to %s",
    async (address) => {
      const before = seen.length;
      for (const addresses of [[address], ["93.184.216.34", address]]) {
        const promise = publicFetch({ resolve: resolvesTo(...addresses) })(`http://public.test:${port()}/`);
        await expect(promise).rejects.toMatchObject({ code: "http-denied" });
      }
      expect(seen.length).toBe(before);
    },
  );

  it.each(["http://127.0.0.1/", "http://[::1]/", "http://0/", "http://[::ffff:10.0.0.1]/"])(
    "doesn't connect to the address %s",
    async (url) => {
      await expect(publicFetch()(url)).rejects.toMatchObject({ code: "http-denied" });
    },
  );

  it("resolves localhost, and refuses it", async () => {
    await expect(publicFetch()(`http://localhost:${port()}/`)).rejects.toMatchObject({ code: "http-denied" });
    await expect(checkPublicHost("localhost")).rejects.toMatchObject({ code: "http-denied" });
    await expect(checkPublicHost("127.0.0.1")).rejects.toMatchObject({ code: "http-denied" });
    await expect(checkPublicHost("8.8.8.8")).resolves.toBeUndefined();
  });

  it("connects to what the name led to when it was judged, and says the name", async () => {
    const judged: string[] = [];
    const judge = (address: string): boolean => judged.push(address) > 0;
    const response = await publicFetch({ resolve: resolvesTo("127.0.0.1"), judge })(
      `http://public.test:${port()}/x`,
    );
    expect(response.status).toBe(200);
    expect(judged).toEqual(["127.0.0.1"]);
    expect(seen.at(-1)).toBe(`GET public.test:${port()}/x`);
  });

  it("fails at a status that no response can have", async () => {
    const policy = { ...open, send: publicFetch({ judge: () => true }) };
    await expect(performRequest(policy, request("/odd"))).rejects.toMatchObject({ code: "http-failed" });
  });

  it("keeps its refusal when it sends for a plug-in", async () => {
    const policy = {
      allowsHost: hostMatcher(["*"]),
      maxResponseBytes: 1000,
      allowPrivateAddresses: false,
      send: publicFetch({ resolve: resolvesTo("127.0.0.1") }),
    };
    const promise = performRequest(policy, readRequest('{"url":"http://public.test/"}', undefined));
    await expect(promise).rejects.toMatchObject({ code: "http-denied" });
  });
});
