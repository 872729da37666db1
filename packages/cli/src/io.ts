import process from "node:process";
import { openPrompter, type Prompter } from "./init/prompter.js";

/** What a command has of the world besides the file system, so that tests can run it in their own process. */
export interface Io {
  readonly stdout: (data: string | Uint8Array) => void;
  readonly stderr: (text: string) => void;
  /** Everything on standard input, to its end. */
  readonly stdin: () => Promise<Uint8Array>;
  /** Paths on the command line are relative to it. */
  readonly cwd: string;
  /** For a command that goes on by itself: aborts when the user wants it to end. */
  readonly untilInterrupted: () => AbortSignal;
  /** Whether standard output shows colours. */
  readonly colour: boolean;
  /** Asks the user. Absent where nobody is there to answer. */
  readonly prompter?: () => Promise<Prompter>;
}

/** The Io of this process. Colours only on a terminal, and as `NO_COLOR`, `FORCE_COLOR` and `TERM` have it. */
export function processIo(): Io {
  // A reader such as `head` that has seen enough closes the pipe: that is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(0);
  });
  return {
    untilInterrupted,
    stdout: (data) => void process.stdout.write(data),
    stderr: (text) => void process.stderr.write(text),
    stdin: readStdin,
    cwd: process.cwd(),
    colour: process.stdout.isTTY === true && process.stdout.hasColors(),
    // Build services, which say so by CI, may give their jobs a terminal that nobody sits at.
    ...(process.stdin.isTTY && process.stdout.isTTY && !process.env["CI"] ? { prompter: openPrompter } : {}),
  };
}

/** Only where it is asked for: with a handler, an endless loop of a plug-in could not be interrupted any more. */
function untilInterrupted(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => controller.abort());
  return controller.signal;
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}
