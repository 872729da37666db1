import { describe, expect, it } from "vitest";
import { URL as ReferenceURL } from "whatwg-url";
import { buildGuest, callText, extraImports, openGuest } from "../testing/guest.js";
import { globals } from "./table.js";

const LOG = ["log_debug", "log_error", "log_info", "log_trace", "log_warn"];

/** Builds a plug-in of functions from text to a value that becomes JSON. */
function buildFunctions(functions: string) {
  return buildGuest(`
    import { input, output } from "@tenon/pdk";
    const run = (f: (text: string) => unknown) => async () => output.json(await f(input.text()));
    export default Object.fromEntries(Object.entries({ ${functions} }).map(([name, f]) => [name, run(f)]));`);
}

describe("a plug-in has of the globals what it uses, and imports no more:", () => {
  it.each([
    ["none", "null", []],
    ["text, URLs and clones", "[TextEncoder, TextDecoder, URL, URLSearchParams, structuredClone].length", []],
    ["the console", "console.log('x')", LOG],
    ["random values", "crypto.randomUUID()", ["random_get"]],
    ["what fetch is made with", "[new Headers(), new Request('http://h'), new Response('')].length", []],
    [
      "fetch",
      "fetch('http://h')",
      ["free", "http_headers", "http_request", "http_status_code", "length", "load_u64", "load_u8"],
    ],
  ])("%s", async (_, expression, expected) => {
    const built = await buildFunctions(`f: () => ${expression}`);
    expect(extraImports(built).sort()).toEqual(expected);
  });

  it("and its size shows it", async () => {
    const [without, withUrl] = [
      await buildFunctions("f: () => 1"),
      await buildFunctions("f: () => new URL('x:y').href"),
    ];
    expect(withUrl.wasm.length - without.wasm.length).toBeGreaterThan(10_000);
    expect(withUrl.imports).toEqual(without.imports);
  });
});

it("every global of the table is there under its name", async () => {
  const names = Object.keys(globals);
  const built = await buildFunctions(
    `f: () => [${names.map((name) => `typeof ${name}, typeof globalThis.${name}`).join(", ")}]`,
  );
  const types = names.flatMap((name) =>
    name === "console" || name === "crypto" ? ["object", "object"] : ["function", "function"],
  );
  expect(JSON.parse((await callText(await openGuest(built), "f")) ?? "")).toEqual(types);
});

it("a global can be made a property of the global object, for packages that look there", async () => {
  const built = await buildFunctions(
    'f: () => { const before = "crypto" in globalThis; Object.assign(globalThis, { crypto }); return [before, "crypto" in globalThis]; }',
  );
  expect(await callText(await openGuest(built), "f")).toBe("[false,true]");
});

