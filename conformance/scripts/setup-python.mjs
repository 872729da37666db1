import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fingerprint, isCurrent, root, step, tryRun } from "./command.mjs";

const REQUIREMENTS = "drivers/python/requirements.txt";
const OLDEST = [3, 9];

/** Installs Extism's Python SDK into .venv, which is how the tests reach the native runtime. */
export function setUpPython() {
  const venv = join(root, ".venv");
  const program = join(
    venv,
    ...(process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"]),
  );
  const ready = { ready: true, command: [program, join(root, "drivers", "python", "driver.py")] };
  const stamp = join(venv, "stamp");
  const wanted = fingerprint([REQUIREMENTS]);
  // It may have lost the Python that it was made from.
  if (isCurrent(stamp, wanted) && existsSync(program)) return ready;

  const python = findPython();
  if (python === undefined) {
    return missing(`Python is missing; install Python ${OLDEST.join(".")} or newer, with venv and pip`);
  }
  try {
    rmSync(venv, { recursive: true, force: true });
    step("making a Python environment in .venv", python, ["-m", "venv", venv]);
    step("installing Extism's Python SDK into it", program, [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--disable-pip-version-check",
      // Without a network it should say so soon.
      "--retries",
      "1",
      "--requirement",
      REQUIREMENTS,
    ]);
    writeFileSync(stamp, wanted);
    return ready;
  } catch (error) {
    return missing(error.message);
  }
}

function findPython() {
  return ["python3", "python"].find((name) => {
    const version = /^Python (\d+)\.(\d+)/.exec(tryRun(name, ["--version"])?.output ?? "");
    if (version === null) return false;
    const [major, minor] = [Number(version[1]), Number(version[2])];
    return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  });
}

function missing(why) {
  return { ready: false, reason: `the native Extism runtime is left out: ${why}` };
}
