import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { compilePlugin } from "./testing/compile.js";
import { type Ending, TestHost, text, utf8 } from "./testing/host.js";
import { kit, kitAuthor } from "./testing/kit.js";
import { pack, unpack } from "./testing/messagepack.js";

// Compiling takes seconds where the machine is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

interface Machine {
  readonly host: TestHost;
  readonly seen: string[];
}

const modules = new Map<string, Uint8Array>();

function start(module: string): Machine {
  const seen: string[] = [];
  const host: TestHost = new TestHost(modules.get(module) ?? new Uint8Array(), {
    askPack: (argument) => {
      const { term } = unpack(argument) as { term: string };
      return pack(term === "none" ? null : { title: `hit ${term}`, score: 1, extra: [1] });
    },
    askJson: (argument) =>
      utf8(`[${text(argument).replace(/^/, " ")}, "x"]`.replace(/\{.*\}/, JSON.stringify(text(argument)))),
    "ask-text": (argument) => utf8(text(argument).toUpperCase()),
    askBinary: (argument) => argument.slice().reverse(),
    notify: (argument) => {
      seen.push(text(argument));
      return new Uint8Array();
    },
    now: () => pack(2n ** 60n),
    again: (argument) => {
      const { status, bytes } = nested(host, argument);
      if (status !== 0) throw new Error(text(bytes));
      return bytes;
    },
  });
  return { host, seen };
}

let nested: (host: TestHost, argument: Uint8Array) => Ending;

beforeAll(async () => {
  for (const collector of ["between-calls", "incremental"] as const) {
    const compiled = await compilePlugin(kit, kitAuthor, { collector });
    expect(compiled.messages).toBe("");
    modules.set(collector, compiled.bytes);
  }
});

const conventions = [
  [
    "kernel calls",
    (machine: Machine) => (name: string, input: Uint8Array) => machine.host.callKernel(name, input),
  ],
  [
    "direct calls",
    (machine: Machine) => (name: string, input: Uint8Array) => machine.host.callDirect(name, input),
  ],
  [
    "direct calls with direct imports",
    (machine: Machine) => {
      machine.host.useDirectImports();
      return (name: string, input: Uint8Array) => machine.host.callDirect(name, input);
    },
  ],
] as const;

describe.each(["between-calls", "incremental"])("collecting %s", (collector) => {
  describe.each(conventions)("%s", (_, use) => {
    let machine: Machine;
    let call: (name: string, input?: Uint8Array) => Ending;

    beforeEach(() => {
      machine = start(collector);
      const run = use(machine);
      call = (name, input = new Uint8Array()) => run(name, input);
      nested = (host, argument) => host.callDirect("reenter", argument);
    });

    it("return what the author's function returns", () => {
      const { status, bytes } = call("search", pack({ term: "é" }));
      expect([status, unpack(bytes)]).toEqual([0, [{ title: "é", score: 0.5 }]]);
    });

    it("return nothing where there is nothing to return", () => {
      expect(call("nothing")).toEqual({ status: 0, bytes: new Uint8Array() });
      expect(call("check")).toEqual({ status: 0, bytes: new Uint8Array() });
    });

    it("fail with details as JSON text", () => {
      const { status, bytes } = call("search", pack({ term: "x", limit: -1 }));
      expect([status, text(bytes)]).toEqual([1, '{"code":-1}']);
      expect(text(call("check", utf8("x")).bytes)).toBe('"high"');
    });

    it.each([
      ["search", pack({ term: "x", limit: -2 }), "error: $.detail: NaN has no form in JSON"],
      ["badJson", new Uint8Array(), 'output: $["odd key"][2]: NaN has no form in JSON'],
      ["badPack", new Uint8Array(), "output: $[1].b: expected Level, got 7"],
      ["search", new Uint8Array(), "input: $: the data ends too early"],
      ["search", pack([]), "input: $: expected map, got array"],
    ])("%s fails with a message that says where: %#", (name, input, message) => {
      const { status, bytes } = call(name, input);
      expect([status, text(bytes)]).toEqual([1, message]);
      expect(call("nothing").status).toBe(0);
    });

    it("fail where a value contains itself", () => {
      const { status, bytes } = call("endless");
      expect(status).toBe(1);
      expect(text(bytes)).toMatch(/^output: \$(\[1\])+.*…: nested deeper than 512 levels$/);
    });

    it("reach the host's functions in every encoding", () => {
      const { status, bytes } = call("askAll", utf8("né"));
      expect([status, text(bytes)]).toEqual([0, `hit né,{"term":"né?"}+x,NÉ,${2n ** 60n}`]);
      expect(text(call("askAll", utf8("none")).bytes)).toMatch(/^none,/);
      expect(machine.seen).toEqual(["né", "none"]);
    });

    it("carry bytes through the host", () => {
      const input = Uint8Array.from({ length: 100_000 }, (_, n) => n * 3);
      expect(Buffer.compare(call("relay", input).bytes, input.slice().reverse())).toBe(0);
      expect(call("relay").bytes).toEqual(new Uint8Array());
    });

    it.each(["direct", "kernel"])("may be made again by a host function, as %s calls", (inner) => {
      if (inner === "kernel") nested = (host, argument) => host.callKernel("reenter", argument);
      const { status, bytes } = call("reenter", pack(5));
      const names = [5, 4, 3, 2, 1, 0];
      expect([status, unpack(bytes)]).toEqual([
        0,
        [...names.map((n) => `BEFORE ${n}`), "bottom", ...names.reverse().map((n) => `AFTER ${n}`)],
      ]);
    });

    it("reach configuration, variables and the log", () => {
      machine.host.config.set("greeting", "wörld");
      expect(text(call("environment").bytes)).toBe("first");
      expect(text(call("environment").bytes)).toBe("é");
      expect(text(call("environment").bytes)).toBe("éé");
      expect(text(call("environment").bytes)).toBe("first");
      expect(machine.host.log.slice(0, 2)).toEqual(["info hello wörld", "error "]);
    });

    it("trap on `throw`, and say why", () => {
      expect(() => call("crash", utf8("no möre"))).toThrow(WebAssembly.RuntimeError);
      expect(machine.host.errorText).toBe("no möre (plugin.ts:44:3)");
    });

    it("keep what the author keeps, and free the rest", () => {
      for (let n = 0; n < 50; n++) call("remember", utf8(`{"term":"${n}"}`));
      let sum: unknown = 0;
      for (let n = 0; n < 300; n++) {
        const { status, bytes } = call("garbage", pack(n));
        expect(status).toBe(0);
        sum = unpack(bytes);
      }
      expect(sum).toBeGreaterThan(0);
      expect(machine.host.memory.length).toBeLessThan(16 << 20);
      const back = JSON.parse(text(call("remember", utf8('{"term":"last","limit":7}')).bytes));
      expect(back).toHaveLength(51);
      expect(back.at(-1)).toEqual({ term: "last", limit: 7 });
      expect(back[17]).toEqual({ term: "17" });
    });

    it("need no more memory for many calls than for a few", () => {
      const large = pack({ term: "x".repeat(100_000) });
      const round = (): void => {
        for (let n = 0; n < 100; n++) call("search", n % 10 === 0 ? large : pack({ term: "small" }));
      };
      round();
      round();
      const before = machine.host.memory.length;
      for (let n = 0; n < 10; n++) round();
      expect(machine.host.memory.length).toBe(before);
    });
  });
});

