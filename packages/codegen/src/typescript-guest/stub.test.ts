import { normaliseInterface } from "@tenon/schema";
import { describe, expect, it } from "vitest";
import { typescriptPluginStub } from "./stub.js";

const TIME = { type: "string", format: "date-time" };

describe("a stub in TypeScript", () => {
  it("has a function for each export, which returns the sample", async () => {
    const definition = normaliseInterface({
      name: "clock",
      version: "1.0.0",
      dates: "Date",
      exports: {
        next: { description: "The next time.\nNot */ the last.", input: TIME, output: TIME },
        "start-over": { deprecated: true },
      },
      imports: { now: { output: TIME }, "set-alarm": { input: TIME } },
    });
    expect(
      await typescriptPluginStub(definition, "./gen/clock.guest.js"),
    ).toBe(`// The plug-in: one function for each export of the interface.
// Import \`host\` as well to call the application: host.now(), host["set-alarm"](…).
import { plugin } from "./gen/clock.guest.js";

export default plugin({
  /**
   * The next time.
   * Not *\\/ the last.
   */
  next(_input) {
    // Your code goes here, in place of this sample.
    return "2025-01-01T00:00:00Z";
  },

  /** @deprecated */
  "start-over"() {
    // Your code goes here.
  },
});
`);
  });

  it("is a plug-in also when the interface has no exports", async () => {
    const definition = normaliseInterface({ name: "mute", version: "1.0.0", exports: {} });
    expect(await typescriptPluginStub(definition, "./gen/mute.guest.js")).toContain(
      "export default plugin({});",
    );
  });
});
