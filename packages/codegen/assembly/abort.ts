// Where `throw` and failed assertions end up. The compiler is told to use this function with `--use abort=…`.

import { setError } from "./kernel";
import { Output, beginOutput } from "./output";
import { writeText } from "./text";

/** Tells the host why, then traps: AssemblyScript has no way to go on. */
export function abort(message: string | null = null, file: string | null = null, line: u32 = 0, column: u32 = 0): void {
  beginOutput();
  writeText(message === null ? "aborted" : message);
  if (file !== null) writeText(` (${file}:${line}:${column})`);
  setError(Output.start, Output.position - Output.start);
  unreachable();
}
