import { Worker } from "node:worker_threads";
import type { EvaluationReply, EvaluationRequest } from "./messages.js";

/** What came of an evaluation: a reply, or none within the limit. */
export type EvaluationOutcome = EvaluationReply | { readonly kind: "endless" };

/**
 * Evaluates bundles in a thread, which is kept for the next one. The thread does not keep the process alive; it is
 * stopped when a bundle takes longer than it may, and another one is started when it is wanted.
 */
export class Evaluator {
  readonly #engine: WebAssembly.Module;
  #worker: Worker | undefined;
  #next = 0;

  constructor(engine: WebAssembly.Module) {
    this.#engine = engine;
  }

  /** Starts the thread ahead of time: that takes as long as a small bundle. */
  warmUp(): void {
    this.#worker ??= startWorker(this.#engine);
  }

  async evaluate(request: Omit<EvaluationRequest, "id">, limit: number): Promise<EvaluationOutcome> {
    this.warmUp();
    const worker = this.#worker;
    if (!worker) throw new Error("the evaluating thread is gone");
    const id = this.#next++;
    try {
      const outcome = await replyOf(worker, { ...request, id }, limit);
      if (outcome.kind === "endless") await this.close();
      return outcome;
    } catch (error) {
      // A thread that failed is gone.
      this.#worker = undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}

function startWorker(engine: WebAssembly.Module): Worker {
  // From src/ and from dist/ alike, this leads to dist/. The process's own flags are not for this thread.
  const worker = new Worker(new URL("../../dist/evaluate/worker.js", import.meta.url), {
    workerData: engine,
    execArgv: [],
  });
  worker.unref();
  return worker;
}

function replyOf(worker: Worker, request: EvaluationRequest, limit: number): Promise<EvaluationOutcome> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      clearTimeout(timer);
      worker.off("message", onMessage);
      worker.off("error", onError);
      worker.off("exit", onExit);
      act();
    };
    const onMessage = (reply: EvaluationReply) => {
      if (reply.id === request.id) settle(() => resolve(reply));
    };
    const onError = (error: unknown) => settle(() => reject(error));
    const onExit = () => settle(() => reject(new Error("the evaluating thread was stopped")));
    // This timer, unlike the thread, keeps the process alive until there is an answer.
    const timer = setTimeout(() => settle(() => resolve({ kind: "endless" })), limit);
    worker.on("message", onMessage);
    worker.on("error", onError);
    worker.on("exit", onExit);
    worker.postMessage(request);
  });
}
