import { readFile } from "node:fs/promises";
import type { LogLine } from "../case.js";
import { type Behaviour, behaviourOf } from "../host-functions.js";
import type { Batch, CallResult, Host, Scenario, ScenarioResult } from "./host.js";
import type { HostName } from "./names.js";

/** A loaded plug-in, in the terms that all hosts in this process share. */
export interface OpenPlugin {
  call(name: string, input: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** What a host is given to load a plug-in. */
export interface Opening {
  readonly wasm: Uint8Array<ArrayBuffer>;
  readonly wasi: boolean;
  readonly config: Record<string, string>;
  readonly functions: Readonly<Record<string, Behaviour>>;
  readonly logger: CollectingLogger;
}

/** A host that is a library of this process. `open` throws to refuse the plug-in. */
export function inProcessHost(name: HostName, open: (opening: Opening) => Promise<OpenPlugin>): Host {
  return {
    name,
    async run(batch: Batch) {
      const wasm = new Uint8Array(await readFile(batch.wasm));
      const results: ScenarioResult[] = [];
      for (const scenario of batch.scenarios) {
        results.push(
          await runScenario(scenario, (functions, logger) =>
            open({ wasm, wasi: batch.wasi, config: { ...scenario.config }, functions, logger }),
          ),
        );
      }
      return results;
    },
  };
}

/** Keeps what a plug-in logs. */
export class CollectingLogger {
  #lines: LogLine[] = [];

  trace(): void {}
  debug(): void {}
  info(message: string): void {
    this.#lines.push(["info", message]);
  }
  warn(message: string): void {
    this.#lines.push(["warn", message]);
  }
  error(message: string): void {
    this.#lines.push(["error", message]);
  }

  /** The lines since the last time. */
  take(): LogLine[] {
    return this.#lines.splice(0);
  }
}

async function runScenario(
  scenario: Scenario,
  open: (functions: Readonly<Record<string, Behaviour>>, logger: CollectingLogger) => Promise<OpenPlugin>,
): Promise<ScenarioResult> {
  const logger = new CollectingLogger();
  const functions = Object.fromEntries(scenario.functions.map((spec) => [spec.name, behaviourOf(spec)]));
  let plugin: OpenPlugin;
  try {
    plugin = await open(functions, logger);
  } catch (thrown) {
    return { refused: messageOf(thrown) };
  }
  try {
    const calls: CallResult[] = [];
    for (const call of scenario.calls) {
      logger.take();
      calls.push(await runCall(plugin, call.export, call.input, logger));
    }
    return { calls };
  } finally {
    await plugin.close();
  }
}

async function runCall(
  plugin: OpenPlugin,
  name: string,
  input: Uint8Array,
  logger: CollectingLogger,
): Promise<CallResult> {
  try {
    const output = await plugin.call(name, input);
    return { output, logs: logger.take() };
  } catch (thrown) {
    return { error: messageOf(thrown), logs: logger.take() };
  }
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
