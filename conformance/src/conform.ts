import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, type TestContext, test } from "vitest";
import { Agreement } from "./agreement.js";
import type { Call, Case, PluginUnderTest } from "./case.js";
import { differences } from "./compare.js";
import { buildFolder, packageFolder } from "./folders.js";
import { STANDARD_FUNCTIONS } from "./host-functions.js";
import {
  type Batch,
  type Host,
  type HostName,
  hosts,
  type Scenario,
  type ScenarioResult,
} from "./hosts/index.js";
import { describeCall, describeScenario } from "./report.js";

/**
 * Declares the tests of one plug-in: every case in every host. Call it once in a file `plugins/<name>.test.ts`; the
 * matrix takes its rows from these calls. A host that is missing on this machine is skipped with the reason, except
 * where `CI` is set: there it fails.
 */
export function conform(plugin: PluginUnderTest): void {
  describe(plugin.name, () => {
    // Started by whichever host comes first, and shared.
    let located: Promise<string> | undefined;
    const locate = () => {
      located ??= locateModule(plugin);
      return located;
    };
    const agreement = new Agreement();
    for (const host of hosts) describeHost(plugin, host, locate, agreement);
  });
}

function describeHost(
  plugin: PluginUnderTest,
  host: Host,
  locate: () => Promise<string>,
  agreement: Agreement,
): void {
  describe(host.name, () => {
    const missing = host.unavailable ?? missingModule(plugin);
    let results: readonly ScenarioResult[] = [];
    let batch: Batch | undefined;
    beforeAll(async () => {
      if (missing !== undefined) return;
      batch = {
        plugin: plugin.name,
        wasm: await locate(),
        wasi: plugin.wasi ?? false,
        scenarios: plugin.cases.map(scenarioOf),
      };
      results = await host.run(batch);
    }, HOST_TIME_LIMIT);

    plugin.cases.forEach((one, index) => {
      test(one.name, (context) => {
        if (missing !== undefined) return skipAloud(context, missing);
        const scenario = batch?.scenarios[index];
        const result = results[index];
        if (scenario === undefined || result === undefined) throw new Error("the host gave no result");
        const problem = problemOf(plugin, host.name, one, result, agreement);
        if (problem === undefined) return;
        const where = `${plugin.name}, "${one.name}", in ${host.name}`;
        throw new Failure(`${where}: ${problem}\n${describeScenario(scenario)}`);
      });
    });
  });
}

/** Longer than a driver's own limit, which says more when it strikes. */
const HOST_TIME_LIMIT = 90_000;

/** An error whose message says everything; its stack would show this file, and nothing that helps. */
class Failure extends Error {
  constructor(message: string) {
    super(message);
    this.stack = `Error: ${message}`;
  }
}

function problemOf(
  plugin: PluginUnderTest,
  host: HostName,
  one: Case,
  result: ScenarioResult,
  agreement: Agreement,
): string | undefined {
  const reason = plugin.refusedBy?.[host] ?? ("refused" in one ? one.refused : undefined);
  if (reason !== undefined) return refusalProblem(reason, result);
  if ("refused" in result) return `the host refuses the plug-in: ${result.refused}`;
  // Where a case has no calls it is a refusal, and has been dealt with.
  const calls = "calls" in one ? one.calls : [];
  for (const [index, call] of calls.entries()) {
    const reply = result.calls[index];
    if (reply === undefined) return `call ${index + 1} has no result`;
    const problem =
      differences(call, host, reply) ?? agreement.dispute(`${one.name}/${index}`, call, host, reply);
    if (problem !== undefined) return `call ${index + 1}: ${problem}\n${describeCall(call, reply)}`;
  }
  return undefined;
}

function refusalProblem(reason: string | RegExp, result: ScenarioResult): string | undefined {
  if (!("refused" in result)) return `expected a refusal with ${String(reason)}, but the plug-in was loaded`;
  const fits = typeof reason === "string" ? result.refused.includes(reason) : reason.test(result.refused);
  return fits ? undefined : `expected a refusal with ${String(reason)}, got: ${result.refused}`;
}

function scenarioOf(one: Case): Scenario {
  return {
    config: one.config ?? {},
    functions: one.functions ?? STANDARD_FUNCTIONS,
    calls: "calls" in one ? one.calls.map((call) => ({ export: call.export, input: inputOf(call) })) : [],
  };
}

function inputOf({ input = "" }: Call): Uint8Array {
  return typeof input === "string" ? new TextEncoder().encode(input) : input;
}

function missingModule({ wasm, build }: PluginUnderTest): string | undefined {
  if (typeof wasm !== "string" || existsSync(join(packageFolder, wasm))) return undefined;
  return `${wasm} is missing: ${build ?? "build it"}`;
}

/** Drivers read a file, so bytes become one. */
async function locateModule({ name, wasm }: PluginUnderTest): Promise<string> {
  if (typeof wasm === "string") return join(packageFolder, wasm);
  const folder = join(buildFolder, "modules");
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${name}.wasm`);
  await writeFile(file, wasm);
  return file;
}

function skipAloud(context: TestContext, reason: string): void {
  if (isCi()) throw new Error(`nothing is skipped in CI: ${reason}`);
  context.skip(reason);
}

function isCi(): boolean {
  const { CI } = process.env;
  return CI !== undefined && CI !== "" && CI !== "false" && CI !== "0";
}
