import process from "node:process";
import { processIo } from "./io.js";
import { run } from "./program.js";

// Not process.exit, which would cut off what is still being written to a pipe.
process.exitCode = await run(process.argv.slice(2), processIo());
