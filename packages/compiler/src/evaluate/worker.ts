// The thread that bundles are evaluated in: one that never ends can be stopped, and the rest of the process goes on.

import { parentPort, workerData } from "node:worker_threads";
import { evaluate } from "./evaluate.js";
import type { EvaluationRequest } from "./messages.js";

// The evaluator starts this file with the compiled engine, and sends nothing but requests.
const engine = workerData as WebAssembly.Module;

parentPort?.on("message", (request: EvaluationRequest) => {
  const reply = evaluate(engine, request);
  parentPort?.postMessage(reply, reply.kind === "done" ? [reply.evaluation.memory.buffer] : []);
});
