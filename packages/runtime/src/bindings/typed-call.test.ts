import type { Reader, Writer } from "@tenon/codec";
import { describe, expect, it } from "vitest";
import { directPlugin, ECHO, FAIL, plugin } from "../testing/wat.js";
import { connect } from "./connection.js";
import {
  binaryReader,
  binaryWriter,
  jsonErrorReader,
  jsonReader,
  jsonWriter,
  messagePackReader,
  messagePackWriter,
  textReader,
  textWriter,
} from "./payload.js";

interface Point {
  x: number;
  label: string;
}

const writePoint = (w: Writer, v: Point): void => {
  w.map(2);
  w.string("x");
  w.integer(v.x);
  w.string("label");
  w.string(v.label);
};
const readPoint = (r: Reader): Point => {
  const start = r.pos;
  let x: number | undefined;
  let label: string | undefined;
  for (let left = r.map(); left > 0; left--) {
    const key = r.key();
    if (key === "x") x = r.integer();
    else if (key === "label") label = r.string();
    else r.skip();
  }
  if (x === undefined) return r.missing("x", start);
  if (label === undefined) return r.missing("label", start);
  return { x, label };
};
const printPoint = (v: Point): string => JSON.stringify({ x: v.x, label: v.label });

const DIRECT = directPlugin({
  echo: `(call $put (local.get $address) (local.get $length)) (i32.const 0)`,
  fail: `(call $put (local.get $address) (local.get $length)) (i32.const 1)`,
  boom: "unreachable",
});
const KERNEL = plugin(`${ECHO} ${FAIL}`);
const NOTHING = { interface: "points", imports: [] };

const conventions = [
  ["direct", DIRECT],
  ["kernel", KERNEL],
] as const;

describe.each(conventions)("a typed call by the %s convention", (_, source) => {
  it.each([
    ["MessagePack", messagePackWriter(writePoint), messagePackReader(readPoint)],
    [
      "JSON",
      jsonWriter(printPoint),
      jsonReader((v, c): Point => {
        const o = c.object(v);
        return { x: c.integer(o["x"], "x"), label: c.string(o["label"], "label") };
      }),
    ],
  ])("carries values in %s", async (_, input, output) => {
    const connection = await connect(source, NOTHING, {}, {});
    const echo = connection.bind({ name: "echo", input, output });
    for (const label of ["", "ü", "x".repeat(100_000), "short again"]) {
      expect(echo.callSync({ x: 7, label })).toEqual({ x: 7, label });
      await expect(echo.call({ x: -7, label })).resolves.toEqual({ x: -7, label });
    }
  });

  it("carries text and bytes", async () => {
    const connection = await connect(source, NOTHING, {}, {});
    const text = connection.bind({ name: "echo", input: textWriter, output: textReader });
    expect(text.callSync("grüße")).toBe("grüße");
    expect(text.callSync("")).toBe("");
    const binary = connection.bind({ name: "echo", input: binaryWriter, output: binaryReader });
    const bytes = crypto.getRandomValues(new Uint8Array(60_000));
    expect(binary.callSync(bytes)).toEqual(bytes);
  });

  it("needs neither input nor output", async () => {
    const connection = await connect(source, NOTHING, {}, {});
    expect(connection.bind({ name: "echo" }).callSync(undefined)).toBeUndefined();
  });

  it("refuses an output that doesn't fit, and says where", async () => {
    const connection = await connect(source, NOTHING, {}, {});
    const call = connection.bind({
      name: "echo",
      input: messagePackWriter((w: Writer) => {
        w.map(2);
        w.string("label");
        w.nil();
        w.string("x");
        w.integer(1);
      }),
      output: messagePackReader(readPoint),
    });
    expect(() => call.callSync(undefined)).toThrow(
      'plug-in "points", function "echo": what the plug-in sent does not fit the interface: $.label: expected string, got nil',
    );
    await expect(call.call(undefined)).rejects.toMatchObject({ code: "invalid-output", function: "echo" });
  });

  it("refuses bytes behind the value", async () => {
    const connection = await connect(source, NOTHING, {}, {});
    const call = connection.bind({
      name: "echo",
      input: binaryWriter,
      output: messagePackReader((r) => r.isNil()),
    });
    expect(call.callSync(Uint8Array.of(0xc0))).toBe(true);
    expect(() => call.callSync(Uint8Array.of(0xc0, 0xc0))).toThrow(/does not fit/);
  });

  it("refuses an input that doesn't fit before the plug-in sees it", async () => {
    const connection = await connect(source, NOTHING, {}, {});
    const echo = connection.bind({
      name: "echo",
      input: messagePackWriter(writePoint),
      output: messagePackReader(readPoint),
    });
    // What the compiler would have refused.
    const wrong = { x: 1, label: 5 } as unknown as Point;
    expect(() => echo.callSync(wrong)).toThrow(
      /the value does not fit the interface: \$\.label: expected string/,
    );
    expect(() => echo.callSync(undefined as unknown as Point)).toThrow(
      expect.objectContaining({ code: "invalid-input" }),
    );
    expect(echo.callSync({ x: 1, label: "fine" })).toEqual({ x: 1, label: "fine" });
  });

  it("throws a typed error where the text is one, and a message where it isn't", async () => {
    const connection = await connect(source, NOTHING, {}, {});
    const fail = connection.bind({
      name: "fail",
      input: textWriter,
      error: jsonErrorReader((v, c) => ({ why: c.string(c.object(v)["why"], "why") })),
    });
    expect(() => fail.callSync('{"why":"empty"}')).toThrow(
      expect.objectContaining({ detail: { why: "empty" } }),
    );
    expect(() => fail.callSync("1 plain message")).toThrow(
      expect.objectContaining({ code: "plugin-error", text: "1 plain message", detail: undefined }),
    );
  });
});

describe("a typed call", () => {
  it("goes on with a fresh instance after a trap", async () => {
    const connection = await connect(DIRECT, NOTHING, { name: "phoenix" }, {});
    const boom = connection.bind({ name: "boom" });
    const echo = connection.bind({ name: "echo", input: textWriter, output: textReader });
    expect(echo.callSync("one")).toBe("one");
    expect(() => boom.callSync(undefined)).toThrow(
      expect.objectContaining({ code: "trap", plugin: "phoenix" }),
    );
    expect(echo.callSync("two")).toBe("two");
  });

  it("of an export that isn't there says so", async () => {
    const connection = await connect(KERNEL, NOTHING, {}, {});
    const call = connection.bind({ name: "nope" });
    expect(() => call.callSync(undefined)).toThrow(expect.objectContaining({ code: "export-missing" }));
  });
});
