import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildFolder } from "../folders.js";
import type { Host } from "./host.js";
import type { HostName } from "./names.js";
import { decodeResponse, encodeRequest } from "./protocol.js";
import type { DriverState } from "./setup-state.js";

/** How long a driver may take for one batch, in milliseconds. Most of that is its compiler, on a busy machine. */
const TIME_LIMIT = 60_000;

/**
 * A host that runs in a process of its own: one for each batch. The request is kept in a file, and an error of the
 * driver says how to send it again by hand.
 */
export function driverHost(name: HostName, state: DriverState, timeLimit = TIME_LIMIT): Host {
  if (!state.ready) {
    return {
      name,
      unavailable: state.reason,
      run: () => Promise.reject(new Error(`${name} can't be used: ${state.reason}`)),
    };
  }
  const { command } = state;
  return {
    name,
    async run(batch) {
      const request = encodeRequest(batch);
      const file = await keep(`${batch.plugin}.${name}.json`, request);
      const rerun = `${command.map((part) => JSON.stringify(part)).join(" ")} < ${JSON.stringify(file)}`;
      const { stdout, stderr, ended } = await run(command, request, timeLimit);
      if (ended !== undefined) throw new Error(breakdown(name, ended, rerun, stderr));
      try {
        return decodeResponse(stdout, batch);
      } catch (cause) {
        throw new Error(breakdown(name, `answered nonsense: ${String(cause)}`, rerun, stderr), { cause });
      }
    },
  };
}

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  /** How it ended, when that was not as it should. */
  readonly ended: string | undefined;
}

function run([program = "", ...args]: readonly string[], input: string, timeLimit: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: "pipe",
      timeout: timeLimit,
      killSignal: "SIGKILL",
      // A backtrace of the native runtime costs more than the call that failed.
      env: { ...process.env, RUST_BACKTRACE: "0", PYTHONIOENCODING: "utf-8" },
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    const finish = (ended: string | undefined) =>
      resolve({
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
        ended,
      });
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", (error) => finish(`could not be started: ${error.message}`));
    child.on("close", (code, signal) => {
      if (code === 0) finish(undefined);
      else if (child.killed) finish(`took longer than ${timeLimit} ms, and was stopped`);
      else finish(signal === null ? `ended with the code ${code}` : `was ended by ${signal}`);
    });
    // A driver that dies before it has read everything breaks the pipe; its exit says why.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

async function keep(name: string, request: string): Promise<string> {
  const folder = join(buildFolder, "requests");
  await mkdir(folder, { recursive: true });
  const file = join(folder, name);
  await writeFile(file, request);
  return file;
}

function breakdown(name: string, what: string, rerun: string, stderr: string): string {
  return `the driver of ${name} ${what}\n  run it by hand: ${rerun}\n  its stderr:\n${stderr.trim() || "(nothing)"}`;
}
