import type { Io } from "../io.js";
import { run } from "../program.js";

/** What a command did, when it ran in this process. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `tenon` with these arguments in this process, with nothing of the world but what is given. */
export async function runTenon(
  args: readonly string[],
  {
    cwd = "/nowhere",
    stdin = new Uint8Array(),
    colour = false,
    signal = new AbortController().signal,
  }: Partial<Pick<Io, "cwd" | "colour">> & { signal?: AbortSignal; stdin?: Uint8Array } = {},
): Promise<Outcome> {
  const chunks: Uint8Array[] = [];
  let stderr = "";
  const code = await run(args, {
    stdout: (data) => void chunks.push(typeof data === "string" ? Buffer.from(data) : data),
    stderr: (text) => {
      stderr += text;
    },
    stdin: async () => stdin,
    cwd,
    colour,
    untilInterrupted: () => signal,
  });
  return { code, stdout: Buffer.concat(chunks).toString(), stderr };
}
