import { createPlugin } from "@tenon/runtime";
import { expect, it, onTestFinished } from "vitest";
import { buildGuest, openGuest } from "../testing/guest.js";

// What the generator writes for an interface, in short.
const CODE = `
  import { defineHost, definePlugin, PluginFailure, type Shape } from "@tenon/pdk/bindings";

  interface Person { name: string; id: bigint; photo?: Uint8Array }
  interface Functions {
    echo(input: Person): Person | Promise<Person>;
    shout(input: string): string;
    find(input: string): Promise<Person>;
    none(): void;
  }
  const types: readonly Shape[] = [
    ["record", false, [["name", false, "string"], ["id", false, "int64"], ["photo", true, "bytes"]]],
    ["record", false, [["code", false, ["enum", ["unknown"]]], ["id", false, "int64"], ["raw", false, "bytes"]]],
  ];
  const host = /* @__PURE__ */ defineHost<{ lookup(input: string): Person | null }>(
    { lookup: { input: ["text", "string"], output: ["json", ["nullable", ["ref", 0]]] } }, types);
  function plugin(functions: Functions) {
    return definePlugin(functions, {
      echo: { input: ["json", ["ref", 0]], output: ["messagepack", ["ref", 0]] },
      shout: { input: ["text", "string"], output: ["text", "string"] },
      find: { input: ["text", "string"], output: ["json", ["ref", 0]], errors: ["ref", 1] },
      none: {},
    }, types);
  }

  export default plugin({
    async echo(person) { await null; return { ...person, id: person.id + 1n }; },
    shout(text) { return text.toUpperCase(); },
    async find(name) {
      // The compiler would refuse it; a detail is checked all the same.
      if (name === "odd") throw new PluginFailure({ code: "unknown", id: 1, raw: null });
      const found = host.lookup(name);
      if (found === null) throw new PluginFailure({ code: "unknown", id: 2n ** 62n, raw: new Uint8Array([1, 2]) });
      return found;
    },
    none() {},
  });`;

const lookup = (name: string) =>
  name === "Ada" ? '{"name":"Ada","id":9007199254740993,"photo":"AQI="}' : "null";
/** As much as both hosts have in common. */
interface Context {
  read(handle: bigint): { text(): string } | null;
  store(text: string): bigint;
}
const hostFunctions = {
  "extism:host/user": {
    lookup: (context: Context, name: bigint) => context.store(lookup(context.read(name)?.text() ?? "")),
  },
};

it("bindings run in Extism's host and in Tenon's", async () => {
  const built = await buildGuest(CODE, { imports: ["lookup"] });
  const tenon = await createPlugin(built.wasm, { functions: hostFunctions });
  onTestFinished(() => tenon.close());
  for (const plugin of [await openGuest(built, { functions: hostFunctions }), tenon]) {
    const call = async (name: string, input?: string) => (await plugin.call(name, input))?.text();
    expect(await call("shout", "grüße")).toBe("GRÜSSE");
    expect(await call("find", "Ada")).toBe('{"name":"Ada","id":9007199254740993,"photo":"AQI="}');
    await expect(call("find", "Bob")).rejects.toThrow(
      '{"code":"unknown","id":4611686018427387904,"raw":"AQI="}',
    );
    await expect(call("find", "odd")).rejects.toThrow(
      /the detail of a PluginFailure doesn't fit the interface: \$\.id: expected/,
    );
    // { name: "A", id: 9007199254740993n }
    expect((await plugin.call("echo", '{"id":9007199254740992,"name":"A"}'))?.bytes()).toEqual(
      new Uint8Array(Buffer.from("82a46e616d65a141a26964d30020000000000001".replace("d3", "cf"), "hex")),
    );
    await expect(call("echo", '{"name":5,"id":1}')).rejects.toThrow(
      "TypeError: $.name: expected string, got 5",
    );
    expect(await call("none")).toBeFalsy();
  }
});

it("a plug-in that lacks a function is seen while it is built", async () => {
  const code = CODE.replace("none() {},\n  });", "} as unknown as Functions);");
  await expect(buildGuest(code, { imports: ["lookup"] })).rejects.toThrow('the plug-in lacks "none"');
});
