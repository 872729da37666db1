// Installs the workspace's dependencies when they are missing or older than the lock file, so that `npm start`
// and `npm test` work on a fresh clone and cost nothing afterwards. It runs before anything is installed:
// Node's own modules only.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);
const lock = new URL("package-lock.json", root);
const installed = new URL("node_modules/.package-lock.json", root);

const upToDate =
  existsSync(installed) && (!existsSync(lock) || statSync(installed).mtimeMs >= statSync(lock).mtimeMs);
if (!upToDate) {
  const command = existsSync(lock) ? "ci" : "install";
  // One string with a shell: npm is a .cmd file on Windows, which spawn can't start by itself.
  const { status } = spawnSync(`npm ${command} --no-audit --no-fund --loglevel=error`, {
    cwd: fileURLToPath(root),
    stdio: "inherit",
    shell: true,
  });
  process.exit(status ?? 1);
}
