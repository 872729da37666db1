import process from "node:process";

/** What a command has of the world besides the file system, so that tests can run it in their own process. */
export interface Io {
  readonly stdout: (data: string | Uint8Array) => void;
  readonly stderr: (text: string) => void;
  /** Everything on standard input, to its end. */
  readonly stdin: () => Promise<Uint8Array>;
  /** Paths on the command line are relative to it. */
  readonly cwd: string;
  /** Whether standard output shows colours. */
  readonly colour: boolean;
}

/** The Io of this process. Colours only on a terminal, and as `NO_COLOR`, `FORCE_COLOR` and `TERM` have it. */
export function processIo(): Io {
  // A reader such as `head` that has seen enough closes the pipe: that is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(0);
  });
  return {
    stdout: (data) => void process.stdout.write(data),
    stderr: (text) => void process.stderr.write(text),
    stdin: readStdin,
    cwd: process.cwd(),
    colour: process.stdout.isTTY === true && process.stdout.hasColors(),
  };
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}
