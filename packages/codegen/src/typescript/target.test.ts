import { normaliseInterface } from "@tenon/schema";
import { describe, expect, it } from "vitest";
import { everything } from "../testing/everything.js";
import { typescript } from "./target.js";

async function generate(document: object): Promise<string> {
  const [file] = await typescript.generate(normaliseInterface(document), {});
  return file?.content ?? "";
}

const BASE = { name: "small", version: "1.0.0", exports: {} };

describe("the typescript target", () => {
  it("generates one module, the same on every run", async () => {
    const definition = await everything();
    const files = await typescript.generate(definition, {});
    expect(files.map(({ path }) => path)).toEqual(["everything.host.ts"]);
    expect(await typescript.generate(await everything(), {})).toEqual(files);
    await expect(files[0]?.content).toMatchFileSnapshot("./golden/everything.host.ts");
  });

  it("maps dates to Date where the interface says so", async () => {
    const [file] = await typescript.generate(await everything({ dates: "Date" }), {});
    for (const code of [
      "time: Date;",
      "w.date(v.time);",
      "r.date();",
      'c.writeDate(v.time, "time")',
      'c.date(o["time"], "time")',
    ]) {
      expect(file?.content).toContain(code);
    }
  });

  it("generates a client without functions for an interface without imports", async () => {
    const text = await generate({ ...BASE, exports: { f: { output: { type: "string" } } } });
    expect(text).toContain("options: ClientOptions = {}");
    expect(text).not.toContain("SmallFunctions");
  });

  it("imports only what it uses", async () => {
    const text = await generate(BASE);
    expect(text).not.toMatch(/Reader|Writer|JsonContext|setProperty|PluginError|CallContext|TypedCall/);
  });

  it("gives names that collide after mapping names of their own", async () => {
    const io = { encoding: "text", input: { type: "string" }, output: { type: "string" } };
    const text = await generate({ ...BASE, exports: { "a-b": io, aB: io, close: io, "a.b": io } });
    for (const method of ["aB(", "aB2(", "aB3(", "close_("])
      expect(text).toContain(`  ${method}input: string`);
  });
});