describe("bytes in direct calls", () => {
  it("are not copied: the input is the reserved block, and the output is the array's own memory", () => {
    const { host } = start("between-calls");
    for (const length of [1, 100, 1 << 20, 3 << 20]) {
      const address = host.place(new Uint8Array(length).fill(7));
      expect(host.raw("tenon_call_same", address, length)).toBe(0);
      expect(host.record().byteOffset).toBe(address);
      expect(host.record().length).toBe(length);
    }
  });

  it("are copied where they lie outside the reserved blocks", () => {
    const { host } = start("between-calls");
    host.memory.set([1, 2, 3], 8);
    expect(host.raw("tenon_call_same", 8, 3)).toBe(0);
    expect(host.record()).toEqual(Uint8Array.of(1, 2, 3));
    expect(host.record().byteOffset).not.toBe(8);
  });
});

describe("tenon_reserve", () => {
  it("keeps blocks apart, and their bytes, until the call returns", () => {
    const { host } = start("between-calls");
    const blocks = Array.from({ length: 40 }, (_, n) => {
      const content = new Uint8Array(n * n * 37).fill(n);
      return { address: host.place(content), content };
    });
    for (const { address, content } of blocks) {
      expect(Buffer.compare(host.memory.subarray(address, address + content.length), content)).toBe(0);
    }
    const first = blocks[0]?.address;
    host.callDirect("nothing", new Uint8Array());
    expect(first).toBeGreaterThan(0);
    const again = host.place(new Uint8Array(10));
    host.callDirect("nothing", new Uint8Array());
    expect(host.place(new Uint8Array(10))).toBe(again);
  });

  it.each([-1, 2 ** 30, 0x7fffffff])("answers 0 for %d bytes, and goes on", (length) => {
    const { host } = start("between-calls");
    expect(host.raw("tenon_reserve", length)).toBe(0);
    expect(host.callDirect("nothing", Uint8Array.of(1)).status).toBe(0);
  });

  it("answers an address for no bytes", () => {
    expect(start("between-calls").host.raw("tenon_reserve", 0)).toBeGreaterThan(0);
  });
});

it("imports nothing but the host's functions that it uses, and exports nothing but the convention", () => {
  const module = new WebAssembly.Module(new Uint8Array(modules.get("between-calls") ?? []));
  const imports = WebAssembly.Module.imports(module);
  expect(new Set(imports.map((entry) => entry.module))).toEqual(
    new Set(["extism:host/env", "extism:host/user"]),
  );
  const names = kit.exports.map(({ name }) => name);
  expect(
    WebAssembly.Module.exports(module)
      .map((entry) => entry.name)
      .sort(),
  ).toEqual(
    [
      ...["memory", "tenon_abi", "tenon_direct", "tenon_reserve", "tenon_result"],
      ...names,
      ...names.map((name) => `tenon_call_${name}`),
    ].sort(),
  );
});
