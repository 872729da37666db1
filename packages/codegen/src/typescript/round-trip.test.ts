import { GrowingBuffer } from "@tenon/codec";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { constantPlugin } from "../testing/constant-plugin.js";
import { echoPlugin } from "../testing/echo-plugin.js";
import { ECHOED } from "../testing/everything.js";
import { createEverything, type Tree } from "./golden/everything.host.js";

// The golden module itself: what it wrote, it reads back from a plug-in that returns every input as it is.
const NAMES = ["messagePack", "json"].flatMap((encoding) => ECHOED.map((name) => `${encoding}${name}`));
const functions = { lookup: () => null, notify: () => {} };
const client = await createEverything(
  echoPlugin([...NAMES, "text", "binary", "nothing", "then", "odd-name", "mixed"]),
  { functions },
);

/** The two methods that echo a type. */
function echoes<Name extends (typeof ECHOED)[number]>(name: Name) {
  const { sync } = client;
  return [
    ["MessagePack", sync[`messagePack${name}`]],
    ["JSON", sync[`json${name}`]],
  ] as const;
}

const integer = (min: number, max: number) => fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max));
const float64 = fc.double({ noNaN: true, noDefaultInfinity: true });
const scalars = {
  string: fc.string({ unit: "grapheme" }),
  boolean: fc.boolean(),
  integer: fc.maxSafeInteger(),
  int8: integer(-128, 127),
  int16: integer(-32768, 32767),
  int32: integer(-(2 ** 31), 2 ** 31 - 1),
  int64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  uint8: integer(0, 255),
  uint16: integer(0, 65535),
  uint32: integer(0, 2 ** 32 - 1),
  uint64: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  float32: fc.float({ noNaN: true, noDefaultInfinity: true }),
  float64,
  bytes: fc.uint8Array(),
  time: fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date(2 ** 42) })
    .map((date) => date.toISOString()),
};
const point = fc.record({ x: float64, y: float64, label: fc.string() }, { requiredKeys: ["x", "y"] });
const nullable = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const colour = fc.constantFrom("red" as const, "dark green" as const, "*/" as const);
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.record(
    {
      value: fc.string(),
      children: fc.oneof({ maxDepth: 4 }, fc.constant<Tree[]>([]), fc.array(tie("tree"), { maxLength: 3 })),
      next: tie("tree"),
    },
    { requiredKeys: ["value", "children"] },
  ),
}));
const dictionary = <T>(value: fc.Arbitrary<T>) =>
  fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "")), value, {
    noNullPrototype: true,
  });

const scalarValues = {
  string: "",
  boolean: true,
  integer: 0,
  int8: 0,
  int16: 0,
  int32: 0,
  int64: 0n,
  uint8: 0,
  uint16: 0,
  uint32: 0,
  uint64: 0n,
  float32: 0,
  float64: 0,
  bytes: new Uint8Array(),
  time: "2020-01-01T00:00:00Z",
};

const EMPTY_CONTAINERS = { points: [], matrix: [], byName: {}, colours: [], anything: null, counts: {} };

/** Values of each type that have one defect, and what the client says of it. */
const DEFECTS = {
  Containers: [
    [
      { ...EMPTY_CONTAINERS, points: [{ x: 1, y: 2 }, { x: 1 }] },
      '$.points[1]: expected the field "y", which is missing',
    ],
    [{ ...EMPTY_CONTAINERS, points: [{ x: 1, y: 2, z: 3 }] }, '$.points[0]: got the unknown field "z"'],
    [{ ...EMPTY_CONTAINERS, matrix: [[1], ["1"]] }, "$.matrix[1][0]: expected float64, got string"],
    [{ ...EMPTY_CONTAINERS, byName: { "a b": null } }, '$.byName["a b"]: expected'],
    [{ ...EMPTY_CONTAINERS, colours: ["red", "blue"] }, "$.colours[1]: expected"],
    [{ ...EMPTY_CONTAINERS, counts: { a: -1 } }, "$.counts.a: expected uint64"],
    [{ points: [] }, '$: expected the field "matrix", which is missing'],
    [[], "$: expected"],
    [null, "$: expected"],
  ],
  Colour: [
    ["blue", '$: expected "red", "dark green" or "*/", got "blue"'],
    [1, "$: expected string"],
  ],
} as const;

