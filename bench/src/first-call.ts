// One process, one plug-in, one call: prints how many milliseconds that takes, once this file has been loaded.

import { readFile } from "node:fs/promises";
import { createTextTools } from "../gen/text-tools.host.js";
import { EXAMPLE } from "./example.js";

const wasm = new Uint8Array(await readFile(new URL("build/messagepack.wasm", EXAMPLE)));
const started = performance.now();
const tools = await createTextTools(wasm, { functions: { lookup: () => null } });
tools.sync.countVowels({ text: "hello" });
console.log(performance.now() - started);
