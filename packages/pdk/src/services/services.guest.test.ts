import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { buildGuest, callText, extraImports, openGuest } from "../testing/guest.js";

/** What comes with whatever the host answers in a block. */
const READING = ["free", "length", "load_u64", "load_u8"];
const LOG = ["get_log_level", "log_debug", "log_error", "log_info", "log_trace", "log_warn"];

describe("a plug-in imports from its host the services that it uses, and no others:", () => {
  it.each([
    ["input and output", "output.text(input.text())", []],
    ["the log", "log.info('x')", LOG],
    ["configuration", "output.text(config.get('x') ?? '')", ["config_get", ...READING]],
    ["variables", "vars.delete('x')", [...READING, "var_get", "var_set"]],
    [
      "HTTP",
      "http.request({ url: 'http://x' })",
      [...READING, "http_headers", "http_request", "http_status_code"],
    ],
    ["failures", "fail('x')", []],
  ])("%s", async (_, statement, expected) => {
    const built = await buildGuest(
      `import { config, fail, hostFunction, http, input, log, output, vars } from "@tenon/pdk";\nexport default { run() { ${statement}; } };`,
    );
    expect(extraImports(built).sort()).toEqual([...expected].sort());
  });
});

describe("in Extism's host", () => {
  it("input and output go through every encoding", async () => {
    const built = await buildGuest(`
      import { input, output } from "@tenon/pdk";
      export default {
        text() { output.text(input.text().toUpperCase()); },
        bytes() { output.bytes(input.bytes().reverse()); },
        json() { const { a } = input.json<{ a: number[] }>(); output.json({ b: a.map((n) => n * 2), bytes: new Uint8Array([1, 2]) }); },
        messagepack() { output.messagepack(input.messagepack<number>() + 1); },
      };`);
    const plugin = await openGuest(built);
    expect(await callText(plugin, "text", "grüße")).toBe("GRÜSSE");
    expect((await plugin.call("bytes", new Uint8Array([1, 2, 255])))?.bytes()).toEqual(
      new Uint8Array([255, 2, 1]),
    );
    expect(await callText(plugin, "json", '{"a":[1,2]}')).toBe('{"b":[2,4],"bytes":"AQI="}');
    expect((await plugin.call("messagepack", new Uint8Array([7])))?.bytes()).toEqual(new Uint8Array([8]));
    await expect(plugin.call("json", "{")).rejects.toThrow(/SyntaxError/);
  });

  it("configuration, variables, log, host functions and failures reach the host and come back", async () => {
    const built = await buildGuest(
      `
      import { config, fail, hostFunction, input, log, output, vars } from "@tenon/pdk";
      const lookup = hostFunction<{ id: number }, { name: string }>("lookup", { argument: "json", result: "json" });
      export default {
        greet() { output.text(\`\${config.get("greeting")} \${config.get("absent")}\`); },
        visit() {
          const visits = (vars.getJson<number>("visits") ?? 0) + 1;
          vars.setJson("visits", visits);
          vars.set("ü", "grüße");
          output.text(\`\${visits} \${vars.getText("ü")} \${vars.get("ü")?.length} \${vars.get("absent")}\`);
        },
        leave() { vars.delete("visits"); },
        say() { log.warn("careful: " + input.text()); log.error("bad"); },
        find() { output.text(lookup({ id: 7 }).name); },
        refuse() { return fail("no such thing"); },
      };`,
      { imports: ["lookup"] },
    );
    const lines: string[] = [];
    const plugin = await openGuest(built, {
      config: { greeting: "Hello" },
      functions: {
        "extism:host/user": {
          lookup: (context, argument: bigint) =>
            context.store(JSON.stringify({ name: `#${context.read(argument)?.json().id}` })),
        },
      },
      logger: {
        ...console,
        warn: (text: string) => lines.push(`warn ${text}`),
        error: (text: string) => lines.push(`error ${text}`),
      },
      logLevel: "trace",
    });
    expect(await callText(plugin, "greet")).toBe("Hello null");
    expect(await callText(plugin, "visit")).toBe("1 grüße 7 null");
    expect(await callText(plugin, "visit")).toBe("2 grüße 7 null");
    await plugin.call("leave");
    expect(await callText(plugin, "visit")).toBe("1 grüße 7 null");
    await plugin.call("say", "ice");
    expect(lines).toEqual(["warn careful: ice", "error bad"]);
    expect(await callText(plugin, "find")).toBe("#7");
    await expect(plugin.call("refuse")).rejects.toThrow("no such thing");
  });

  it("HTTP requests and fetch reach a server", async () => {
    const built = await buildGuest(`
      import { http, input, output } from "@tenon/pdk";
      export default {
        raw() {
          const response = http.request({ url: input.text(), method: "PUT", headers: { "x-a": "1" }, body: "grüße" });
          output.json({ status: response.status, type: response.headers["content-type"], body: response.json() });
        },
        async fetched() {
          const response = await fetch(input.text(), { method: "post", body: new URLSearchParams({ a: "1 2" }) });
          output.json({ status: response.status, ok: response.ok, type: response.headers.get("Content-Type"), body: await response.json() });
        },
      };`);
    const url = await echoServer();
    const plugin = await openGuest(built, {
      allowedHosts: ["127.0.0.1"],
      allowHttpResponseHeaders: true,
      runInWorker: true,
    });
    expect(JSON.parse((await callText(plugin, "raw", url)) ?? "")).toEqual({
      status: 418,
      type: "application/json",
      body: { method: "PUT", a: "1", type: null, body: "grüße" },
    });
    expect(JSON.parse((await callText(plugin, "fetched", url)) ?? "")).toEqual({
      status: 418,
      ok: false,
      type: "application/json",
      body: {
        method: "POST",
        a: null,
        type: "application/x-www-form-urlencoded;charset=UTF-8",
        body: "a=1+2",
      },
    });
  });
});

/** Answers every request with what it was. */
async function echoServer(): Promise<string> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    const { "x-a": a = null, "content-type": type = null } = request.headers;
    response.writeHead(418, { "content-type": "application/json" });
    response.end(JSON.stringify({ method: request.method, a, type, body }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  // A server that listens on a port has an AddressInfo.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
