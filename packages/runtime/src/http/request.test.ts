import { describe, expect, it } from "vitest";
import { responseHeaders } from "./headers.js";
import { readRequest } from "./request.js";

describe("a plug-in's request", () => {
  it("may call its headers header, as older plug-ins do", () => {
    const { headers } = readRequest('{"url":"http://a.test","header":{"X-Key":"1"}}', undefined);
    expect(headers.get("x-key")).toBe("1");
  });

  it("loses the headers that it must not set", () => {
    const headers = {
      Host: "b.test",
      Connection: "close, X-Private",
      "X-Private": "1",
      "Content-Length": "5",
      "Transfer-Encoding": "chunked",
      "Proxy-Authorization": "x",
      "Sec-Fetch-Site": "none",
      Upgrade: "websocket",
      Expect: "100-continue",
      TE: "trailers",
      Accept: "text/plain",
      Cookie: "a=b",
    };
    const request = readRequest(JSON.stringify({ url: "http://a.test", headers }), undefined);
    expect(Object.fromEntries(request.headers)).toEqual({ accept: "text/plain", cookie: "a=b" });
  });

  it.each([
    ["", /not JSON/],
    ["{", /not JSON/],
    ["[]", /not an object/],
    ["null", /not an object/],
    ["{}", /"url" is not a URL: undefined/],
    ['{"url":"/relative"}', /"url" is not a URL: "\/relative"/],
    ['{"url":{}}', /"url" is not a URL: object/],
    ['{"url":"http://a.test","method":"GET /x HTTP/1.1\\r\\nHost: b"}', /"method" is not one/],
    ['{"url":"http://a.test","method":7}', /"method"/],
    ['{"url":"http://a.test","headers":[]}', /"headers" are not an object/],
    ['{"url":"http://a.test","headers":{"a":1}}', /header "a" is not text/],
    ['{"url":"http://a.test","headers":{"a b":"x"}}', /can't be sent/],
    ['{"url":"http://a.test","headers":{"a":"x\\r\\nb: y"}}', /can't be sent/],
  ])("is refused: %s", (text, message) => {
    expect(() => readRequest(text, undefined)).toThrow(message);
    expect(() => readRequest(text, undefined)).toThrow(expect.objectContaining({ code: "http-invalid" }));
  });
});

it("a plug-in is shown the headers of a response, but not those of the connection", () => {
  const headers = new Headers({
    "Content-Type": "a/b",
    Connection: "close",
    "Keep-Alive": "5",
    __proto__: "x",
  });
  headers.append("__proto__", "polluted");
  headers.append("set-cookie", "a=1");
  headers.append("set-cookie", "b=2");
  const shown = responseHeaders(headers);
  expect(Object.entries(shown).sort()).toEqual([
    ["__proto__", "polluted"],
    ["content-type", "a/b"],
    ["set-cookie", "a=1, b=2"],
  ]);
});
