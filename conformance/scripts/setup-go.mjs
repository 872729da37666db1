import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fingerprint, isCurrent, root, step, tryRun } from "./command.mjs";

// The first whose compiler makes Wasm modules that export functions, which the plug-in needs.
const OLDEST = [1, 24];

const SOURCES = ["drivers/go", "guests/go-pdk"].flatMap((folder) =>
  ["main.go", "go.mod", "go.sum"].map((file) => `${folder}/${file}`),
);

/** Builds the driver of Extism's Go SDK, and the plug-in that is written with its Go PDK. */
export function setUpGo() {
  const build = join(root, "build");
  const driver = join(build, process.platform === "win32" ? "go-driver.exe" : "go-driver");
  const guest = join(build, "guests", "go-pdk.wasm");

  // Local: a newer toolchain than the one that is installed would be a download.
  const env = { ...process.env, GOTOOLCHAIN: "local", GOWORK: "off" };
  const version = tryRun("go", ["version"], { env });
  if (version === undefined) return missing(`Go is missing; install Go ${OLDEST.join(".")} or newer`);
  if (!isRecent(version.output)) {
    return missing(`Go is too old (${version.output}); install Go ${OLDEST.join(".")} or newer`);
  }

  const stamp = join(build, "go.stamp");
  const wanted = fingerprint(SOURCES, version.output);
  try {
    if (!isCurrent(stamp, wanted) || !existsSync(driver) || !existsSync(guest)) {
      mkdirSync(join(build, "guests"), { recursive: true });
      const flags = ["build", "-trimpath", "-ldflags=-s -w"];
      step(
        "building the driver of Extism's Go SDK (a minute, the first time)",
        "go",
        [...flags, "-o", driver, "."],
        {
          cwd: join(root, "drivers", "go"),
          env,
        },
      );
      step(
        "building the plug-in of Extism's Go PDK",
        "go",
        [...flags, "-buildmode=c-shared", "-o", guest, "."],
        {
          cwd: join(root, "guests", "go-pdk"),
          env: { ...env, GOOS: "wasip1", GOARCH: "wasm" },
        },
      );
      writeFileSync(stamp, wanted);
    }
    return { ready: true, command: [driver] };
  } catch (error) {
    return missing(error.message);
  }
}

function isRecent(version) {
  const [, major, minor] = /\bgo(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(major) > OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) >= OLDEST[1]);
}

function missing(why) {
  return { ready: false, reason: `Extism's Go SDK is left out: ${why}` };
}
