import { describe, expect, it } from "vitest";
import { directPlugin, plugin } from "../testing/wat.js";
import { connect } from "./connection.js";
import { messagePackReader, messagePackWriter, textReader, textWriter } from "./payload.js";

const USER = `(import "extism:host/user" "shout" (func $shout (param i64) (result i64)))`;
/** Hands its input to `shout` and returns the reply. */
const KERNEL = plugin(
  `(func (export "run") (result i32) (local $h i64)
    (local.set $h (call $shout (call $input_offset)))
    (call $output_set (local.get $h) (call $length (local.get $h))) (i32.const 0))`,
  USER,
);
const DIRECT = directPlugin(
  {
    run: `(call $put (local.get $address) (local.get $length))
      (if (i64.ne (call $shout (i64.const 0)) (i64.const 0)) (then unreachable))
      (i32.const 0)`,
  },
  { imports: USER },
);

const TEXT = {
  interface: "shouting",
  imports: [{ name: "shout", input: textReader, output: textWriter }],
};

describe.each([
  ["direct", DIRECT],
  ["kernel", KERNEL],
])("a typed host function in a %s call", (_, source) => {
  it.each(["hello", "", "x".repeat(200_000)])("gets a value and answers with one", async (text) => {
    const seen: string[] = [];
    const shout = (argument: string): string => {
      seen.push(argument);
      return `${argument.toUpperCase()}!`;
    };
    const connection = await connect(source, TEXT, {}, { shout });
    const run = connection.bind({ name: "run", input: textWriter, output: textReader });
    expect(run.callSync(text)).toBe(`${text.toUpperCase()}!`);
    expect(seen).toEqual([text]);
    // The plug-in itself, with bytes, meets the same function.
    expect((await connection.plugin.call("run", text))?.text()).toBe(`${text.toUpperCase()}!`);
  });

  it("may be a method of an object with state", async () => {
    class Counter {
      count = 0;
      shout(): string {
        return String(++this.count);
      }
    }
    const connection = await connect(source, TEXT, {}, new Counter());
    const run = connection.bind({ name: "run", input: textWriter, output: textReader });
    expect([run.callSync("x"), run.callSync("x")]).toEqual(["1", "2"]);
  });

  it("that throws is the cause", async () => {
    const cause = new Error("hoarse");
    const shout = () => {
      throw cause;
    };
    const connection = await connect(source, TEXT, {}, { shout });
    const run = connection.bind({ name: "run", input: textWriter, output: textReader });
    expect(() => run.callSync("x")).toThrow(expect.objectContaining({ code: "host-function", cause }));
  });

  it("never sees an argument that doesn't fit", async () => {
    const imports = [{ name: "shout", input: messagePackReader((r) => r.string()), output: textWriter }];
    const shout = () => expect.unreachable();
    const connection = await connect(source, { interface: "s", imports }, {}, { shout });
    const run = connection.bind({ name: "run", input: textWriter, output: textReader });
    expect(() => run.callSync("\u0001")).toThrow(/"shout".*\$: expected string, got/);
  });

  it("that answers with what doesn't fit is an error", async () => {
    const imports = [
      { name: "shout", input: textReader, output: messagePackWriter((w, v: string) => w.string(v)) },
    ];
    const connection = await connect(source, { interface: "s", imports }, {}, { shout: () => 7 });
    const run = connection.bind({ name: "run", input: textWriter, output: textReader });
    expect(() => run.callSync("x")).toThrow(/"shout".*expected string/);
  });

  it("that nobody gave is a missing import", async () => {
    await expect(connect(source, TEXT, {}, {})).rejects.toMatchObject({ code: "import-missing" });
    await expect(
      connect(source, { interface: "s", imports: [{ name: "toString" }] }, {}, {}),
    ).rejects.toMatchObject({ code: "import-missing" });
  });
});
