import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkManifest } from "./check-manifest.js";

const packaged = readFileSync(new URL("../../manifest.schema.json", import.meta.url), "utf8");
const ajv = new Ajv2020({ strict: false, validateFormats: false });
const fits = ajv.compile(JSON.parse(packaged));

function isAccepted(value: unknown): boolean {
  try {
    checkManifest(value);
    return true;
  } catch {
    return false;
  }
}

describe("the published schema of manifests", () => {
  it("is the same in the package and in schemas/: copy manifest.schema.json there", () => {
    const published = new URL("../../../../schemas/manifest.schema.json", import.meta.url);
    expect(readFileSync(published, "utf8")).toBe(packaged);
  });

  const HASH = "0123456789abcdefABCDEF".padEnd(64, "0");
  it.each<[boolean, string, unknown]>([
    [true, "a path", { wasm: [{ path: "a.wasm" }] }],
    [
      true,
      "a URL with headers",
      { wasm: [{ url: "https://x.test/a", headers: { a: "b" }, method: "POST" }] },
    ],
    [true, "base64", { wasm: [{ data: "AGFzbQEAAAA=", name: "main", hash: HASH }] }],
    [
      true,
      "everything",
      {
        $schema: "x",
        wasm: [{ path: "a" }],
        main: "main",
        config: { a: "b" },
        allowedHosts: ["*"],
        allowedPaths: { "/": "ro:/" },
        memory: { maxPages: 1, maxVarBytes: 0, maxHttpResponseBytes: 0 },
        timeoutMs: 1,
      },
    ],
    [
      true,
      "everything in snake_case",
      {
        wasm: [{ path: "a" }],
        allowed_hosts: [],
        allowed_paths: {},
        memory: { max_pages: 65536, max_var_bytes: 1, max_http_response_bytes: 1 },
        timeout_ms: 1,
      },
    ],
    [
      true,
      "null for what is left out",
      {
        wasm: [{ path: "a", url: null, name: null, hash: null }],
        main: null,
        config: null,
        allowed_hosts: null,
        memory: { max_pages: null },
        timeout_ms: null,
      },
    ],
    [false, "no modules", { wasm: [] }],
    [false, "a key that isn't known", { wasm: [{ path: "a" }], confg: {} }],
    [false, "a memory key that isn't known", { wasm: [{ path: "a" }], memory: { pages: 1 } }],
    [false, "both spellings", { wasm: [{ path: "a" }], timeoutMs: 1, timeout_ms: 1 }],
    [false, "a hash that is too short", { wasm: [{ path: "a", hash: "00" }] }],
    [false, "two forms", { wasm: [{ path: "a", data: "" }] }],
    [false, "headers without a URL", { wasm: [{ path: "a", headers: {} }] }],
    [false, "a relative URL", { wasm: [{ url: "a.wasm" }] }],
    [false, "no pages", { wasm: [{ path: "a" }], memory: { maxPages: 0 } }],
    [false, "a fraction", { wasm: [{ path: "a" }], timeoutMs: 1.5 }],
    [false, "a list", []],
    [false, "null", null],
  ])("says %s of %s, as the code does", (expected, _, value) => {
    expect([fits(value), isAccepted(value)]).toEqual([expected, expected]);
  });

  // Pieces that are right somewhere and wrong elsewhere.
  const piece = fc.constantFrom<unknown>(
    null,
    "",
    "text",
    "https://x.test/",
    HASH,
    0,
    1,
    -1,
    1.5,
    2 ** 31,
    65_537,
    true,
    [],
    ["a"],
    [1],
    {},
    { a: "b" },
    { a: 1 },
  );
  const record = (keys: readonly string[], value: fc.Arbitrary<unknown>) =>
    fc
      .uniqueArray(fc.tuple(fc.constantFrom(...keys), value), { maxLength: 4, selector: ([key]) => key })
      .map(Object.fromEntries);
  const memory = record(["maxPages", "max_pages", "maxVarBytes", "max_http_response_bytes", "size"], piece);
  const module = fc
    .tuple(
      fc.constantFrom({}, { path: "a" }, { url: "https://x.test/" }, { data: "AA==" }),
      record(["name", "hash", "path", "url", "headers", "method", "data", "forms"], piece),
    )
    .map(([good, more]) => ({ ...good, ...more }));
  const settings = record(
    [
      "$schema",
      "config",
      "allowedHosts",
      "allowed_hosts",
      "allowedPaths",
      "allowed_paths",
      "memory",
      "timeoutMs",
      "timeout_ms",
      "timeout",
    ],
    fc.oneof(piece, memory),
  );

  it("says the same as the code of any document", () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(module, { maxLength: 1 }), piece), settings, (wasm, more) => {
        const document = { wasm, ...more };
        expect(isAccepted(document)).toBe(fits(document));
      }),
      { numRuns: 2000 },
    );
  });
});