describe("a generated client carries", () => {
  const values = {
    Scalars: fc.record(scalars),
    Optionals: fc.record(scalars, { requiredKeys: [] }),
    Maybes: fc.record(
      {
        text: nullable(fc.string()),
        count: nullable(scalars.int32),
        big: nullable(scalars.int64),
        child: nullable(point),
        absentOrNull: nullable(fc.string()),
        absentOrNullCount: nullable(scalars.int32),
        items: fc.array(nullable(fc.string())),
      },
      { requiredKeys: ["text", "count", "big", "child"] },
    ),
    Containers: fc.record(
      {
        points: fc.array(point),
        matrix: fc.array(fc.array(float64)),
        byName: dictionary(point),
        colours: fc.array(colour),
        // JSON.stringify knows no -0; and integers beyond 2^53 come back as bigints, in both encodings.
        anything: fc
          .jsonValue()
          .map((value) =>
            JSON.parse(
              JSON.stringify(value, (_, item) =>
                Number.isInteger(item) && !Number.isSafeInteger(item) ? 0 : item,
              ),
            ),
          ),
        counts: dictionary(scalars.uint64),
        inline: fc.record({ on: fc.boolean() }),
      },
      { requiredKeys: ["points", "matrix", "byName", "colours", "anything", "counts"] },
    ),
    Tree: tree,
    Empty: fc.constant({}),
    Date: fc.record(
      {
        class: fc.string(),
        "foo-bar": fc.string(),
        fooBar: fc.string(),
        r: scalars.int32,
        "a key of quite some length": fc.boolean(),
        constructor: fc.string(),
        readDate: fc.string(),
      },
      { requiredKeys: ["class", "foo-bar", "fooBar", "r", "a key of quite some length", "constructor"] },
    ),
    Colour: colour,
  };

  for (const name of ECHOED) {
    it.each(echoes(name))(`${name} in %s`, (_, echo) => {
      fc.assert(
        fc.property(values[name] as fc.Arbitrary<never>, (value) => {
          expect((echo as (value: never) => unknown)(value)).toEqual(value);
        }),
      );
    });
  }

  it("text and bytes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.uint8Array(), (text, bytes) => {
        expect(client.sync.text(text)).toBe(text);
        expect(client.sync.binary(bytes)).toEqual(bytes);
      }),
    );
  });

  it("bytes into memory that the caller has, where they fit", () => {
    const into = new Uint8Array(4);
    const part = client.sync.binary(Uint8Array.of(1, 2, 3), into);
    expect(part.buffer).toBe(into.buffer);
    expect(part).toEqual(Uint8Array.of(1, 2, 3));
    expect(client.sync.binary(Uint8Array.of(1, 2, 3, 4, 5), into)).toEqual(Uint8Array.of(1, 2, 3, 4, 5));
    expect(into).toEqual(Uint8Array.of(1, 2, 3, 0));
  });

  it("nothing, where there is nothing to carry", async () => {
    expect(client.sync.nothing()).toBeUndefined();
    await expect(client.nothing()).resolves.toBeUndefined();
  });
});

