import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildFolder } from "../folders.js";

/** What `scripts/setup.mjs` found out about one driver. */
export type DriverState =
  | { readonly ready: true; readonly command: readonly string[] }
  | { readonly ready: false; readonly reason: string };

/** Reads what the setup has left. It writes the file itself, so its shape is known. */
export function driverState(driver: "python" | "go"): DriverState {
  const file = join(buildFolder, "setup.json");
  if (!existsSync(file)) {
    return { ready: false, reason: "the setup has not run; use `npm test`, or run `node scripts/setup.mjs`" };
  }
  // Written by scripts/setup.mjs, with exactly these keys.
  const states = JSON.parse(readFileSync(file, "utf8")) as Record<"python" | "go", DriverState>;
  return states[driver];
}
