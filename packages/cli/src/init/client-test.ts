import { formatTypeScript, type HostStub, type SampleCall } from "@tenon/codegen";

/**
 * A vitest file that calls each export once. `setUp` is the code that makes the constant `plugin`, a generated client.
 */
export function clientTest(stub: HostStub, setUp: string, subject: string): Promise<string> {
  const tests = stub.calls.length === 0 ? [NOTHING_TO_CALL] : stub.calls.map(oneTest);
  return formatTypeScript(`import { afterAll, describe, expect, it } from "vitest";
${setUp}

afterAll(() => plugin.close());

describe(${JSON.stringify(subject)}, () => {
${tests.join("\n\n")}
});
`);
}

function oneTest({ name, call, output }: SampleCall): string {
  const expectation = output === undefined ? "toBeUndefined()" : `toEqual(${output})`;
  return `it(${JSON.stringify(`answers ${name}`)}, async () => {
await expect(plugin${call}).resolves.${expectation};
});`;
}

const NOTHING_TO_CALL = `it("starts", () => {
expect(plugin.plugin).toBeDefined();
});`;