describe("a generated client refuses to send", () => {
  const wrong: [string, unknown][] = [
    ["string", 1],
    ["boolean", "true"],
    ["integer", 2 ** 53],
    ["integer", 1.5],
    ["int8", 128],
    ["int16", -32769],
    ["int32", 2 ** 31],
    ["int64", 2n ** 63n],
    ["int64", 1],
    ["uint8", -1],
    ["uint16", 65536],
    ["uint32", 2 ** 32],
    ["uint64", -1n],
    ["float64", "1"],
    ["bytes", "AAAA"],
    ["time", 7],
  ];
  it.each(
    echoes("Scalars").flatMap(([encoding, echo]) =>
      wrong.map(([key, value]) => [key, value, encoding, echo] as const),
    ),
  )("%s = %s in %s, and names the place", (key, value, _, echo) => {
    // What the compiler would have refused.
    const record = { ...scalarValues, [key]: value } as typeof scalarValues;
    expect(() => echo(record)).toThrow(expect.objectContaining({ code: "invalid-input" }));
    expect(() => echo(record)).toThrow(`$.${key}: expected`);
  });

  it.each([NaN, Infinity])("%s in JSON", (value) => {
    expect(() => client.sync.jsonScalars({ ...scalarValues, float64: value })).toThrow(/\$\.float64/);
    expect(client.sync.messagePackScalars({ ...scalarValues, float64: value }).float64).toBe(value);
  });

  it.each(echoes("Colour"))("a value that the enum lacks in %s", (_, echo) => {
    expect(() => echo("blue" as "red")).toThrow(/expected "red", "dark green" or "\*\/"/);
  });

  it.each(echoes("Tree"))("a cycle in %s", (_, echo) => {
    const loop: Tree = { value: "", children: [] };
    loop.next = loop;
    expect(() => echo(loop)).toThrow(expect.objectContaining({ code: "invalid-input" }));
  });
});

function encode(value: unknown): Uint8Array {
  const buffer = new GrowingBuffer();
  buffer.begin().value(value);
  return buffer.finish();
}

describe("a generated client refuses to take", () => {
  const inputs = {
    jsonScalars: scalarValues,
    messagePackScalars: scalarValues,
    jsonContainers: EMPTY_CONTAINERS,
    messagePackContainers: EMPTY_CONTAINERS,
    jsonColour: "red",
    messagePackColour: "red",
  } as const;

  /** What a client makes of a plug-in that returns these bytes whatever it is sent. */
  async function receive(method: keyof typeof inputs, bytes: Uint8Array): Promise<unknown> {
    const spy = await createEverything(constantPlugin(method, bytes), { functions });
    // Each input is the one for its method: one call can't say that for all of them.
    return (spy.sync[method] as (input: unknown) => unknown)(inputs[method]);
  }

  const cases: [keyof typeof DEFECTS & string, unknown, string][] = Object.entries(DEFECTS).flatMap(
    ([type, defects]) =>
      defects.map(([value, message]): [keyof typeof DEFECTS, unknown, string] => [
        type as keyof typeof DEFECTS,
        value,
        message,
      ]),
  );

  it.each(cases)("%s of %j in JSON", async (type, value, message) => {
    const promise = receive(`json${type}`, new TextEncoder().encode(JSON.stringify(value)));
    await expect(promise).rejects.toMatchObject({ code: "invalid-output" });
    await expect(promise).rejects.toThrow(message);
  });

  it.each(cases)("%s of %j in MessagePack", async (type, value, message) => {
    const promise = receive(`messagePack${type}`, encode(value));
    await expect(promise).rejects.toMatchObject({ code: "invalid-output" });
    await expect(promise).rejects.toThrow(message);
  });

  it.each(["", "nonsense", "[", "{}x"])("JSON that is %j", async (text) => {
    await expect(receive("jsonScalars", new TextEncoder().encode(text))).rejects.toMatchObject({
      code: "invalid-output",
    });
  });
});

describe("a generated client takes", () => {
  it("keys in any order, and skips those that it does not know", async () => {
    const bytes = {
      x: [1, { deep: [null] }],
      colours: [],
      counts: {},
      anything: 7,
      byName: {},
      matrix: [],
      points: [],
    };
    const plugin = constantPlugin("messagePackContainers", encode(bytes));
    const spy = await createEverything(plugin, { functions });
    expect(spy.sync.messagePackContainers(EMPTY_CONTAINERS)).toEqual({ ...EMPTY_CONTAINERS, anything: 7 });
  });
});
