// Gets the hosts ready that npm can't install, and tells the tests what there is, in build/setup.json.
//
// It runs before every test and does its work once: what it made is kept until its sources change. Without Python or
// Go it only says so, and the tests skip those hosts; in CI it fails.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./command.mjs";
import { setUpGo } from "./setup-go.mjs";
import { setUpPython } from "./setup-python.mjs";

const states = { python: setUpPython(), go: setUpGo() };
mkdirSync(join(root, "build"), { recursive: true });
writeFileSync(join(root, "build", "setup.json"), `${JSON.stringify(states, undefined, 2)}\n`);

const missing = Object.values(states).filter(({ ready }) => !ready);
for (const { reason } of missing) console.log(`conformance: ${reason}`);
const { CI = "" } = process.env;
if (missing.length > 0 && !["", "0", "false"].includes(CI)) {
  console.error("conformance: in CI every host has to be there.");
  process.exitCode = 1;
}
