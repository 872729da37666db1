import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { TestHost } from "./testing/host.js";
import { project } from "./testing/project.js";
import { type WatchEvent, watchPlugin } from "./watch-plugin.js";

const source = (word: string) => `import { codec, write } from "tenon:host";
import { mark } from "./mark.js";
export default { f() { write(codec("text"), ${word} + mark); } };`;

it("builds anew after each change, also after one that fails", async () => {
  const cwd = await project({ "plugin.ts": source('"one"'), "mark.ts": `export const mark = "!";` });
  const events: WatchEvent[] = [];
  let wake = () => {};
  const watcher = await watchPlugin({ entry: "plugin.ts", cwd }, (event) => {
    events.push(event);
    wake();
  });
  const next = async () => {
    while (events.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return events.shift();
  };
  const textOf = (event: WatchEvent | undefined) =>
    event?.kind === "built" ? new TestHost(event.result.wasm).call("f").text : event;
  try {
    expect(textOf(await next())).toBe("one!");
    await writeFile(join(cwd, "plugin.ts"), source('"two"'));
    expect(textOf(await next())).toBe("two!");
    await writeFile(join(cwd, "mark.ts"), `export const mark = ;`);
    expect(await next()).toMatchObject({ kind: "failed", error: { diagnostics: [{ code: "syntax" }] } });
    await writeFile(join(cwd, "mark.ts"), `export const mark = "?";`);
    expect(textOf(await next())).toBe("two?");
  } finally {
    await watcher.close();
  }
}, 20_000);