describe("in the engine", () => {
  it("URL reads as the standard says", async () => {
    const urls = [
      "https://USER:pa%20ss@Example.COM:443/a/../b/./c?x=1#y",
      "http://münchen.de/ü?ü#ü",
      "http://日本語。jp",
      "http://faß.de",
      "http://xn--mnchen-3ya.de",
      "http://[1::8:0:0:0:1]:80/",
      "http://0x7f.1",
      "file:c:\\x\\..\\y",
      "foo:bar baz?q",
      "http://a b",
      "http://256.1.1.1",
      "http://💩.la/💩",
      "http://x/%zz \"<>`{}|^~'",
      "http://a\ud800.com",
      "",
    ];
    const built = await buildFunctions(
      `f: (text) => JSON.parse(text).map((url: string) => URL.canParse(url) ? new URL(url).href : null)`,
    );
    const answer = await callText(await openGuest(built), "f", JSON.stringify(urls));
    expect(JSON.parse(answer ?? "")).toEqual(
      urls.map((url) => (ReferenceURL.canParse(url) ? new ReferenceURL(url).href : null)),
    );
  });

  it("text is written and read as in Node, also where it is broken", async () => {
    const built = await buildFunctions(`
      encode: (text) => Array.from(new TextEncoder().encode(JSON.parse(text))),
      decode: (text) => JSON.parse(text).map(([label, bytes]: [string, number[]]) => new TextDecoder(label).decode(new Uint8Array(bytes))),
      strict: () => { try { return new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array([0xed, 0xa0, 0x80])); } catch (error) { return String(error); } }`);
    const plugin = await openGuest(built);
    const text = "a\0ü世😀\ud800b\udc00";
    expect(JSON.parse((await callText(plugin, "encode", JSON.stringify(text))) ?? "")).toEqual([
      ...new TextEncoder().encode(text),
    ]);
    const cases: [string, number[]][] = [
      ["utf-8", [0xef, 0xbb, 0xbf, 0x41, 0xc3, 0xbc, 0xff, 0xe4, 0xb8, 0xf0, 0x9f, 0x98, 0x80, 0xc0, 0x80]],
      ["utf-16le", [0xff, 0xfe, 0x3d, 0xd8, 0x00, 0xde, 0x41, 0x00, 0x00, 0xd8, 0x42]],
      ["utf-8", Array.from({ length: 20_000 }, (_, index) => (index % 2 === 0 ? 0xc3 : 0xbc))],
    ];
    expect(JSON.parse((await callText(plugin, "decode", JSON.stringify(cases))) ?? "")).toEqual(
      cases.map(([label, bytes]) => new TextDecoder(label).decode(new Uint8Array(bytes))),
    );
    expect(await callText(plugin, "strict")).toBe('"TypeError: the bytes are not well-formed utf-8"');
  });

  it("clones, base64, microtasks, time and random values work", async () => {
    const built = await buildFunctions(`
      clone: () => {
        const buffer = new Uint8Array([1, 2]).buffer;
        const value: Record<string, unknown> = { map: new Map([[1, new Date(0)]]), buffer };
        value["self"] = value;
        const copy = structuredClone(value, { transfer: [buffer] }) as typeof value;
        const refused = (() => { try { structuredClone(() => 1); } catch (error) { return (error as Error).name; } })();
        return [copy !== value, copy["self"] === copy, (copy["map"] as Map<number, Date>).get(1) instanceof Date, buffer.byteLength, (copy["buffer"] as ArrayBuffer).byteLength, refused];
      },
      base64: () => {
        const name = (f: () => unknown) => { try { return f(); } catch (error) { return (error as Error).name; } };
        return [btoa(""), btoa("a"), btoa("\\xff\\0"), name(() => btoa("ü世")), atob("YQ=="), atob(" Y Q "), atob("YWI"), name(() => atob("a")), name(() => atob("YQ=a")), name(() => atob("*"))];
      },
      microtask: async () => { const seen: number[] = []; queueMicrotask(() => { seen.push(2); }); seen.push(1); await null; return seen; },
      time: () => { const start = performance.now(); return [performance.now() >= start, Math.abs(Date.now() - Number(new Date())) < 1000, new Date(0).toISOString()]; },
      random: () => [crypto.randomUUID(), crypto.getRandomValues(new Uint16Array(4)).length, (() => { try { crypto.getRandomValues(new Float32Array(1)); } catch (error) { return (error as Error).name; } })()]`);
    const plugin = await openGuest(built);
    const answer = async (name: string) => JSON.parse((await callText(plugin, name)) ?? "");
    expect(await answer("clone")).toEqual([true, true, true, 0, 2, "DataCloneError"]);
    expect(await answer("base64")).toEqual([
      "",
      "YQ==",
      "/wA=",
      "InvalidCharacterError",
      "a",
      "a",
      "ab",
      "InvalidCharacterError",
      "InvalidCharacterError",
      "InvalidCharacterError",
    ]);
    expect(await answer("microtask")).toEqual([1, 2]);
    expect(await answer("time")).toEqual([true, true, "1970-01-01T00:00:00.000Z"]);
    const [uuid, length, refused] = await answer("random");
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect([length, refused]).toEqual([4, "TypeMismatchError"]);
    expect((await answer("random"))[0]).not.toBe(uuid);
  });

  it("the console writes to the host's log, and errors with the author's places", async () => {
    const built = await buildGuest(`
      console.log("while it is built");
      export default {
        run() {
          console.log("%s is %o", "it", { a: [1, new Map([["b", 2]])] });
          console.error(new TypeError("bad"));
        },
      };`);
    const lines: string[] = [];
    const plugin = await openGuest(built, {
      logger: {
        ...console,
        info: (text: string) => lines.push(text),
        error: (text: string) => lines.push(text),
      },
      logLevel: "trace",
    });
    await plugin.call("run");
    expect(lines[0]).toBe('it is { a: [1, Map(1) { "b" => 2 }] }');
    expect(lines[1]).toMatch(/^TypeError: bad\n {4}at run \(plugin\.ts:6:/);
    expect(lines.length).toBe(2);
  });
});
