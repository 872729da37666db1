import { beforeEach, describe, expect, it } from "vitest";
import { config, fail, hostFunction, http, input, log, output, vars } from "../index.js";
import { engineState, resetEngine } from "../testing/engine/state.js";

beforeEach(resetEngine);

/** For callers in JavaScript, who can pass anything. */
const wrong = (value: unknown) => value as string;

describe("input and output", () => {
  it.each(["text", "bytes", "json", "messagepack"] as const)("%s goes through the engine's codec", (kind) => {
    const encoding = kind === "bytes" ? "binary" : kind;
    engineState.input = { [encoding]: "the value" };
    expect(input[kind]()).toBe("the value");
    // What is written is up to the engine's codec to check.
    output[kind]("out" as string & Uint8Array);
    expect(engineState.written).toEqual([{ codec: { encoding }, value: "out" }]);
  });
});

describe("config and vars", () => {
  it("answer null for what is not there", () => {
    expect([config.get("x"), vars.get("x"), vars.getText("x"), vars.getJson("x")]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it("read what was set, as bytes, text and JSON", () => {
    engineState.config = { a: "1" };
    vars.set("t", "grüße");
    vars.set("b", new Uint8Array([0xff, 0x41]));
    vars.setJson("j", { a: [1] });
    expect([config.get("a"), vars.getText("t"), vars.get("b"), vars.getText("b"), vars.getJson("j")]).toEqual(
      ["1", "grüße", new Uint8Array([0xff, 0x41]), "\ufffdA", { a: [1] }],
    );
    vars.set("t", "");
    vars.delete("b");
    expect([...engineState.vars.keys()]).toEqual(["j"]);
  });
});

describe("log", () => {
  it("writes lines at their levels, and knows the host's", () => {
    for (const level of ["trace", "debug", "info", "warn", "error"] as const) log[level]("x");
    expect(engineState.log).toEqual(["trace: x", "debug: x", "info: x", "warn: x", "error: x"]);
    expect(log.level()).toBe("info");
    engineState.level = 0x7fffffff;
    expect(log.level()).toBe("silent");
  });
});

describe("http", () => {
  it("asks by Extism's description, and answers what came back", () => {
    engineState.response = {
      status: 201,
      headers: '{"X-A":"1","b":["2","3"]}',
      body: new Uint8Array(Buffer.from('{"a":"ü"}')),
    };
    const response = http.request({
      url: new URL("http://h/"),
      method: "POST",
      headers: { a: "1" },
      body: "x",
    });
    expect(engineState.requests).toEqual([
      { description: { url: "http://h/", method: "POST", headers: { a: "1" } }, body: "x" },
    ]);
    expect([
      response.status,
      response.headers,
      response.text(),
      response.json(),
      response.bytes().length,
    ]).toEqual([201, { "x-a": "1", b: "2, 3" }, '{"a":"ü"}', { a: "ü" }, 10]);
  });

  it("has no headers where the host shows none, and no bytes where there is no body", () => {
    const response = http.request({ url: "http://h" });
    expect([response.headers, response.bytes()]).toEqual([{}, new Uint8Array(0)]);
  });
});

describe("host functions", () => {
  it("are linked with a codec for what they take and return", () => {
    engineState.hostFunctions = { lookup: (argument) => `${argument}!`, ping: () => undefined };
    const lookup = hostFunction<string, string>("lookup", { argument: "text", result: "json" });
    expect(lookup("a")).toBe("a!");
    hostFunction("ping")();
    expect(engineState.linked).toEqual([
      { name: "lookup", argument: { encoding: "text" }, result: { encoding: "json" } },
      { name: "ping" },
    ]);
  });
});

describe("fail", () => {
  it("makes the text the error of the call", () => {
    fail("no");
    expect(engineState.failures).toEqual(["no"]);
  });
});

describe("a value of the wrong kind is a TypeError that says what was expected:", () => {
  it.each<[string, () => unknown, string]>([
    ["config.get", () => config.get(wrong(5)), "expected the key to be a string, got a number"],
    ["vars.get", () => vars.get(wrong(null)), "expected the key to be a string, got null"],
    [
      "vars.set",
      () => vars.set("a", wrong([1])),
      "expected the value to be a string or a Uint8Array, got an array",
    ],
    [
      "vars.set",
      () => vars.set("a", wrong(new Date(0))),
      "expected the value to be a string or a Uint8Array, got a value of Date",
    ],
    ["vars.setJson", () => vars.setJson("a", () => 1), 'the value for "a" has no form in JSON'],
    ["log.info", () => log.info(wrong({})), "expected the message to be a string, got an object"],
    ["fail", () => fail(wrong(undefined)), "expected the error to be a string, got undefined"],
    [
      "hostFunction",
      () => hostFunction(wrong(1n)),
      "expected the name of a host function to be a string, got a bigint",
    ],
    ["http.request", () => http.request({ url: wrong(5) }), "expected the url to be a string, got a number"],
    [
      "http.request",
      () => http.request({ url: "x", method: wrong(5) }),
      "expected the method to be a string, got a number",
    ],
    [
      "http.request",
      () => http.request({ url: "x", headers: { a: wrong(5) } }),
      'expected the header "a" to be a string, got a number',
    ],
    [
      "http.request",
      () => http.request({ url: "x", headers: [] as unknown as Record<string, string> }),
      "expected the headers to be an object, got an array",
    ],
    [
      "http.request",
      () => http.request({ url: "x", method: "POST", body: wrong({}) }),
      "expected the body to be a string or a Uint8Array, got an object",
    ],
    ["http.request", () => http.request({ url: "x", body: "b" }), "a request by GET can't have a body"],
  ])("%s", (_, act, message) => {
    expect(act).toThrow(new TypeError(message));
  });
});
