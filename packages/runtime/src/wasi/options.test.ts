import { describe, expect, it } from "vitest";
import { readAllowedPaths } from "./allowed-paths.js";
import { resolveWasiOptions } from "./options.js";

describe("the options of WASI", () => {
  it("are nothing by default, and the real time", () => {
    expect(resolveWasiOptions()).toEqual({ args: [], env: {}, deterministic: undefined });
    expect(resolveWasiOptions({ deterministic: false }).deterministic).toBeUndefined();
  });

  it("are fixed by a time and a seed", () => {
    expect(resolveWasiOptions({ deterministic: true }).deterministic).toEqual({ now: 0, seed: 0 });
    const deterministic = { now: new Date(1000), seed: 7 };
    expect(resolveWasiOptions({ deterministic }).deterministic).toEqual({ now: 1000, seed: 7 });
  });

  it.each([
    [{ arg: [] }, /unknown option "wasi.arg"/],
    [{ args: "x" }, /wasi.args is a list/],
    [{ args: [1] }, /wasi.args is text; got number/],
    [{ args: ["a\0b"] }, /NUL/],
    [{ env: { "A=B": "c" } }, /name that can't be one: "A=B"/],
    [{ env: { A: 1 } }, /wasi.env\["A"\] is text/],
    [{ deterministic: { now: -1 } }, /deterministic.now/],
    [{ deterministic: { now: "soon" } }, /deterministic.now/],
    [{ deterministic: { seed: 1.5 } }, /deterministic.seed/],
  ])("are refused: %j", (options, message) => {
    expect(() => resolveWasiOptions(options as object)).toThrow(message);
  });
});

describe("allowedPaths", () => {
  const read = (map: Record<string, string>) => readAllowedPaths(new Map(Object.entries(map)));
  const files = { host: "./files", guest: "/data", readOnly: false };

  it("has the plug-in's path first, as in Extism's JavaScript SDK", () => {
    expect(read({ "/data": "./files" })).toEqual([files]);
    expect(read({ "/data": "ro:./files" })).toEqual([{ ...files, readOnly: true }]);
  });

  it("has the host's path where \"ro:\" is, as in Extism's other SDKs", () => {
    expect(read({ "ro:./files": "/data" })).toEqual([{ ...files, readOnly: true }]);
  });

  it.each([
    [{ "ro:a": "ro:b" }, /on both sides/],
    [{ "/a": "" }, /empty/],
    [{ "/a": "ro:" }, /empty/],
    [{ "": "a" }, /empty/],
    [{ "/a": "x\0y" }, /NUL/],
    [{ "/a": "x", "ro:y": "/a" }, /two entries/],
    [{ "./files": "/" }, /the whole file system; the plug-in's path comes first/],
    [{ "./files": "ro:/" }, /the whole file system/],
  ])("is refused: %j", (map, message) => {
    expect(() => read(map as Record<string, string>)).toThrow(message);
  });
});
